// Key files made and opened in a thread of their own: what makes guessing dear would hold the page up for seconds.

import { makeKeyFile, readKeyFile, Unreadable, unlockKeyFile } from "../../../../web/browser/sealing/key_file.ts";
import type { KeyAnswer, KeyOrder } from "./unlocking.ts";

const worker = self as unknown as DedicatedWorkerGlobalScope;

worker.onmessage = ({ data }: MessageEvent<KeyOrder>) => {
  const answer = done(data);
  worker.postMessage(answer, "privateKey" in answer ? [answer.privateKey.buffer] : []);
};

function done(order: KeyOrder): KeyAnswer {
  try {
    if ("file" in order)
      return { privateKey: unlockKeyFile(readKeyFile(order.file), order.passphrase), text: order.file };
    return makeKeyFile(order.passphrase, order.today);
  } catch (fault) {
    return { trouble: fault instanceof Unreadable ? fault.trouble : "no_room" };
  }
}
