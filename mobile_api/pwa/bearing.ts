// From here to there: how far, which way, and where an arrow on the glass has to point.

interface Place {
  latitude: number;
  longitude: number;
}

const EARTH_M = 6_371_000;
const WINDS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export type Wind = (typeof WINDS)[number];

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Within one turn, 0 to below 360. */
export function turned(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

/** Metres over ground. */
export function distance_m(from: Place, to: Place): number {
  const [a, b] = [radians(from.latitude), radians(to.latitude)];
  const half = Math.sin((b - a) / 2) ** 2;
  const across = Math.cos(a) * Math.cos(b) * Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half + across)));
}

/** Degrees clockwise from true north. */
export function bearing(from: Place, to: Place): number {
  const [a, b] = [radians(from.latitude), radians(to.latitude)];
  const east = radians(to.longitude - from.longitude);
  const y = Math.sin(east) * Math.cos(b);
  const x = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(east);
  return turned((Math.atan2(y, x) * 180) / Math.PI);
}

/** The nearest of eight winds. */
export function wind(degrees: number): Wind {
  return WINDS[Math.round(turned(degrees) / 45) % 8] ?? "n";
}

/** Where an arrow that stands upright has to be turned to, for who looks towards `heading`. */
export function arrow(bearing_deg: number, heading: number): number {
  return turned(bearing_deg - heading);
}

/** What an orientation sensor tells: iOS a compass of its own, others how far the glass is turned from north, anticlockwise. */
export interface Sensed {
  alpha: number | null;
  absolute: boolean;
  webkitCompassHeading?: number | null;
}

/** Where the upper edge of the screen points, clockwise from north; null when the sensor knows no north. */
export function headingOf({ alpha, absolute, webkitCompassHeading }: Sensed, screen_deg: number): number | null {
  if (webkitCompassHeading != null) return turned(webkitCompassHeading + screen_deg);
  return absolute && alpha !== null ? turned(360 - alpha + screen_deg) : null;
}

/** Too near to point: as far apart as neither phone knows. */
export function isHere(metres: number, ...accuracies_m: (number | null | undefined)[]): boolean {
  return metres <= Math.max(10, ...accuracies_m.map((one) => Math.min(one ?? 0, 40)));
}
