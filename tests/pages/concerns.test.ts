// A concern between its reporter's page and the advisers' desk: who it is sealed to, what is read, and what may be done.

import assert from "node:assert/strict";
import { test } from "node:test";
import { daysUntil, waysOf } from "../../backend/console/web/rooms/concerns/deeds.ts";
import { IDLE_MS, Keyring } from "../../backend/console/web/rooms/concerns/keyring.ts";
import { copiesFor, read, sealed } from "../../backend/console/web/rooms/concerns/reading.ts";
import type { Candidate, Concern, Listed } from "../../backend/console/web/rooms/concerns/wire.ts";
import { base64 } from "../../backend/web/browser/sealing/bytes.ts";
import { keyIdOf, newPrivateKey, openBox, publicOf } from "../../backend/web/browser/sealing/sealing.ts";
import {
  AdvisersChanged,
  daysLeft,
  mailboxOf,
  type Offered,
  openedMailbox,
  readersOf,
  sealedConcern,
} from "../../mobile_api/anonymous/page/sealing/main.ts";

const RECEIPT = "legal winner thank year wave sausage worth useful legal winner thank yellow";

function holder(name: string | null) {
  const privateKey = newPrivateKey();
  const publicKey = publicOf(privateKey);
  return { key_id: keyIdOf(publicKey), name, public_key: base64(publicKey), privateKey };
}

const [ada, adasLaptop, ben, recovery] = [holder("Ada"), holder("Ada"), holder("Ben"), holder(null)];
const OFFERED: Offered = { version: "v1", advisers: [ada, adasLaptop, ben], recovery: [recovery] };

function concernOf(said: Parameters<typeof sealedConcern>[0], more: Partial<Concern> = {}): Concern {
  const { sealed: envelope } = sealedConcern(said, OFFERED, [], RECEIPT);
  const { box, copies, reply_key } = envelope;
  const entry = { id: "e1", kind: "lodged", day: "2026-11-22", written_by: null, box, copies };
  const sealed_to = { [ada.key_id]: ada.public_key, [recovery.key_id]: recovery.public_key };
  return { id: "c1", reply_key, sealed_to, entries: [entry], advisers: [], ...more } as unknown as Concern;
}

function keyring(...holders: { privateKey: Uint8Array }[]): Keyring {
  const keys = new Keyring(() => undefined);
  for (const { privateKey } of holders) keys.hold(new Uint8Array(privateKey), 0);
  return keys;
}

test("who is left out is a person: none of their keys has a copy, and the recovery key always has one", () => {
  const readers = readersOf(OFFERED, [ada.key_id]);

  assert.deepEqual(Object.keys(readers), [ben.key_id, recovery.key_id]);
  assert.equal(Object.keys(readersOf(OFFERED, [])).length, 4);
});

test("a key that was struck out and is offered no more stops the sending, and so does nobody left", () => {
  assert.throws(() => readersOf(OFFERED, ["0123456789abcdef"]), AdvisersChanged);
  assert.throws(() => readersOf(OFFERED, [ada.key_id, ben.key_id]), AdvisersChanged);
});

test("the same receipt is the same concern, and the body tells nothing of what was written", () => {
  const first = sealedConcern({ words: "Telltale words" }, OFFERED, [], RECEIPT);
  const again = sealedConcern({ words: "Telltale words" }, OFFERED, [], RECEIPT);

  assert.equal(first.mailbox, again.mailbox);
  assert.notEqual(first.sealed.box, again.sealed.box);
  assert.deepEqual(Object.keys(first).sort(), ["mailbox", "sealed", "version"]);
  assert.ok(!RECEIPT.split(" ").some((word) => JSON.stringify(first).includes(`"${word}"`)));
});

test("a mailbox of somebody else opens as nobody's", () => {
  const mine = mailboxOf(RECEIPT);

  assert.equal(openedMailbox(base64(new Uint8Array(16_448)), RECEIPT), null);
  assert.equal(mine.id.length, 32);
  assert.equal(daysLeft("2026-11-23", "2026-11-22"), "1 more day");
  assert.equal(daysLeft("2026-11-22", "2026-11-22"), "today is the last day");
});

test("an adviser reads words in the form's order and pictures that are pictures; a stranger reads nothing", () => {
  const concern = concernOf({
    words: "He is gone.",
    place: "Beit",
    about: { intent: "He said so." },
    attachments: [
      { name: "x", type: "image/jpeg", data: "/9j/4AAQ" },
      { name: "x", type: "image/svg+xml", data: "PHN2Zz4=" },
      { name: "x", type: "image/png", data: '"><script>' },
    ],
  });
  const [entry] = concern.entries;
  assert.ok(entry);

  const told = read(entry, keyring(ada));
  const nothing = read(entry, keyring(holder("a stranger")));

  assert.deepEqual(
    told.lines.map(({ name, words }) => [name, words]),
    [
      ["words", "He is gone."],
      ["intent", "He said so."],
      ["place", "Beit"],
    ],
  );
  assert.deepEqual(told.pictures, ["data:image/jpeg;base64,/9j/4AAQ"]);
  assert.deepEqual([nothing.opened, nothing.lines], [false, []]);
});

test("what advisers write is sealed to exactly those whom the door names, and a reply to the reporter as well", () => {
  const concern = concernOf({ words: "words" });

  const note = sealed(concern, { words: "a note" });
  const reply = sealed(concern, { words: "thank you" }, { toReporter: true });

  assert.deepEqual(Object.keys(note.copies), [ada.key_id, recovery.key_id]);
  assert.deepEqual(Object.keys(reply.copies), [ada.key_id, recovery.key_id, "reporter"]);
  const opened = openBox(reply.box, reply.copies.reporter ?? "", mailboxOf(RECEIPT).privateKey);
  assert.equal(new TextDecoder().decode(opened), '{"words":"thank you"}');
});

test("a newcomer's copies open every entry, and there are none where one entry stays closed", () => {
  const concern = concernOf({ words: "words" });
  const newcomer = holder("Cy");
  const reader = { keys: { [newcomer.key_id]: newcomer.public_key } } as unknown as Candidate;
  const [entry] = concern.entries;
  assert.ok(entry);

  const copies = copiesFor(concern, [reader], keyring(ada));

  const opened = openBox(entry.box, copies?.e1?.[newcomer.key_id] ?? "", newcomer.privateKey);
  assert.equal(new TextDecoder().decode(opened), '{"words":"words"}');
  assert.equal(copiesFor(concern, [reader], keyring(holder("a stranger"))), null);
  assert.deepEqual(copiesFor(concern, [], keyring(ada)), {});
});

test("keys are overwritten and forgotten when locked, and when nobody was here for ten minutes", () => {
  let changes = 0;
  const keys = new Keyring(() => {
    changes += 1;
  });
  const privateKey = newPrivateKey();
  keys.hold(privateKey, 1000);
  keys.used(5000);

  keys.lockIfIdle(5000 + IDLE_MS - 1);
  assert.equal(keys.open.length, 1);
  keys.lockIfIdle(5000 + IDLE_MS);

  assert.deepEqual([keys.open, changes], [[], 2]);
  assert.ok(privateKey.every((byte) => byte === 0));
});

test("two work on a concern, the lead refers what is Prevent, and the rest may only stand aside", () => {
  const at = (stage: string, more: object = {}) => ({ stage, mine: true, outcome: null, ...more }) as unknown as Listed;
  const prevent = { outcome: "prevent" };
  const lead = { isLead: true };
  const adviser = { isLead: false };

  assert.equal(waysOf(at("waiting"), adviser).first, "assign");
  assert.equal(waysOf(at("assigned"), adviser).first, "triage");
  assert.equal(waysOf(at("triaged", prevent), adviser).first, "close");
  assert.ok(!waysOf(at("triaged", prevent), adviser).often.includes("refer"));
  assert.ok(waysOf(at("triaged", prevent), lead).often.includes("refer"));
  assert.equal(waysOf(at("triaged", { ...prevent, mine: false }), lead).first, "refer");
  assert.deepEqual(waysOf(at("assigned", { mine: false }), lead), { first: null, often: [], rarely: ["recuse"] });
  assert.equal(daysUntil("2026-11-24", Date.parse("2026-11-22T23:59:00Z")), 2);
});
