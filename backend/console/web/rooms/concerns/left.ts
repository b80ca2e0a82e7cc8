// The copies that were made with the recovery key: whether a file holds them, and those of this concern.

import type { Left } from "./wire.ts";

/** By entry and key, as the door takes them. */
export type Copies = Record<string, Record<string, string>>;

/** The copies of this concern's entries in the file; null when it holds none of it, or something else. */
export function copiesIn(text: string, concern: Left): Copies | null {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    return null;
  }
  const given = (told as { copies?: Copies } | null)?.copies;
  if (!given || typeof given !== "object") return null;
  return concern.entries.every(({ id }) => given[id]) ? given : null;
}
