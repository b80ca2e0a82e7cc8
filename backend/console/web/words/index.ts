// The words of the frame, and the way by which a room chooses its own.

import { choose, type Translation } from "../../../web/browser/catalogue.ts";
import { english, type FrameWords } from "./en.ts";

const WANTED = globalThis.navigator?.languages ?? ["en"];

/** A room's words in the first of the person's languages that there is. */
export function spoken<Words extends object>(own: Words, others: readonly Translation<Words>[] = []): Words {
  return choose(own, others, WANTED).words;
}

export const words = spoken<FrameWords>(english);
