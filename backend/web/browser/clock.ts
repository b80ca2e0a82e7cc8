// The server's clock as far as its answers tell it: a phone that is ten minutes wrong still shows true ages.

let ahead_ms = 0;

/** Learn from an answer's Date header; differences of a few seconds are the network's. */
export function learn(header: string | null): void {
  const difference = Date.parse(header ?? "") - Date.now();
  if (Number.isFinite(difference)) ahead_ms = Math.abs(difference) > 3000 ? difference : 0;
}

/** Milliseconds since 1970, as the server would say. */
export function now(): number {
  return Date.now() + ahead_ms;
}

/** The same as RFC 3339. */
export function stamp(): string {
  return new Date(now()).toISOString();
}
