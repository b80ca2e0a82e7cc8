// The words of this phone, in the first of its owner's languages that there is.

import { choose, type Translation } from "../../../backend/web/browser/catalogue.ts";
import { english, type Words } from "./en.ts";

/** Translations beside English; a person who speaks the language has to have read them first. */
const OTHERS: readonly Translation<Words>[] = [];

export const chosen = choose<Words>(english, OTHERS, globalThis.navigator?.languages ?? ["en"]);
export const words = chosen.words;
