// Words sealed in this browser: to whom the server says there is, under a receipt that never leaves it.

import { NO_CONNECTION, NO_WORK, NotSent, QUIET, workDone } from "./sending.js";

const KEYS = "/v1/concerns/keys";
const CONCERNS = "/v1/concerns";
const MAILBOX = "/v1/concerns/mailbox";
const ATTEMPTS = 3;

const CHANGED = "The advisers have changed meanwhile: look once more at whom you leave out.";
const TOO_LONG = "That is more than fits into one concern. Write it shorter, or send fewer photos, and add the rest afterwards.";

const loading = Promise.all([import("./sealing.js"), asked("GET", "/concern/parts/receipt_words.json")]).then(
  ([code, { answer: list }]) => ({ ...code, list }),
);
loading.catch(() => {});

/** What seals, and the words of receipts; null where either did not load: then the server seals what arrives. */
export function sealing() {
  return loading.catch(() => null);
}

/** The list of advisers was told anew; `NotSent` says so to whoever writes. */
export class LookAgain extends NotSent {}

/** Lodges it; with the same receipt again it is the same concern. Raises NotSent. */
export async function lodge(code, words, without, receipt) {
  for (let attempt = 1; ; attempt += 1) {
    const { answer: offered } = await reached(() => asked("GET", KEYS), NO_WORK);
    const body = fitting(() => code.sealedConcern(words, offered, without, receipt), code);
    const work = await workDone();
    const { status, answer } = await reached(() => asked("POST", CONCERNS, { ...body, work }), NO_CONNECTION);
    if (status === 201) return;
    if (status !== 409 || attempt === ATTEMPTS) throw new NotSent(sentenceOf(answer));
  }
}

/** What waits for this receipt; null when it is nobody's. Raises NotSent. */
export async function look(code, receipt) {
  return opened(code, receipt, { mailbox: code.mailboxOf(receipt).id });
}

/** Adds it, sealed to those who read the concern, and tells what waits afterwards. Raises NotSent. */
export async function add(code, receipt, words) {
  for (let attempt = 1; ; attempt += 1) {
    const told = await look(code, receipt);
    if (!told?.may_add) return told;
    const sealed = fitting(() => code.sealedWords(words, told.seal_to), code);
    try {
      return await opened(code, receipt, { mailbox: code.mailboxOf(receipt).id, sealed, work: await workDone() });
    } catch (fault) {
      // Who reads it may have changed since the look: then nothing was added.
      if (!(fault instanceof Refused) || attempt === ATTEMPTS) throw fault;
    }
  }
}

class Refused extends NotSent {}

async function opened(code, receipt, body) {
  const { status, answer } = await reached(() => asked("POST", MAILBOX, body), body.sealed ? NO_CONNECTION : NO_WORK);
  if (status === 422) throw new Refused(sentenceOf(answer));
  if (status !== 200) throw new NotSent(sentenceOf(answer));
  return code.openedMailbox(answer.sealed, receipt);
}

function fitting(seal, code) {
  try {
    return seal();
  } catch (fault) {
    if (fault instanceof code.AdvisersChanged) throw new LookAgain(CHANGED);
    if (fault instanceof RangeError) throw new NotSent(TOO_LONG);
    throw fault;
  }
}

async function asked(method, path, body) {
  const told = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const response = await fetch(path, { method, ...told, ...QUIET });
  return { status: response.status, answer: await response.json() };
}

async function reached(ask, otherwise) {
  try {
    return await ask();
  } catch {
    throw new NotSent(otherwise);
  }
}

function sentenceOf(problem) {
  return [problem.title, ...(problem.errors ?? []).map((fault) => fault.message)].filter(Boolean).join(" ");
}
