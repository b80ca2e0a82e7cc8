// What a case says of itself: what is to be done next, who comes, and never more than is known.

import type { Position, Said } from "../../../../../web/browser/wire.ts";
import { isOpen } from "../../../board.ts";
import type { Asked, Case, Coming, PositionPicture, Row } from "../../../wire.ts";

/** The one thing to do next, in the corner where it always is. */
export type Next = "take" | "take_over" | "resolve" | "nothing";

export function next(row: Row, me: string): Next {
  if (!isOpen(row)) return "nothing";
  if (!row.taken_by) return "take";
  return row.taken_by.id === me ? "resolve" : "take_over";
}

export type Mark = "exercise" | "major" | "duress" | "silent" | "held";

/** What must not be overlooked, the gravest first; that it is played comes before everything. */
export function marks(
  one: Pick<Case, "exercise" | "major" | "trigger" | "silent"> & Partial<Pick<Case, "hold">>,
): Mark[] {
  const found: [Mark, boolean][] = [
    ["exercise", one.exercise],
    ["major", one.major],
    ["duress", isForced(one.trigger)],
    ["silent", one.silent],
    ["held", Boolean(one.hold)],
  ];
  return found.filter(([, stands]) => stands).map(([mark]) => mark);
}

/** Somebody is made to act as they do, or an officer needs help themself. */
export function isForced(trigger: string): boolean {
  return trigger === "duress_pin" || trigger === "responder_duress";
}

/** Who has said what, as far as it goes; the sentence is the catalogue's. */
export type Answered =
  | { came: "over"; state: string; at: string | null; by: string | null }
  | { came: "there"; names: (string | null)[] }
  | { came: "coming"; names: (string | null)[]; eta_s: number | null }
  | { came: "late"; names: (string | null)[] }
  | { came: "nobody_yes"; asked: number }
  | { came: "nobody_asked" };

export function answered(one: Row & Partial<Pick<Case, "progress">>): Answered {
  if (!isOpen(one)) {
    const end = one.progress?.findLast(({ stage }) => stage === one.state);
    return { came: "over", state: one.state, at: end?.at ?? null, by: end?.by ?? null };
  }
  const names = (of: Coming[]) => of.map(({ name }) => name);
  const there = one.coming.filter(({ state }) => state === "on_scene");
  if (there.length) return { came: "there", names: names(there) };
  const coming = one.coming.filter(({ late }) => !late);
  if (coming.length) {
    const etas = coming.map(({ eta_s }) => eta_s).filter((eta) => eta !== null);
    return { came: "coming", names: names(coming), eta_s: etas.length ? Math.min(...etas) : null };
  }
  if (one.coming.length) return { came: "late", names: names(one.coming) };
  return one.asked ? { came: "nobody_yes", asked: one.asked } : { came: "nobody_asked" };
}

/** Whether anybody stands beside the person. */
export function somebodyThere(row: Row): boolean {
  return row.coming.some(({ state }) => state === "on_scene");
}

const STANDS = ["on_scene", "en_route", "accepted", "offered", "declined", "withdrawn", "finished"];

/** One line for each officer, by what they said last; those who come stand before those who were asked. */
export function askedInOrder(offers: readonly Asked[]): (Asked & { times: number })[] {
  const last = new Map<string, Asked & { times: number }>();
  for (const offer of [...offers].sort((one, other) => Date.parse(one.offered_at) - Date.parse(other.offered_at))) {
    last.set(offer.officer_id, { ...offer, times: (last.get(offer.officer_id)?.times ?? 0) + 1 });
  }
  return [...last.values()].sort(
    (one, other) =>
      STANDS.indexOf(one.state) - STANDS.indexOf(other.state) ||
      Number(one.late) - Number(other.late) ||
      (one.distance_m ?? Infinity) - (other.distance_m ?? Infinity) ||
      (one.name ?? "").localeCompare(other.name ?? ""),
  );
}

/** Where the person is by the newest that is known: the case's own, or the last picture's. */
export function newestPosition(row: Row, picture: PositionPicture | null): Position | null {
  const told = picture?.cases?.find(({ incident_id }) => incident_id === row.id);
  if (!isOpen(row) || !told) return row.position;
  const known = row.position?.recorded_at;
  if (known && Date.parse(known) >= Date.parse(told.recorded_at)) return row.position;
  const { incident_id: _, ...position } = told;
  return { ...row.position, ...position };
}

export type Side = "caller" | "officer" | "room";

/** Who speaks: the person in trouble, an officer who was asked, or somebody at a console. */
export function sideOf(said: Said, one: Case): Side {
  if (said.mine || !said.author) return "room";
  if (one.caller.person_id && said.author === one.caller.name) return "caller";
  return one.offers.some(({ name }) => name === said.author) ? "officer" : "room";
}

/** The newest message that this console has to mark as read; null when the mark stands there already. */
export function toMark(said: readonly Said[], unread: number, marked: string | null): string | null {
  const last = said.findLast(({ mine }) => !mine);
  if (!last || last.message_id === marked) return null;
  // Read before, here or by a colleague: nothing new came since this console opened the case.
  return unread > 0 || marked !== null ? last.message_id : null;
}
