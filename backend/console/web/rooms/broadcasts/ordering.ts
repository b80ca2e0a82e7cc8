// The list of broadcasts: what is in force first, then what waits for a second person, drafts, and what is over.

import type { ThreadRow, Waiting } from "./wire.ts";

export interface Sections {
  live: ThreadRow[];
  waiting: ThreadRow[];
  drafts: ThreadRow[];
}

const WORST = ["extreme", "severe", "moderate", "minor"];

/** The overdue first, then the worst, then the newest. */
export function inSections(rows: readonly ThreadRow[], waiting: readonly Waiting[]): Sections {
  const waits = new Set(waiting.map(({ broadcast_id }) => broadcast_id));
  const newest = (one: ThreadRow, other: ThreadRow) => Date.parse(other.made_at) - Date.parse(one.made_at);
  const live = rows.filter(({ state }) => state === "in_force");
  const drafts = rows.filter(({ state }) => state === "draft").sort(newest);
  return {
    live: live.sort(
      (one, other) =>
        Number(other.overdue) - Number(one.overdue) ||
        WORST.indexOf(one.severity) - WORST.indexOf(other.severity) ||
        newest(one, other),
    ),
    waiting: drafts.filter(({ id }) => waits.has(id)),
    drafts: drafts.filter(({ id }) => !waits.has(id)),
  };
}
