// The board's rules: what needs a person most stands first, a case never goes backwards, nothing moves under the pointer.

import type { Row } from "./wire.ts";

const OVER = new Set(["resolved", "cancelled"]);
const HOW_FAR = ["raised", "offered", "accepted", "en_route", "on_scene", "resolved", "cancelled"];
const KINDS = ["emergency", "first_aid", "help"];

export function isOpen(row: Row): boolean {
  return !OVER.has(row.state);
}

/** Nobody has said yes yet. */
export function isUnanswered(row: Row): boolean {
  return row.state === "raised" || row.state === "offered";
}

/** 0 first: unanswered emergency, unanswered anything, accepted and late, on the way, on scene. */
export function urgency(row: Row): number {
  if (row.trigger === "duress_pin" && row.state !== "on_scene") return 0;
  if (isUnanswered(row)) return row.kind === "emergency" ? 1 : 2;
  if (row.late) return 3;
  return row.state === "on_scene" ? 5 : 4;
}

/** Those that need a person most first; of equals the emergency, then the oldest. */
export function inOrder(rows: Iterable<Row>): Row[] {
  return [...rows].sort(
    (one, other) =>
      urgency(one) - urgency(other) ||
      KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
      Date.parse(one.received_at) - Date.parse(other.received_at) ||
      one.reference.localeCompare(other.reference),
  );
}

/**
 * What is known after a message, which may be older than what was read since.
 *
 * A message that was reduced to its ids says nothing; a case that is over stays over. The ladder may
 * begin anew, so that an open case may well go from accepted back to offered.
 */
export function newer(known: Row | undefined, told: Partial<Row>): Row | undefined {
  if (!told.id || !told.state) return known;
  if (known && !isOpen(known) && HOW_FAR.indexOf(told.state) < HOW_FAR.indexOf(known.state)) return known;
  return { ...known, ...told } as Row;
}

/** A new emergency that nobody at a console has taken and no officer has answered: what the sound is for. */
export function sounds(row: Row): boolean {
  return isOpen(row) && row.kind === "emergency" && isUnanswered(row) && !row.taken_by;
}
