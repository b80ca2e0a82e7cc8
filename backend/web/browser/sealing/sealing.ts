// Sealing: what only whoever holds one of the named private keys can open (libsodium's sealed boxes and secretboxes).

import { hsalsa, secretbox } from "@noble/ciphers/salsa.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, base64, fromBase64, hex, random, together } from "./bytes.ts";
import { pad, unpad } from "./size_class.ts";

export const KEY_BYTES = 32;
const NONCE_BYTES = 24;

/** Whose copy the reporter opens: their key comes from the receipt and is known to nobody else. */
export const REPORTER = "reporter";

/** Public keys by key id. */
export type Keys = Readonly<Record<string, Uint8Array>>;

/** On the wire: a box under a data key of its own, and that key sealed once to each who may open it, in base64. */
export interface Envelope {
  box: string;
  copies: Record<string, string>;
}

/** There is no copy for this key, or box or copy are not what was sealed. */
export class Unopenable extends Error {}

/** A key's name and what people compare by voice: the first 64 bits of its SHA-256. */
export function keyIdOf(publicKey: Uint8Array): string {
  return hex(sha256(publicKey)).slice(0, 16);
}

export function publicOf(privateKey: Uint8Array): Bytes {
  return own(x25519.getPublicKey(privateKey));
}

/** To be made where it stays, which is never a server. */
export function newPrivateKey(): Bytes {
  return random(KEY_BYTES);
}

/** Pad, encrypt under a fresh data key, and seal that to each of these. Throws RangeError for more than fits. */
export function seal(plain: Uint8Array, keys: Keys): Envelope {
  const dataKey = random(KEY_BYTES);
  const box = locked(pad(plain), dataKey);
  const copies = Object.entries(keys).map(([keyId, key]) => [keyId, base64(sealedFor(dataKey, key))]);
  return { box: base64(box), copies: Object.fromEntries(copies) };
}

/** What was sealed, with the one copy at hand. Throws Unopenable. */
export function openBox(box: string, copy: string, privateKey: Uint8Array): Bytes {
  return orUnopenable(() => unpad(unlocked(fromBase64(box), openedFor(fromBase64(copy), privateKey))));
}

/** A copy for somebody else, made by one who has one: the box stays as it is. Throws Unopenable. */
export function share(copy: string, privateKey: Uint8Array, publicKey: Uint8Array): string {
  return orUnopenable(() => base64(sealedFor(openedFor(fromBase64(copy), privateKey), publicKey)));
}

/** Padded, and sealed to one key directly. */
export function sealTo(plain: Uint8Array, publicKey: Uint8Array): string {
  return base64(sealedFor(pad(plain), publicKey));
}

/** What `sealTo` sealed. Throws Unopenable. */
export function openSealed(sealed: string, privateKey: Uint8Array): Bytes {
  return orUnopenable(() => unpad(openedFor(fromBase64(sealed), privateKey)));
}

/** A secretbox, its nonce first. */
export function locked(plain: Uint8Array, key: Uint8Array): Bytes {
  const nonce = random(NONCE_BYTES);
  return together(nonce, secretbox(key, nonce).seal(plain));
}

/** Throws for another key or other bytes. */
export function unlocked(box: Uint8Array, key: Uint8Array): Bytes {
  return own(secretbox(key, box.slice(0, NONCE_BYTES)).open(box.slice(NONCE_BYTES)));
}

/** `crypto_box_seal`: an ephemeral public key, then a box whose nonce is made of both public keys. */
function sealedFor(plain: Uint8Array, publicKey: Uint8Array): Bytes {
  const ephemeral = newPrivateKey();
  const shown = publicOf(ephemeral);
  return together(shown, between(ephemeral, publicKey, shown, publicKey).seal(plain));
}

function openedFor(sealed: Uint8Array, privateKey: Uint8Array): Bytes {
  const shown = sealed.slice(0, KEY_BYTES);
  return own(between(privateKey, shown, shown, publicOf(privateKey)).open(sealed.slice(KEY_BYTES)));
}

function between(mine: Uint8Array, theirs: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array) {
  const nonce = blake2b(together(ephemeral, recipient), { dkLen: NONCE_BYTES });
  return secretbox(hashed(x25519.getSharedSecret(mine, theirs)), nonce);
}

/** HSalsa20 of a shared secret, as `crypto_box_beforenm` has it. */
function hashed(secret: Uint8Array): Bytes {
  const out = new Uint32Array(8);
  hsalsa(words(SIGMA), words(secret), new Uint32Array(4), out);
  const bytes = new Uint8Array(KEY_BYTES);
  const view = new DataView(bytes.buffer);
  out.forEach((word, nth) => {
    view.setUint32(4 * nth, word, true);
  });
  return bytes;
}

const SIGMA = new TextEncoder().encode("expand 32-byte k");

function words(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, nth) => view.getUint32(4 * nth, true));
}

function own(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}

function orUnopenable<T>(open: () => T): T {
  try {
    return open();
  } catch {
    throw new Unopenable();
  }
}
