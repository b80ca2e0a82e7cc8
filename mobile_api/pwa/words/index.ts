// The words of this phone in its owner's language, and which that is.

import { type Chosen, choose, type Translation } from "../../../backend/web/browser/catalogue.ts";
import { english, type Words } from "./en.ts";
import { french } from "./fr.ts";
import { MIRROR, mirror } from "./mirror.ts";

/** A translation that no person has read is never taken by itself: its owner, or their profile, has to have asked for it. */
export interface Spoken extends Translation<Words> {
  reviewed: boolean;
}

export const OTHERS: readonly Spoken[] = [french];

const KEPT = "bluelight-language";

/** Live: who reads it while drawing has the language of now. */
export let chosen: Chosen<Words> = chosenNow();
export let words: Words = chosen.words;

/** What the person wants to be told in, the first first: their own choice, then what their browser says. */
export function wanted(): string[] {
  const own = kept();
  return [...(own ? [own] : []), ...(globalThis.navigator?.languages ?? [])];
}

/** From now on this language; kept for the next start where the browser keeps anything. */
export function speak(language: string): void {
  if (kept() === language) return;
  try {
    globalThis.localStorage?.setItem(KEPT, language);
  } catch {
    // A private window may refuse.
  }
  chosen = chosenNow(language);
  words = chosen.words;
  show();
}

/** What a browser and a screen reader must know of it. */
export function show(): void {
  document.documentElement.lang = chosen.language;
  document.documentElement.dir = chosen.direction;
}

export function kept(): string | null {
  try {
    return globalThis.localStorage?.getItem(KEPT) ?? null;
  } catch {
    return null;
  }
}

function chosenNow(own = kept()): Chosen<Words> {
  if (own === MIRROR) return mirror();
  if (own) return choose(english, OTHERS, [own]);
  const read = OTHERS.filter(({ reviewed }) => reviewed);
  return choose(english, read, globalThis.navigator?.languages ?? ["en"]);
}
