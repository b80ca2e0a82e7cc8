// Which names on the map can be read: one that would stand on another is left out, whoever comes first keeps the place.

/** The upper left corner and the size, in pixels. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Label extends Frame {
  text: string;
}

/** Each cell of the screen names the labels that touch it, so that a crowd is not compared with itself. */
const CELL = 64;

/** Those that stand neither on one another nor on what has its place already. */
export function readable(labels: readonly Label[], taken: readonly Frame[]): Label[] {
  const cells = new Map<string, Frame[]>();
  const take = (frame: Frame) => {
    for (const cell of cellsOf(frame)) cells.set(cell, [...(cells.get(cell) ?? []), frame]);
  };
  taken.forEach(take);
  return labels.filter((label) => {
    const free = cellsOf(label).every((cell) => !cells.get(cell)?.some((other) => overlap(label, other)));
    if (free) take(label);
    return free;
  });
}

function cellsOf({ x, y, width, height }: Frame): string[] {
  const cells = [];
  for (let across = Math.floor(x / CELL); across <= Math.floor((x + width) / CELL); across++) {
    for (let down = Math.floor(y / CELL); down <= Math.floor((y + height) / CELL); down++) {
      cells.push(`${across} ${down}`);
    }
  }
  return cells;
}

function overlap(one: Frame, other: Frame): boolean {
  const across = one.x < other.x + other.width && other.x < one.x + one.width;
  return across && one.y < other.y + other.height && other.y < one.y + one.height;
}
