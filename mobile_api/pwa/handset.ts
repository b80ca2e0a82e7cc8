// What the server is told of this browser as somebody's handset; page and service worker tell it alike.

export interface Told {
  installation_id: string;
  platform: "web";
  app_version: string | null;
  permissions: { notifications: boolean | null; location: boolean | null; battery_saver: null };
  push: { kind: "web_push"; value: string } | null;
}

/** What it was told last, when, of whom, and with which key the browser subscribed. */
export interface Report {
  body: Told;
  told_at: number;
  person_id: string;
  key: string | null;
}

export function serialised(subscription: PushSubscription): Told["push"] {
  return { kind: "web_push", value: JSON.stringify(subscription) };
}

/** Not asked yet is neither yes nor no. */
export function spoken(permission: string): boolean | null {
  return permission === "granted" ? true : permission === "denied" ? false : null;
}

/** Told again by then, so that the server's "last seen" stays worth something. */
const A_DAY_MS = 86_400_000;

/** Whether the server knows this already: the same of the same person, and not long ago. */
export function isKnown(before: Report | null, body: Told, person_id: string, now: number): boolean {
  if (before?.person_id !== person_id || JSON.stringify(before.body) !== JSON.stringify(body)) return false;
  return now - before.told_at < A_DAY_MS;
}
