// Places on the earth for the map: corners of what is drawn, circles in metres, and how far apart two places are.

export interface Spot {
  latitude: number;
  longitude: number;
}

export interface Circle extends Spot {
  radius_m: number;
}

/** West, south, east, north. */
export type Box = [number, number, number, number];

/** Metres in a degree of latitude, of the sphere that web maps are drawn on. */
const DEGREE = (Math.PI * 6_378_137) / 180;

/** Metres that a pixel of the map is wide at zoom 0 on the equator, its tiles being 512 pixels wide. */
const PIXEL = (2 * Math.PI * 6_378_137) / 512;

function narrowed(latitude: number): number {
  return Math.cos((latitude * Math.PI) / 180);
}

/** Every corner of a GeoJSON geometry, longitude first, however deep its lists are. */
export function corners(coordinates: unknown): [number, number][] {
  if (!Array.isArray(coordinates)) return [];
  const [longitude, latitude] = coordinates;
  if (typeof longitude === "number" && typeof latitude === "number") return [[longitude, latitude]];
  return coordinates.flatMap(corners);
}

/** The smallest box around these corners; null around none. */
export function boxAround(all: Iterable<readonly [number, number]>): Box | null {
  let box: Box | null = null;
  for (const [x, y] of all) {
    box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
  }
  return box;
}

export function middleOf([west, south, east, north]: Box): Spot {
  return { latitude: (south + north) / 2, longitude: (west + east) / 2 };
}

/** How many pixels these metres are at zoom 0; twice as many with each zoom. */
export function pixelsAtZoom0(metres: number, latitude: number): number {
  return metres / (PIXEL * narrowed(latitude));
}

/** Near enough for what a screen shows: the earth as flat as it is within a town. */
export function metresBetween(one: Spot, other: Spot): number {
  const north = (other.latitude - one.latitude) * DEGREE;
  const east = (other.longitude - one.longitude) * DEGREE * narrowed((one.latitude + other.latitude) / 2);
  return Math.hypot(north, east);
}

/** A circle as a ring of corners, longitude first, the last one the first again. */
export function ringOf({ latitude, longitude, radius_m }: Circle, sides = 64): [number, number][] {
  const [high, wide] = [radius_m / DEGREE, radius_m / (DEGREE * narrowed(latitude))];
  return Array.from({ length: sides + 1 }, (_, side) => {
    const angle = ((side % sides) * 2 * Math.PI) / sides;
    return [longitude + wide * Math.cos(angle), latitude + high * Math.sin(angle)];
  });
}

/** As the wire has a polygon: the last corner is the first again. Null while it has no inside. */
export function closed(spots: readonly Spot[]): Spot[] | null {
  const [first] = spots;
  return first && spots.length >= 3 && !crossesItself(spots) ? [...spots, first] : null;
}

/** The corners of a polygon on the wire, each once. */
export function opened(polygon: readonly Spot[] | null): Spot[] {
  return polygon ? polygon.slice(0, -1) : [];
}

/** The edge of a circle to the east, where it is taken hold of. */
export function edgeOf({ latitude, longitude, radius_m }: Circle): Spot {
  return { latitude, longitude: longitude + radius_m / (DEGREE * narrowed(latitude)) };
}

/** Whether a line goes through itself: a polygon of it has no inside that anybody could name. */
export function crossesItself(spots: readonly Spot[]): boolean {
  const sides = spots.map((from, index): [Spot, Spot] => [from, spots[(index + 1) % spots.length] ?? from]);
  return sides.some(([a, b], one) =>
    sides.some(([c, d], other) => {
      const apart = Math.abs(one - other);
      return apart > 1 && apart < sides.length - 1 && cross(a, b, c, d);
    }),
  );
}

function cross(a: Spot, b: Spot, c: Spot, d: Spot): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

function turn(from: Spot, to: Spot, at: Spot): number {
  return (
    (to.longitude - from.longitude) * (at.latitude - from.latitude) -
    (to.latitude - from.latitude) * (at.longitude - from.longitude)
  );
}
