// What an officer's part of the phone needs of the whole.

import type { Session } from "./session.ts";
import type { Talk } from "./talking.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** The phone of whoever is the officer. */
export interface Holder {
  readonly session: Session | null;
  /** Nothing may sound beside somebody who must not hear it. */
  readonly quiet: boolean;
  readonly whereabouts: Whereabouts;
  readonly ask: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  say(text: string, how?: { loudly?: boolean }): void;
  talk(id: string): Talk;
}
