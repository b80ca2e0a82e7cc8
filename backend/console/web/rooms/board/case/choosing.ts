// Whom to send and what to link: the officers on duty by distance, the open cases by what was typed.

import type { Position } from "../../../../../web/browser/wire.ts";
import { isOpen } from "../../../board.ts";
import type { Asked, Officer, PositionPicture, Row } from "../../../wire.ts";

const EARTH_M = 6_371_000;

interface Point {
  latitude: number;
  longitude: number;
}

/** Metres over the ground, good to a few per thousand. */
export function metres(one: Point, other: Point): number {
  const rad = Math.PI / 180;
  const [north, east] = [(other.latitude - one.latitude) * rad, (other.longitude - one.longitude) * rad];
  const flat =
    Math.sin(north / 2) ** 2 + Math.cos(one.latitude * rad) * Math.cos(other.latitude * rad) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(flat));
}

export interface Candidate {
  officer: Officer;
  distance_m: number | null;
  /** The position is too old to be sure of. */
  stale: boolean;
  /** What they said to this case, null when it was never offered to them. */
  said: string | null;
}

const HAVE_IT = new Set(["accepted", "en_route", "on_scene"]);

/** Officers on duty whom the case can be given to: reachable ones first, then the nearest; who has a break comes last. */
export function candidates(
  officers: Iterable<Officer>,
  picture: PositionPicture | null,
  at: Position | null,
  offers: readonly Asked[],
): Candidate[] {
  const places = new Map(picture?.officers?.map((one) => [one.officer_id, one]));
  const said = new Map(offers.map(({ officer_id, state }) => [officer_id, state]));
  const found = [...officers]
    .filter(({ state, officer_id }) => state !== "off_duty" && !HAVE_IT.has(said.get(officer_id) ?? ""))
    .map((officer): Candidate => {
      const place = places.get(officer.officer_id) ?? officer.position;
      return {
        officer,
        distance_m: at && place ? Math.round(metres(at, place)) : null,
        stale: place?.stale ?? false,
        said: said.get(officer.officer_id) ?? null,
      };
    });
  return found.sort(
    (one, other) =>
      Number(other.officer.reachable) - Number(one.officer.reachable) ||
      Number(one.officer.state === "break") - Number(other.officer.state === "break") ||
      (one.distance_m ?? Infinity) - (other.distance_m ?? Infinity) ||
      one.officer.name.localeCompare(other.officer.name),
  );
}

/** Those whose name, team, skill or site holds every word that was typed. */
export function matching(found: readonly Candidate[], text: string): Candidate[] {
  const wanted = parts(text);
  return found.filter(({ officer: { name, teams, skills, site } }) =>
    holds([name, ...teams, ...skills, site ?? ""].join(" "), wanted),
  );
}

/** Open cases that can be linked to this one, the newest first, by reference, kind or place. */
export function linkable(rows: Iterable<Row>, one: Row, text: string): Row[] {
  const wanted = parts(text);
  const not = new Set([one.id, ...one.linked.map(({ id }) => id)]);
  return [...rows]
    .filter((row) => isOpen(row) && !not.has(row.id) && row.exercise === one.exercise)
    .filter((row) => holds([row.reference, row.kind.replace("_", " "), row.zone?.name ?? ""].join(" "), wanted))
    .sort((left, right) => Date.parse(right.received_at) - Date.parse(left.received_at));
}

function parts(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function holds(text: string, wanted: string[]): boolean {
  const said = text.toLowerCase();
  return wanted.every((part) => said.includes(part));
}
