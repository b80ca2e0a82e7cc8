// Which names on the map can be read: one that would stand on another is left out, whoever comes first keeps the place.

export interface Label {
  text: string;
  /** Its upper left corner and its size, in pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Each cell of the screen names the labels that touch it, so that a crowd is not compared with itself. */
const CELL = 64;

export function readable(labels: readonly Label[]): Label[] {
  const cells = new Map<string, Label[]>();
  return labels.filter((label) => {
    const touched = cellsOf(label);
    if (touched.some((cell) => cells.get(cell)?.some((other) => overlap(label, other)))) return false;
    for (const cell of touched) cells.set(cell, [...(cells.get(cell) ?? []), label]);
    return true;
  });
}

function cellsOf({ x, y, width, height }: Label): string[] {
  const cells = [];
  for (let across = Math.floor(x / CELL); across <= Math.floor((x + width) / CELL); across++) {
    for (let down = Math.floor(y / CELL); down <= Math.floor((y + height) / CELL); down++) {
      cells.push(`${across} ${down}`);
    }
  }
  return cells;
}

function overlap(one: Label, other: Label): boolean {
  const across = one.x < other.x + other.width && other.x < one.x + one.width;
  return across && one.y < other.y + other.height && other.y < one.y + one.height;
}
