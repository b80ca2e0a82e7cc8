// Sealing in the browser: size classes, receipts and mailboxes by known answers, boxes for whoever holds a copy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { base64, fromBase64, fromUtf8, utf8 } from "../../backend/web/browser/sealing/bytes.ts";
import { makeKeyFile, readKeyFile, spoken, unlockKeyFile } from "../../backend/web/browser/sealing/key_file.ts";
import { mailboxOf } from "../../backend/web/browser/sealing/receipt.ts";
import {
  keyIdOf,
  newPrivateKey,
  openBox,
  openSealed,
  publicOf,
  seal,
  sealTo,
  share,
  Unopenable,
} from "../../backend/web/browser/sealing/sealing.ts";
import { MOST, pad, unpad } from "../../backend/web/browser/sealing/size_class.ts";

const RECEIPT = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const CHEAP = { rounds: 1, memory: 8192 };

test("what is padded has a size class and comes back whole; what was not padded is refused", () => {
  const sizes = [0, 1020, 1021, 4092, MOST].map((length) => pad(new Uint8Array(length).fill(7)));

  assert.deepEqual(
    sizes.map(({ length }) => length),
    [1 << 10, 1 << 10, 4 << 10, 4 << 10, 1 << 20],
  );
  assert.deepEqual(
    sizes.map((one) => unpad(one).length),
    [0, 1020, 1021, 4092, MOST],
  );
  assert.throws(() => pad(new Uint8Array(MOST + 1)), RangeError);
  assert.throws(() => unpad(new Uint8Array(1000)), RangeError);
  assert.throws(() => unpad(new Uint8Array(1024).fill(1)), RangeError);
});

test("a receipt makes the mailbox and the key that the server makes of it", () => {
  const { id, privateKey, publicKey } = mailboxOf(RECEIPT);

  assert.equal(id, "5833766fabc5767f601dd1acc22d6117");
  assert.equal(base64(privateKey), "SigJlJwIQO1qXZLeSAQAzFWunN3ZwbP2VvBFYUVZFPo=");
  assert.equal(base64(publicKey), "/FGEfaQwMclALRg5oErvO5MhJ+g6JhxSa+ib1sQSBF4=");
});

test("each who holds a copy opens a box, and nobody else", () => {
  const [mine, theirs, strangers] = [newPrivateKey(), newPrivateKey(), newPrivateKey()];
  const { box, copies } = seal(utf8("Zwölf „Sätze“ 🕯"), { mine: publicOf(mine), theirs: publicOf(theirs) });
  const [own = "", other = ""] = [copies.mine, copies.theirs];
  const bytes = fromBase64(box);
  bytes[100] = (bytes[100] ?? 0) ^ 1;

  assert.equal(fromUtf8(openBox(box, own, mine)), "Zwölf „Sätze“ 🕯");
  assert.equal(fromUtf8(openBox(box, other, theirs)), "Zwölf „Sätze“ 🕯");
  assert.equal(fromUtf8(openBox(box, share(own, mine, publicOf(strangers)), strangers)), "Zwölf „Sätze“ 🕯");
  assert.throws(() => openBox(box, own, theirs), Unopenable);
  assert.throws(() => openBox(base64(bytes), own, mine), Unopenable);
  assert.throws(() => openSealed(sealTo(utf8("x"), publicOf(mine)), strangers), Unopenable);
});

test("nothing is sealed to a key that is a point of small order", () => {
  assert.throws(() => seal(utf8("words"), { bad: new Uint8Array(32) }));
});

test("a key file opens by its passphrase however its signs are spelled, and by no other", () => {
  const { text, privateKey } = makeKeyFile("café ① walrus on a bicycle", "2026-11-23", CHEAP);
  const file = readKeyFile(text);

  assert.deepEqual(unlockKeyFile(file, "cafe\u0301 1 walrus on a bicycle"), privateKey);
  assert.equal(file.fingerprint, keyIdOf(publicOf(privateKey)));
  assert.match(spoken(file.fingerprint), /^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
  assert.throws(() => unlockKeyFile(file, "another passphrase"), { message: "passphrase" });
  assert.throws(() => readKeyFile("{}"), { message: "no_key_file" });
});
