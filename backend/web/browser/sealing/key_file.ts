// An adviser's key pair in a file of their own, version 1: the private half under a passphrase, or in the open for a demo.

import { argon2id } from "@noble/hashes/argon2.js";
import { type Bytes, base64, fromBase64, random, utf8 } from "./bytes.ts";
import { KEY_BYTES, keyIdOf, locked, newPrivateKey, publicOf, unlocked } from "./sealing.ts";

const WHAT = "bluelight adviser key";
const VERSION = 1;
const SALT_BYTES = 16;
const BOX_BYTES = 24 + 16 + KEY_BYTES;

/** A passphrase guards a file that may be stolen and guessed at for years: NIST's shortest for one that stands alone. */
export const SHORTEST_PASSPHRASE = 15;

/** What one guess costs: libsodium's "moderate". More than the most is refused: a forged file shall stop no machine. */
export const COST = { rounds: 3, memory: 256 << 20 };
const LEAST_MEMORY = 8192;
const MOST = { rounds: 16, memory: 1 << 30 };

interface Wrapped {
  kdf: "argon2id13";
  rounds: number;
  memory: number;
  salt: string;
  box: string;
}

interface InTheOpen {
  kdf: null;
  demo: string;
}

export interface KeyFile {
  public_key: string;
  fingerprint: string;
  made_on: string;
  private_key: Wrapped | InTheOpen;
}

/** Why a file or a passphrase cannot be used; the face has the sentence. */
export type Trouble = "no_key_file" | "newer" | "fingerprint" | "passphrase" | "halves";

export class Unreadable extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** A new pair, and its file's text. Takes seconds: never on the page's own thread. `today` is a day in ISO's form. */
export function makeKeyFile(passphrase: string, today: string, cost = COST): { text: string; privateKey: Bytes } {
  const privateKey = newPrivateKey();
  const publicKey = publicOf(privateKey);
  const salt = random(SALT_BYTES);
  const box = locked(privateKey, stretched(passphrase, salt, cost));
  const told = {
    what: WHAT,
    version: VERSION,
    public_key: base64(publicKey),
    fingerprint: keyIdOf(publicKey),
    made_on: today,
    private_key: { kdf: "argon2id13", ...cost, salt: base64(salt), box: base64(box) },
  };
  return { text: `${JSON.stringify(told, null, 2)}\n`, privateKey };
}

/** Throws Unreadable for anything that was not written as a key file. */
export function readKeyFile(text: string): KeyFile {
  let told: Told;
  let publicKey: Bytes;
  try {
    told = objectIn(JSON.parse(text));
    publicKey = fromBase64(textIn(told.public_key), KEY_BYTES);
  } catch {
    throw new Unreadable("no_key_file");
  }
  if (told.what !== WHAT) throw new Unreadable("no_key_file");
  if (told.version !== VERSION) throw new Unreadable("newer");
  if (told.fingerprint !== keyIdOf(publicKey)) throw new Unreadable("fingerprint");
  try {
    return {
      public_key: textIn(told.public_key),
      fingerprint: textIn(told.fingerprint),
      made_on: textIn(told.made_on),
      private_key: privateIn(objectIn(told.private_key)),
    };
  } catch {
    throw new Unreadable("no_key_file");
  }
}

/** The private half. Takes seconds where there is a passphrase. Throws Unreadable. */
export function unlockKeyFile(file: KeyFile, passphrase: string): Bytes {
  const found =
    file.private_key.kdf === null ? fromBase64(file.private_key.demo, KEY_BYTES) : opened(file.private_key, passphrase);
  if (base64(publicOf(found)) !== file.public_key) throw new Unreadable("halves");
  return found;
}

/** A fingerprint in fours, as it is compared by voice. */
export function spoken(fingerprint: string): string {
  return fingerprint.match(/.{1,4}/g)?.join(" ") ?? "";
}

type Told = Record<string, unknown>;

function opened(wrapped: Wrapped, passphrase: string): Bytes {
  const key = stretched(passphrase, fromBase64(wrapped.salt), wrapped);
  try {
    return unlocked(fromBase64(wrapped.box), key);
  } catch {
    throw new Unreadable("passphrase");
  }
}

function privateIn(told: Told): Wrapped | InTheOpen {
  if (told.kdf === null) {
    fromBase64(textIn(told.demo), KEY_BYTES);
    return { kdf: null, demo: textIn(told.demo) };
  }
  const [rounds, memory] = [Number(told.rounds), Number(told.memory)];
  const whole = Number.isInteger(rounds) && Number.isInteger(memory);
  const cheapEnough = rounds >= 1 && rounds <= MOST.rounds && memory >= LEAST_MEMORY && memory <= MOST.memory;
  if (told.kdf !== "argon2id13" || !whole || !cheapEnough) throw new RangeError("wrapped in a way that is not ours");
  fromBase64(textIn(told.salt), SALT_BYTES);
  fromBase64(textIn(told.box), BOX_BYTES);
  return { kdf: "argon2id13", rounds, memory, salt: textIn(told.salt), box: textIn(told.box) };
}

function stretched(passphrase: string, salt: Uint8Array, cost: { rounds: number; memory: number }): Uint8Array {
  // One passphrase has several spellings in Unicode, and two keyboards may differ in which they send.
  const typed = utf8(passphrase.normalize("NFKC"));
  const opts = { t: cost.rounds, m: Math.floor(cost.memory / 1024), p: 1, dkLen: KEY_BYTES, version: 0x13 };
  return argon2id(typed, salt, { ...opts, maxmem: MOST.memory + (1 << 20) });
}

function objectIn(told: unknown): Told {
  if (typeof told !== "object" || told === null) throw new TypeError("no object");
  return { ...told };
}

function textIn(told: unknown): string {
  if (typeof told !== "string") throw new TypeError("no text");
  return told;
}
