// A concern sealed in the reporter's browser: to whom, under which receipt, and the mailbox opened there as well.

import { base64, fromBase64 } from "../../../../backend/web/browser/sealing/bytes.ts";
import { mailboxOf } from "../../../../backend/web/browser/sealing/receipt.ts";
import { type Envelope, openBox, openSealed, seal } from "../../../../backend/web/browser/sealing/sealing.ts";
import { plainOf, toldIn, type Words } from "../../../../backend/web/browser/sealing/words.ts";

export { mailboxOf, newReceipt, readReceipt } from "../../../../backend/web/browser/sealing/receipt.ts";

/** A public key to seal to, in base64, and whose it is. */
export interface OfferedKey {
  key_id: string;
  name: string | null;
  public_key: string;
}

export interface Offered {
  version: string;
  advisers: OfferedKey[];
  recovery: OfferedKey[];
}

/** Somebody who was left out has another key meanwhile, or nobody is left: whoever writes looks at it once more. */
export class AdvisersChanged extends Error {}

/** A reply that was opened, or one that would not. */
export interface Reply {
  on: string;
  words: string;
}

/** What waits for whoever holds a receipt; days in ISO's form. */
export interface Told {
  sentence: string;
  may_add: boolean;
  written_on: string[];
  mailbox_until: string;
  data_until: string;
  held: boolean;
  warnings: string[];
  seal_to: Record<string, string>;
  replies: Reply[];
  left_out: number;
}

/**
 * What to seal to, by key id: everybody's keys but those struck out, and the recovery key.
 *
 * Who is left out is a person: all keys under that name. Throws AdvisersChanged
 * when a key that was struck out is offered no more, since whose it was is then
 * unknown, and when no adviser is left.
 */
export function readersOf(offered: Offered, without: readonly string[]): Record<string, string> {
  const struck = offered.advisers.filter((one) => without.includes(one.key_id));
  const names = new Set(struck.map((one) => one.name));
  const left = offered.advisers.filter((one) => !names.has(one.name));
  const known = new Set(struck.map((one) => one.key_id));
  if (without.some((keyId) => !known.has(keyId)) || left.length === 0) throw new AdvisersChanged();
  return Object.fromEntries([...left, ...offered.recovery].map((one) => [one.key_id, one.public_key]));
}

/** The body that lodges it, but for its work. Throws RangeError for more than fits, AdvisersChanged as above. */
export function sealedConcern(words: Words, offered: Offered, without: readonly string[], receipt: string) {
  const { id, publicKey } = mailboxOf(receipt);
  const envelope = sealedWords(words, readersOf(offered, without));
  return { sealed: { ...envelope, reply_key: base64(publicKey) }, version: offered.version, mailbox: id };
}

/** Sealed to these public keys, which are in base64. Throws RangeError for more than fits. */
export function sealedWords(words: Words, keys: Readonly<Record<string, string>>): Envelope {
  const opened = Object.entries(keys).map(([keyId, key]) => [keyId, fromBase64(key)]);
  return seal(plainOf(words), Object.fromEntries(opened));
}

/** What the mailbox's door has answered; null when it is nobody's: then the bytes are random. */
export function openedMailbox(sealed: string, receipt: string): Told | null {
  const { privateKey } = mailboxOf(receipt);
  try {
    const told = toldIn(openSealed(sealed, privateKey)) as unknown as Omit<Told, "replies"> & { replies: Sent[] };
    const replies = told.replies.map((reply) => openedReply(reply, privateKey));
    return { ...told, held: told.held === true, replies: replies.filter((reply) => reply !== null) };
  } catch {
    return null;
  }
}

interface Sent {
  on: string;
  box: string;
  copy: string;
}

function openedReply({ on, box, copy }: Sent, privateKey: Uint8Array): Reply | null {
  try {
    const { words } = toldIn(openBox(box, copy, privateKey));
    return typeof words === "string" ? { on, words } : null;
  } catch {
    return null;
  }
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** `22 November 2026`, of a day in ISO's form. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** How many more days, `today` being one in UTC. */
export function daysLeft(until: string, today: string): string {
  const left = Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000);
  if (left <= 0) return "today is the last day";
  return `${left} more day${left > 1 ? "s" : ""}`;
}
