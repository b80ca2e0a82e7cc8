// A tally as it is read: who needs a person first, the zones in that order, and how long until the promised word.

import type { Row } from "../../wire.ts";
import type { Count, Standing, ZoneCount } from "./wire.ts";

/** What was answered, and what nobody has answered, each in the order in which somebody is needed. */
export const ANSWERED: readonly Standing[] = ["need_help", "safe", "not_here"];
export const OPEN: readonly Standing[] = ["silent", "displayed", "accepted", "sent", "asked", "failed", "unreachable"];

/** So many of them, in hundredths; never 100 before everybody is. */
export function share(count: number, people: number): number {
  if (!people) return 0;
  return count >= people ? 100 : Math.min(99, Math.round((100 * count) / people));
}

/** Zones where somebody needs help first, then where most people have said nothing. */
export function zonesInOrder(zones: readonly ZoneCount[]): ZoneCount[] {
  return [...zones].sort(
    (one, other) =>
      other.states.need_help - one.states.need_help ||
      other.unaccounted - one.unaccounted ||
      other.people - one.people ||
      (one.name ?? "\uffff").localeCompare(other.name ?? "\uffff"),
  );
}

/** Whoever got it, however far: for one line that says how it goes. */
export function reached({ states, people }: Count): number {
  return people - states.asked - states.failed - states.unreachable - states.sent;
}

/** The cases that answers have opened since the first words went out, the oldest first. */
export function casesOf(rows: Iterable<Row>, issued_at: string, exercise: boolean): Row[] {
  const since = Date.parse(issued_at);
  return [...rows]
    .filter((row) => row.trigger === "broadcast_answer" && row.exercise === exercise)
    .filter((row) => Date.parse(row.received_at) >= since && row.state !== "resolved" && row.state !== "cancelled")
    .sort((one, other) => Date.parse(one.received_at) - Date.parse(other.received_at));
}

export type Grade = "" | "amber" | "red";

/** The last fifth of the promise, at least two minutes of it, is amber; afterwards it is red. */
export function grade(left_s: number, promised_min: number | null): Grade {
  if (left_s <= 0) return "red";
  return left_s <= Math.max(120, (promised_min ?? 0) * 12) ? "amber" : "";
}
