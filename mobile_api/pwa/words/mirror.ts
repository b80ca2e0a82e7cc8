// A language nobody speaks, for tests: from right to left, a third longer, and every word of the catalogue in brackets.

import type { Chosen } from "../../../backend/web/browser/catalogue.ts";
import { english, type Words } from "./en.ts";

/** A private tag (BCP 47): no browser asks for it and no page offers it. */
export const MIRROR = "en-x-mirror";

/** What is not in brackets on a page came from nowhere a translator would look. */
export function mirror(): Chosen<Words> {
  return { language: MIRROR, direction: "rtl", words: mirrored(english) as Words };
}

function mirrored(told: unknown): unknown {
  if (typeof told === "string") return told && `⟦${told}${"·".repeat(Math.ceil(told.length / 3))}⟧`;
  if (typeof told === "function") return (...given: unknown[]) => mirrored(told(...given));
  if (told === null || typeof told !== "object") return told;
  return Object.fromEntries(Object.entries(told).map(([name, one]) => [name, mirrored(one)]));
}
