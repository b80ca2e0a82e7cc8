// The receipt: twelve words that are the only way back to a concern, and what is made of them.

import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, hex, random, utf8 } from "./bytes.ts";
import { publicOf } from "./sealing.ts";

const ENTROPY_BYTES = 16;
const WORDS = 12;
const BITS_OF_A_WORD = 11;

/** Where a reporter's replies wait (32 hexadecimal digits), and the pair of keys that they are sealed to. */
export interface Mailbox {
  id: string;
  privateKey: Bytes;
  publicKey: Bytes;
}

/** 128 random bits and four that check them, as words of `list` (2,048 of them, the server's), a blank between two. */
export function newReceipt(list: readonly string[]): string {
  return inWords(random(ENTROPY_BYTES), list);
}

/** The receipt as it was given out, however it was typed or read aloud; null for what was never one. */
export function readReceipt(typed: string, list: readonly string[]): string | null {
  const words = typed.toLowerCase().match(/\p{L}+/gu) ?? [];
  const places = words.map((word) => list.indexOf(word));
  if (words.length !== WORDS || places.includes(-1)) return null;
  const bits = places.map((place) => place.toString(2).padStart(BITS_OF_A_WORD, "0")).join("");
  const entropy = Uint8Array.from({ length: ENTROPY_BYTES }, (_, nth) =>
    Number.parseInt(bits.slice(8 * nth, 8 * nth + 8), 2),
  );
  const receipt = words.join(" ");
  return inWords(entropy, list) === receipt ? receipt : null;
}

/** HKDF-SHA256 over the words, without salt: a name and an X25519 key, neither of which tells anything of the other. */
export function mailboxOf(receipt: string): Mailbox {
  const privateKey = drawn(receipt, "bluelight concern key", 32);
  return { id: hex(drawn(receipt, "bluelight concern mailbox", 16)), privateKey, publicKey: publicOf(privateKey) };
}

function inWords(entropy: Uint8Array, list: readonly string[]): string {
  const check = sha256(entropy).subarray(0, 1);
  const bits = [...entropy, ...check].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const places = Array.from({ length: WORDS }, (_, nth) =>
    Number.parseInt(bits.slice(BITS_OF_A_WORD * nth, BITS_OF_A_WORD * (nth + 1)), 2),
  );
  return places.map((place) => list[place] ?? "").join(" ");
}

function drawn(receipt: string, info: string, length: number): Bytes {
  return new Uint8Array(hkdf(sha256, utf8(receipt), undefined, utf8(info), length));
}
