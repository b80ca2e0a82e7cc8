// What a concern's entries say once they are opened, and what is sealed for its readers; nothing here asks or draws.

import { fromBase64 } from "../../../../web/browser/sealing/bytes.ts";
import { type Envelope, REPORTER, seal } from "../../../../web/browser/sealing/sealing.ts";
import { plainOf, toldIn } from "../../../../web/browser/sealing/words.ts";
import type { Keyring } from "./keyring.ts";
import type { Candidate, Concern, Entry } from "./wire.ts";

/** One line of what somebody wrote: the name of the field it stood in, and its words. */
export interface Line {
  name: string;
  words: string;
}

export interface Read {
  id: string;
  kind: string;
  day: string;
  written_by: string | null;
  lines: Line[];
  /** Addresses of pictures, their data in themselves. */
  pictures: string[];
  /** Whether any key at hand opened it. */
  opened: boolean;
}

const PICTURES = ["image/jpeg", "image/png", "image/webp"];
const FIRST = ["words", "engagement", "intent", "capability", "place", "happened_on", "name", "contact"];

/** One entry, as far as the keys at hand open it; what a stranger wrote is taken as words and pictures, never more. */
export function read(entry: Entry, keys: Keyring): Read {
  const { id, kind, day, written_by } = entry;
  const told = opened(entry, keys);
  const rest = { id, kind, day, written_by, opened: told !== null };
  if (!told) return { ...rest, lines: [], pictures: [] };
  const { attachments, ...said } = told;
  return { ...rest, lines: linesOf(said), pictures: picturesOf(attachments) };
}

function opened({ box, copies }: Entry, keys: Keyring): Record<string, unknown> | null {
  try {
    const plain = keys.opens(box, copies);
    return plain && toldIn(plain);
  } catch {
    return null;
  }
}

/** In the order of the reporter's form, names inside others beside them. */
function linesOf(said: Record<string, unknown>): Line[] {
  const flat = Object.entries(said).flatMap(([name, value]) =>
    typeof value === "object" && value !== null ? Object.entries(value) : [[name, value] as const],
  );
  const lines = flat
    .filter(([, value]) => typeof value === "string" && value.trim())
    .map(([name, value]) => ({ name, words: String(value) }));
  const rank = ({ name }: Line) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return lines.sort((one, other) => rank(one) - rank(other));
}

function picturesOf(attachments: unknown): string[] {
  if (!Array.isArray(attachments)) return [];
  return attachments.flatMap((one: { type?: unknown; data?: unknown }) => {
    const { type, data } = one ?? {};
    if (typeof type !== "string" || typeof data !== "string" || !PICTURES.includes(type)) return [];
    return /^[A-Za-z0-9+/]+={0,2}$/.test(data) ? [`data:${type};base64,${data}`] : [];
  });
}

/** Words for exactly those who read the concern now, and for the reporter as well. Throws RangeError: too long. */
export function sealed(concern: Concern, said: Record<string, string>, { toReporter = false } = {}): Envelope {
  const keys = { ...concern.sealed_to, ...(toReporter ? { [REPORTER]: concern.reply_key } : {}) };
  const opened = Object.entries(keys).map(([keyId, key]) => [keyId, fromBase64(key)]);
  return seal(plainOf(said as { words: string }), Object.fromEntries(opened));
}

/** A copy of every entry for all keys in use of these advisers. Null when an entry is not one's own to open. */
export function copiesFor(
  concern: Concern,
  readers: readonly Candidate[],
  keys: Keyring,
): Record<string, Record<string, string>> | null {
  const wanted = readers.flatMap((one) => Object.entries(one.keys));
  if (wanted.length === 0) return {};
  const copies: Record<string, Record<string, string>> = {};
  for (const entry of concern.entries) {
    const made = wanted.map(([keyId, key]) => [keyId, keys.shares(entry.copies, fromBase64(key))] as const);
    if (made.some(([, copy]) => copy === null)) return null;
    copies[entry.id] = Object.fromEntries(made.map(([keyId, copy]) => [keyId, copy ?? ""]));
  }
  return copies;
}
