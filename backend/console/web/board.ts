// The board's rules: what needs a person most stands first, a case never goes backwards, nothing moves under the pointer.

import type { Policy, Row } from "./wire.ts";

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

interface Weight {
  urgency: number;
  kind: number;
  /** Somebody at a console has it already. */
  taken: number;
  at: number;
}

/** A row keeps its identity until something about it changes, so that each is weighed once. */
const weighed = new WeakMap<Row, Weight>();

function weight(row: Row): Weight {
  const known = weighed.get(row);
  if (known) return known;
  const found = {
    urgency: urgency(row),
    kind: KINDS.indexOf(row.kind),
    taken: row.taken_by ? 1 : 0,
    at: Date.parse(row.received_at),
  };
  weighed.set(row, found);
  return found;
}

/** Those that need a person most first; of equals the emergency, then what nobody has taken, then the oldest. */
export function inOrder(rows: Iterable<Row>): Row[] {
  return [...rows].sort((one, other) => {
    const [a, b] = [weight(one), weight(other)];
    const graver = a.urgency - b.urgency || a.kind - b.kind || a.taken - b.taken || a.at - b.at;
    return graver || (one.reference < other.reference ? -1 : 1);
  });
}

/** The list as it stands on the screen: rows in their places, those still held back, and whether the order is old. */
export interface Laid {
  ids: readonly string[];
  fresh: readonly string[];
  stale: boolean;
}

export const NOTHING: Laid = { ids: [], fresh: [], stale: false };

/**
 * A list after something has changed; while `held`, by a pointer or by the keyboard, nothing comes, goes or moves.
 *
 * What is over meanwhile keeps its place until then. The same list is the same object.
 */
export function laid(before: Laid, now: readonly string[], held: boolean): Laid {
  if (!held) return !before.stale && alike(before.ids, now) ? before : { ids: now, fresh: [], stale: false };
  const shown = new Set(before.ids);
  const fresh = now.filter((id) => !shown.has(id));
  const stale = !alike(before.ids, now);
  return stale === before.stale && alike(fresh, before.fresh) ? before : { ids: before.ids, fresh, stale };
}

function alike(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

/** From how many seconds of its life a case is amber and red. */
export interface Thresholds {
  amber_s: number;
  red_s: number;
}

/** For a kind whose ladder is not known. */
const USUAL: Record<Row["kind"], Thresholds> = {
  emergency: { amber_s: 20, red_s: 45 },
  first_aid: { amber_s: 30, red_s: 60 },
  help: { amber_s: 120, red_s: 300 },
};

/**
 * By the ladder of its kind: amber when the second rung is climbed, red when the control room itself is told.
 *
 * Once somebody has said yes it is amber from when they ought to be there, and red when they are late. With somebody
 * on scene, and once it is over, its age is no fault.
 */
export function thresholds(row: Row, policies: readonly Policy[]): Thresholds {
  if (!isOpen(row) || row.state === "on_scene") return { amber_s: Infinity, red_s: Infinity };
  if (row.late) return { amber_s: 0, red_s: 0 };
  const policy = policies.find(({ kind }) => kind === row.kind);
  if (!isUnanswered(row)) return { amber_s: policy?.reask_after_s ?? 600, red_s: Infinity };
  const usual = USUAL[row.kind];
  const told = policy?.steps.find(({ and_tell }) => and_tell);
  return { amber_s: policy?.steps[1]?.after_s ?? usual.amber_s, red_s: told?.after_s ?? usual.red_s };
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

/** Raised on this day of the campus, newest first: what was read, and what was closed while this page stood. */
export function closedToday(read: readonly Row[], known: Iterable<Row>, day: (instant: string) => string): Row[] {
  const today = day(new Date().toISOString());
  const found = new Map([...read, ...known].filter((row) => !isOpen(row)).map((row) => [row.id, row]));
  return [...found.values()]
    .filter(({ received_at }) => day(received_at) === today)
    .sort((one, other) => Date.parse(other.received_at) - Date.parse(one.received_at));
}
