// Who is signed in on this phone: kept in IndexedDB, where the service worker finds it too.

import type { Person, Welcome } from "../../backend/web/browser/wire.ts";

export interface Session {
  token: string;
  expires_at: string;
  person: Person;
  /** When it was last slid on, milliseconds. */
  renewed_at: number;
}

const A_DAY_MS = 86_400_000;

export function sessionOf(welcome: Welcome): Session {
  const { access_token, expires_at, person } = welcome;
  return { token: access_token, expires_at, person, renewed_at: Date.now() };
}

/** Once a day is often enough for a sign-in that lasts ninety. */
export function wantsRenewal(session: Session): boolean {
  return Date.now() - session.renewed_at > A_DAY_MS;
}
