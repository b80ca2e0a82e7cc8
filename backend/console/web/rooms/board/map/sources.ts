// What the map draws, made of what stands: places, cases, officers and the way of the opened case, as GeoJSON.

import { isOpen, isUnanswered } from "../../../board.ts";
import type { Fix, Officer, Place, PositionPicture, Row } from "../../../wire.ts";
import type { Mover, Standing } from "./above.ts";
import {
  type Box,
  boxAround,
  type Circle,
  corners,
  edgeOf,
  middleOf,
  pixelsAtZoom0,
  ringOf,
  type Spot,
} from "./geometry.ts";

export interface Seen extends Spot {
  accuracy_m: number | null;
  recorded_at: string;
}

/** As much of GeoJSON as is drawn. */
type Geometry =
  | { type: "Point"; coordinates: number[] }
  | { type: "LineString"; coordinates: number[][] }
  | { type: "Polygon"; coordinates: number[][][] };

interface Feature {
  type: "Feature";
  geometry: Geometry;
  properties: Record<string, unknown>;
}

export interface Collection {
  type: "FeatureCollection";
  features: Feature[];
}

export const NONE: Collection = { type: "FeatureCollection", features: [] };

function collection(features: Feature[]): Collection {
  return { type: "FeatureCollection", features };
}

function point({ latitude, longitude }: Spot, properties: Record<string, unknown>): Collection["features"][number] {
  return { type: "Feature", geometry: { type: "Point", coordinates: [longitude, latitude] }, properties };
}

/** The outlines of the campus, and a point in each of its places for the name. */
export function placesOf(zones: readonly Place[]): { outlines: Collection; names: Collection } {
  const outlines: Collection["features"] = [];
  const names: Collection["features"] = [];
  for (const { id, name, kind, geometry } of zones) {
    const box = boxAround(corners(geometry.coordinates));
    if (!box) continue;
    if (geometry.type !== "Point") {
      outlines.push({ type: "Feature", geometry: geometry as Geometry, properties: { id, kind } });
    }
    // A site's name stands above it, not on top of its buildings.
    const at = kind === "site" ? { latitude: box[3], longitude: (box[0] + box[2]) / 2 } : middleOf(box);
    names.push(point(at, { id, kind, name }));
  }
  return { outlines: collection(outlines), names: collection(names) };
}

/** The box around one place, or around all sites. */
export function boxOf(zones: readonly Place[], id: string | null): Box | null {
  const wanted = zones.filter((zone) => (id === null ? zone.kind === "site" : zone.id === id || zone.site === id));
  return boxAround(wanted.flatMap(({ geometry }) => corners(geometry.coordinates)));
}

/** Where it begins: the site with the most places, which is where most is likely to be. */
export function homeOf(zones: readonly Place[]): string | null {
  const count = (id: string) => zones.filter(({ site }) => site === id).length;
  const sites = zones.filter(({ kind }) => kind === "site").map(({ id }) => id);
  return sites.sort((one, other) => count(other) - count(one))[0] ?? null;
}

/** Where a case is by the newest picture, by what was told with it, or by the place it was phoned in for. */
export function seenAt(row: Row, moved: Seen | undefined, zones: readonly Place[]): Seen | null {
  const told = row.position;
  const at = told?.recorded_at ?? row.received_at;
  if (moved && !(told && Date.parse(at) > Date.parse(moved.recorded_at))) return moved;
  if (told) {
    const { latitude, longitude, accuracy_m = null } = told;
    return { latitude, longitude, accuracy_m, recorded_at: at };
  }
  const box = row.zone && boxOf(zones, row.zone.id);
  return box ? { ...middleOf(box), accuracy_m: null, recorded_at: row.received_at } : null;
}

/** A position fades when it is older than this many seconds, and again, and never quite goes away. */
const FADES: [number, number][] = [
  [600, 0.4],
  [120, 0.65],
];

export function opacity(age_s: number): number {
  return FADES.find(([from]) => age_s >= from)?.[1] ?? 1;
}

/** Older positions carry their age; `12 min`. */
export function ageOf(recorded_at: string, now: number): number {
  return Math.max(0, (now - Date.parse(recorded_at)) / 1000);
}

interface Drawn {
  rows: Iterable<Row>;
  zones: readonly Place[];
  picture: PositionPicture | null;
  opened: string;
  now: number;
}

/** Its name for an icon: the kind, whether it still needs somebody, and whether it is only an exercise. */
export function iconOf(row: Row): string {
  const waits = isUnanswered(row) || row.late;
  return [row.kind, waits ? "" : "answered", row.exercise ? "exercise" : ""].filter(Boolean).join("-");
}

const WEIGHT: Record<Row["kind"], number> = { emergency: 2, first_aid: 1, help: 0 };

/** With more cases than this the circles of all of them are a haze that hides what is below: only the opened one has its own. */
const MOST_CIRCLES = 60;

/** The open cases; those that need a person most are drawn above the others. */
export function casesOf({ rows, zones, picture, opened, now }: Drawn): Collection {
  const moved = new Map(picture?.cases.map((one) => [one.incident_id, one]));
  const features: Collection["features"] = [];
  for (const row of rows) {
    if (!isOpen(row)) continue;
    const at = seenAt(row, moved.get(row.id), zones);
    if (!at) continue;
    features.push(
      point(at, {
        id: row.id,
        kind: row.kind,
        icon: iconOf(row),
        name: row.reference,
        order: WEIGHT[row.kind] + (isUnanswered(row) ? 10 : 0) + (row.id === opened ? 100 : 0),
        opened: row.id === opened,
        radius: pixelsAtZoom0(at.accuracy_m ?? 0, at.latitude),
        circled: row.id === opened,
        opacity: opacity(ageOf(at.recorded_at, now)),
      }),
    );
  }
  if (features.length <= MOST_CIRCLES) for (const { properties } of features) properties.circled = true;
  return collection(features);
}

/** Officers on duty, by the newest picture; `label` says a name with the age of its position. */
export function officersOf(
  officers: Iterable<Officer>,
  picture: PositionPicture | null,
  now: number,
  label: (name: string, age_s: number) => string,
): Mover[] {
  const moved = new Map(picture?.officers.map((one) => [one.officer_id, one]));
  const movers: Mover[] = [];
  for (const { officer_id, name, state, position } of officers) {
    const at = moved.get(officer_id) ?? position;
    if (!at || state === "off_duty") continue;
    const age = ageOf(at.recorded_at, now);
    const { latitude, longitude } = at;
    const seen = at.stale ? 0.4 : opacity(age);
    movers.push({ id: officer_id, latitude, longitude, name: label(name, age), opacity: seen });
  }
  return movers;
}

/** The cases as they are drawn, for whoever must not stand upon them. */
export function standingOf({ features }: Collection): Standing[] {
  return features.flatMap(({ geometry, properties }) => {
    if (geometry.type !== "Point") return [];
    const [longitude = 0, latitude = 0] = geometry.coordinates;
    return [{ latitude, longitude, icon: String(properties.icon), name: String(properties.name) }];
  });
}

/** An area as it is being drawn, with the corners to take hold of. */
export function areaOf(corners: readonly Spot[], circle: Circle | null): Collection {
  const handles = circle ? [circle, edgeOf(circle)] : corners;
  const ring = circle
    ? ringOf(circle)
    : corners.map(({ latitude, longitude }): [number, number] => [longitude, latitude]);
  const [first] = ring;
  const shape: Collection["features"] =
    first && ring.length > 2
      ? [{ type: "Feature", geometry: { type: "Polygon", coordinates: [[...ring, first]] }, properties: {} }]
      : [{ type: "Feature", geometry: { type: "LineString", coordinates: ring }, properties: {} }];
  return collection([...(ring.length > 1 ? shape : []), ...handles.map((spot) => point(spot, {}))]);
}

/** The way somebody has come, oldest first, as a line and its points. */
export function trackOf(fixes: readonly Fix[]): Collection {
  const known = [...fixes].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  if (known.length < 2) return NONE;
  const line = known.map(({ latitude, longitude }) => [longitude, latitude]);
  return collection([
    { type: "Feature", geometry: { type: "LineString", coordinates: line }, properties: {} },
    ...known.slice(0, -1).map((fix) => point(fix, {})),
  ]);
}
