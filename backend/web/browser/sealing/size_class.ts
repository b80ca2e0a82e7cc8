// Size classes: sealed things come in a few sizes, so that the size of one tells nothing of what is in it.

import type { Bytes } from "./bytes.ts";

const LEAST = 1 << 10;
const LARGEST = 1024 << 10;

/** Bytes of a padded plain text. */
export const CLASSES: readonly number[] = [LEAST, 4 << 10, 16 << 10, 64 << 10, 256 << 10, LARGEST];

/** How many of its bytes count, before the padding: four, big-endian. */
const LENGTH = 4;

export const MOST = LARGEST - LENGTH;

/** Zeroes behind it up to the next class. Throws RangeError for more than fits the largest. */
export function pad(plain: Uint8Array): Bytes {
  const size = CLASSES.find((one) => one >= plain.length + LENGTH);
  if (size === undefined) throw new RangeError("longer than the largest size class");
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, plain.length);
  padded.set(plain, LENGTH);
  return padded;
}

/** What was padded. Throws RangeError when this never was. */
export function unpad(padded: Uint8Array): Bytes {
  if (!CLASSES.includes(padded.length)) throw new RangeError("of no size class");
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const [plain, rest] = [padded.slice(LENGTH, LENGTH + length), padded.subarray(LENGTH + length)];
  if (plain.length !== length || rest.some((byte) => byte !== 0)) throw new RangeError("not padded as we pad");
  return plain;
}
