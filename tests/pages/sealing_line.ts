// Concerns sealed and opened by the pages' own code, for a test of Python's: reads [[what, given], …], writes the answers.

import { fromBase64, base64 as text } from "../../backend/web/browser/sealing/bytes.ts";
import { makeKeyFile, readKeyFile, unlockKeyFile } from "../../backend/web/browser/sealing/key_file.ts";
import { mailboxOf, newReceipt, readReceipt } from "../../backend/web/browser/sealing/receipt.ts";
import { openBox, openSealed, seal, sealTo, share } from "../../backend/web/browser/sealing/sealing.ts";
import { plainOf } from "../../backend/web/browser/sealing/words.ts";

type Given = Record<string, string> & { keys: Record<string, string>; list: string[] };

const WORK: Record<string, (given: Given) => unknown> = {
  seal({ plain, keys }) {
    const opened = Object.entries(keys).map(([id, key]) => [id, fromBase64(key)]);
    return seal(fromBase64(plain ?? ""), Object.fromEntries(opened));
  },
  open: ({ box = "", copy = "", key = "" }) => text(openBox(box, copy, fromBase64(key))),
  share: ({ copy = "", key = "", to = "" }) => share(copy, fromBase64(key), fromBase64(to)),
  sealTo: ({ plain = "", key = "" }) => sealTo(fromBase64(plain), fromBase64(key)),
  openSealed: ({ sealed = "", key = "" }) => text(openSealed(sealed, fromBase64(key))),
  mailbox({ receipt = "" }) {
    const { id, privateKey, publicKey } = mailboxOf(receipt);
    return { id, key: text(privateKey), publicKey: text(publicKey) };
  },
  receipts: ({ list }) => Array.from({ length: 50 }, () => newReceipt(list)),
  read: ({ typed = "", list }) => readReceipt(typed, list),
  plain: ({ words = "" }) => text(plainOf(JSON.parse(words))),
  unlock({ file = "", passphrase = "" }) {
    try {
      return text(unlockKeyFile(readKeyFile(file), passphrase));
    } catch (fault) {
      return `refused: ${(fault as Error).message}`;
    }
  },
  keyFile({ passphrase = "" }) {
    const { text: file, privateKey } = makeKeyFile(passphrase, "2026-11-23", { rounds: 1, memory: 8192 });
    return { file, key: text(privateKey) };
  },
};

let asked = "";
for await (const piece of process.stdin) asked += piece;
const answers = (JSON.parse(asked) as [string, Given][]).map(([what, given]) => WORK[what]?.(given));
process.stdout.write(JSON.stringify(answers));
