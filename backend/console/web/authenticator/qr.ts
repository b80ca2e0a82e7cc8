// A QR picture of a short text (ISO/IEC 18004): bytes, correction level L, versions 1 to 15.

import { corrections } from "./correcting.ts";

/** Rows from the top, true where it is dark; the quiet zone around it is the page's. */
export type Picture = boolean[][];

/** By version, level L: words of correction in a block, and blocks (ISO/IEC 18004, table 9). */
const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6];

const BYTES = 0b0100;
/** Level L beside the mask, and what keeps the fifteen bits from being all light. */
const LEVEL = 0b01;
const FORMAT = { generator: 0x537, mask: 0x5412, bits: 10 };
const VERSION = { generator: 0x1f25, mask: 0, bits: 12 };

/** Which places a mask turns over. */
const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The picture, or null for a text that is too long for it (520 bytes). `mask` is for whoever compares. */
export function pictureOf(text: string, mask?: number): Picture | null {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= BLOCKS.length; version++) {
    const words = wordsOf(bytes, version);
    if (words) return drawn(interleaved(words, version), version, mask);
  }
  return null;
}

function sizeOf(version: number): number {
  return 17 + 4 * version;
}

/** All words a picture of this version holds: its places without the patterns, by eights. */
function capacity(version: number): number {
  const aligned = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const alignments = aligned ? 25 * (aligned * aligned - 3) - 10 * (aligned - 2) : 0;
  const patterns = 192 + alignments + 2 * (sizeOf(version) - 16) + 31 + (version > 6 ? 36 : 0);
  return Math.floor((sizeOf(version) ** 2 - patterns) / 8);
}

function correctionOf(version: number): { each: number; blocks: number } {
  return { each: CORRECTION[version - 1] ?? 0, blocks: BLOCKS[version - 1] ?? 1 };
}

/** Mode, length, bytes, end and padding; null when they do not fit. */
function wordsOf(bytes: Uint8Array, version: number): Uint8Array | null {
  const { each, blocks } = correctionOf(version);
  const room = capacity(version) - each * blocks;
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(BYTES, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  if (bits.length > room * 8) return null;
  put(0, Math.min(4, room * 8 - bits.length));
  put(0, -bits.length & 7);
  for (let pad = 0xec; bits.length < room * 8; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Uint8Array.from({ length: room }, (_, word) =>
    bits.slice(8 * word, 8 * word + 8).reduce((made, bit) => 2 * made + bit, 0),
  );
}

/** Word by word from every block, so that one stain does not fall on a single block; then their corrections so. */
function interleaved(words: Uint8Array, version: number): Uint8Array {
  const { each, blocks } = correctionOf(version);
  const short = Math.floor(words.length / blocks);
  const longer = words.length % blocks;
  let from = 0;
  const data = Array.from({ length: blocks }, (_, block) => {
    const length = short + (block < blocks - longer ? 0 : 1);
    from += length;
    return words.subarray(from - length, from);
  });
  const mended = data.map((block) => corrections(block, each));
  const woven: number[] = [];
  for (let place = 0; place <= short; place++) for (const block of data) woven.push(...block.slice(place, place + 1));
  for (let place = 0; place < each; place++) for (const block of mended) woven.push(...block.slice(place, place + 1));
  return Uint8Array.from(woven);
}

function drawn(words: Uint8Array, version: number, wanted?: number): Picture {
  const tried = (wanted === undefined ? MASKS.map((_, mask) => mask) : [wanted]).map((mask) => {
    const sheet = new Sheet(version);
    sheet.fill(words, MASKS[mask] ?? (() => false));
    sheet.writeFormat(mask);
    return { picture: sheet.dark, faults: penalty(sheet.dark) };
  });
  const least = Math.min(...tried.map((one) => one.faults));
  return tried.find((one) => one.faults === least)?.picture ?? [];
}

class Sheet {
  readonly dark: Picture;
  private readonly taken: boolean[][];
  private readonly size: number;

  constructor(version: number) {
    this.size = sizeOf(version);
    this.dark = blank(this.size);
    this.taken = blank(this.size);
    for (let at = 0; at < this.size; at++) {
      this.set(6, at, at % 2 === 0);
      this.set(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [this.size - 4, 3],
      [3, this.size - 4],
    ] as const)
      this.find(x, y);
    this.align(version);
    this.writeFormat(0);
    if (version > 6) this.writeVersion(version);
  }

  /** The words in their zigzag from the lower right, two columns at a time, round what is taken. */
  fill(words: Uint8Array, turned: (x: number, y: number) => boolean): void {
    let bit = 0;
    for (let right = this.size - 1; right > 0; right -= right === 8 ? 3 : 2) {
      const upwards = ((right > 6 ? right : right + 1) & 2) === ((this.size - 1) & 2);
      for (let step = 0; step < this.size; step++) {
        const y = upwards ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.taken[y]?.[x]) continue;
          const word = words[bit >> 3] ?? 0;
          this.put(x, y, (((word >> (7 - (bit & 7))) & 1) === 1) !== turned(x, y));
          bit++;
        }
      }
    }
  }

  /** Level and mask, twice: round the upper left corner, and split between the other two. */
  writeFormat(mask: number): void {
    const bits = guarded((LEVEL << 3) | mask, FORMAT);
    const last = this.size - 1;
    for (let bit = 0; bit < 15; bit++) {
      const on = ((bits >> bit) & 1) === 1;
      const past = bit < 6 ? bit : bit < 8 ? bit + 1 : 0;
      if (bit < 8) this.set(8, past, on);
      else this.set(bit === 8 ? 7 : 14 - bit, 8, on);
      if (bit < 8) this.set(last - bit, 8, on);
      else this.set(8, last - 14 + bit, on);
    }
    this.set(8, this.size - 8, true);
  }

  private writeVersion(version: number): void {
    const bits = guarded(version, VERSION);
    for (let bit = 0; bit < 18; bit++) {
      const [far, near] = [this.size - 11 + (bit % 3), Math.floor(bit / 3)];
      this.set(far, near, ((bits >> bit) & 1) === 1);
      this.set(near, far, ((bits >> bit) & 1) === 1);
    }
  }

  private find(x: number, y: number): void {
    for (let down = -4; down <= 4; down++) {
      for (let across = -4; across <= 4; across++) {
        const ring = Math.max(Math.abs(across), Math.abs(down));
        if (this.holds(x + across, y + down)) this.set(x + across, y + down, ring !== 2 && ring !== 4);
      }
    }
  }

  private align(version: number): void {
    const places = alignments(version);
    const last = places.length - 1;
    for (const [row, y] of places.entries()) {
      for (const [column, x] of places.entries()) {
        const corner = (row === 0 && (column === 0 || column === last)) || (row === last && column === 0);
        if (corner) continue;
        for (let down = -2; down <= 2; down++)
          for (let across = -2; across <= 2; across++)
            this.set(x + across, y + down, Math.max(Math.abs(across), Math.abs(down)) !== 1);
      }
    }
  }

  private holds(x: number, y: number): boolean {
    return x >= 0 && y >= 0 && x < this.size && y < this.size;
  }

  private put(x: number, y: number, on: boolean): void {
    const row = this.dark[y];
    if (row) row[x] = on;
  }

  private set(x: number, y: number, on: boolean): void {
    this.put(x, y, on);
    const row = this.taken[y];
    if (row) row[x] = true;
  }
}

function blank(size: number): boolean[][] {
  return Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
}

/** The middles of the small squares along one side. */
function alignments(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, place) => sizeOf(version) - 7 - (count - 2 - place) * step)];
}

/** A value with the rest of its division behind it, so that a few of its bits may be misread. */
function guarded(value: number, { generator, mask, bits }: typeof FORMAT): number {
  let rest = value;
  for (let step = 0; step < bits; step++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator);
  return ((value << bits) | rest) ^ mask;
}

/** How hard it is to read (ISO/IEC 18004, 7.8.3): runs, blocks, what looks like a finder, and too much of one shade. */
function penalty(picture: Picture): number {
  const size = picture.length;
  const lines = [...picture, ...picture.map((_, x) => picture.map((row) => row[x] ?? false))];
  let faults = lines.reduce((sum, line) => sum + runs(line), 0);
  let dark = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const here = picture[y]?.[x];
      if (here) dark++;
      const square = [picture[y]?.[x + 1], picture[y + 1]?.[x], picture[y + 1]?.[x + 1]];
      if (square.every((one) => one === here)) faults += 3;
    }
  }
  return faults + 10 * Math.floor(Math.abs((dark * 20) / size ** 2 - 10));
}

function runs(line: boolean[]): number {
  const text = line.map((on) => (on ? "1" : "0")).join("");
  const long = [...text.matchAll(/0{5,}|1{5,}/g)].reduce((sum, [run]) => sum + run.length - 2, 0);
  const like = [...text.matchAll(/(?=00001011101|10111010000)/g)].length;
  return long + 40 * like;
}
