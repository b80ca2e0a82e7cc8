// Broadcasts as far as this phone knows them: the highest version wins, and what is over stays over.

import type { Broadcast } from "../../backend/web/browser/wire.ts";

const ENDS = new Set(["all_clear", "retraction"]);

export function isOver(one: Broadcast): boolean {
  return Boolean(one.ended) || ENDS.has(one.part);
}

/** What is known after a version came from wherever; an end of what was never shown is no news. */
export function newest(
  known: Broadcast | undefined,
  told: Broadcast,
  languages: readonly string[],
): Broadcast | undefined {
  if (known && told.version < known.version) return known;
  if (!known && isOver(told)) return undefined;
  return { ...known, ...inOwnLanguage(told, languages), ended: isOver(told) || (known?.ended ?? false) };
}

/** The socket brings every language; a request has chosen already. */
function inOwnLanguage(told: Broadcast, languages: readonly string[]): Broadcast {
  const firsts = languages.map((tag) => tag.split("-")[0] ?? "");
  const own = firsts.find((tag) => told.languages?.[tag]);
  return own ? { ...told, ...told.languages?.[own], language: own } : told;
}
