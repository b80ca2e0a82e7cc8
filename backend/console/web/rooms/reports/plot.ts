// Where things stand in a plot of times: a scale on which ten seconds and an hour both have room, and every case a dot.

/** What a second, a minute and an hour are marked by; those within the scale are drawn. */
const MARKS_S = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400, 604800];

/** Below this two times are the same to anybody. */
const LEAST_S = 1;

export interface Scale {
  from_s: number;
  to_s: number;
  width: number;
}

export interface Dot<T> {
  x: number;
  y: number;
  of: T;
}

/** Wide enough for every value and target, from the mark below the smallest to the one above the largest. */
export function scaleFor(values: readonly number[], width: number): Scale {
  const smallest = Math.max(LEAST_S, Math.min(...values, 600));
  const largest = Math.max(...values, 10 * LEAST_S);
  const below = MARKS_S.filter((mark) => mark <= smallest).pop() ?? LEAST_S;
  const above = MARKS_S.find((mark) => mark >= largest) ?? largest;
  return { from_s: below, to_s: Math.max(above, below * 2), width };
}

/** How far to the right: equal steps are equal ratios. */
export function place(scale: Scale, seconds: number): number {
  const within = Math.min(Math.max(seconds, scale.from_s), scale.to_s);
  return (Math.log(within / scale.from_s) / Math.log(scale.to_s / scale.from_s)) * scale.width;
}

/** The marks of the scale that stand at least so many pixels apart. */
export function marks(scale: Scale, apart_px: number): number[] {
  const kept: number[] = [];
  for (const mark of MARKS_S) {
    if (mark < scale.from_s || mark > scale.to_s) continue;
    const last = kept[kept.length - 1];
    if (last === undefined || place(scale, mark) - place(scale, last) >= apart_px) kept.push(mark);
  }
  return kept;
}

/**
 * Each of these at its time, those of nearly the same time one above the other around the middle.
 *
 * A heap that would grow out of `height` is pressed together: dots may cover one another, none is left out.
 */
export function swarm<T>(
  all: readonly T[],
  timeOf: (one: T) => number,
  scale: Scale,
  height: number,
  dot_px: number,
): Dot<T>[] {
  const columns = new Map<number, Dot<T>[]>();
  for (const one of [...all].sort((a, b) => timeOf(a) - timeOf(b))) {
    const x = place(scale, timeOf(one));
    const column = Math.round(x / dot_px);
    const held = columns.get(column) ?? [];
    held.push({ x, y: 0, of: one });
    columns.set(column, held);
  }
  const found: Dot<T>[] = [];
  for (const held of columns.values()) {
    const step = Math.min(dot_px, (height - dot_px) / Math.max(1, held.length - 1));
    held.forEach((dot, number) => {
      // 0, above, below, further above, further below.
      const away = Math.ceil(number / 2) * (number % 2 ? -1 : 1);
      found.push({ ...dot, y: height / 2 + away * step });
    });
  }
  return found;
}

/** The place of the dot nearest to a point, within reach; -1 for none. */
export function nearest<T>(dots: readonly Dot<T>[], x: number, y: number, reach_px: number): number {
  let [best, least] = [-1, reach_px ** 2];
  dots.forEach((dot, number) => {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance > least) return;
    [best, least] = [number, distance];
  });
  return best;
}

/** All dots as one path, so that thousands of them are one thing to draw. */
export function circles<T>(dots: readonly Dot<T>[], radius: number): string {
  return dots
    .map(
      ({ x, y }) =>
        `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`,
    )
    .join("");
}

/** The same as squares on a corner, for those that are told apart by more than colour. */
export function diamonds<T>(dots: readonly Dot<T>[], radius: number): string {
  return dots
    .map(
      ({ x, y }) => `M${round(x)} ${round(y - radius)}l${radius} ${radius}l${-radius} ${radius}l${-radius} ${-radius}z`,
    )
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
