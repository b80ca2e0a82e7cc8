// Asks the worker for a key: made new, or out of its file.

import type { Bytes } from "../../../../web/browser/sealing/bytes.ts";
import type { Trouble } from "../../../../web/browser/sealing/key_file.ts";

/** `no_room`: the browser has no quarter of a GiB left, or the worker did not begin. */
export type KeyTrouble = Trouble | "no_room";

export type KeyOrder = { file: string; passphrase: string } | { passphrase: string; today: string };
export type KeyAnswer = { privateKey: Bytes; text: string } | { trouble: KeyTrouble };

/** Takes some seconds. A worker for each order: with it goes all that it had in memory. */
export function unlocking(order: KeyOrder): Promise<KeyAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(UNLOCKING, { type: "module" });
    const end = (answer: KeyAnswer) => {
      worker.terminate();
      resolve(answer);
    };
    worker.onmessage = ({ data }: MessageEvent<KeyAnswer>) => end(data);
    worker.onerror = () => end({ trouble: "no_room" });
    worker.postMessage(order);
  });
}
