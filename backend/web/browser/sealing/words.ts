// What is written in a concern, as the plain text that is sealed, and read again by whoever may open it.

import { type Bytes, fromUtf8, utf8 } from "./bytes.ts";

/** An image that was written anew and renamed: nothing else of its file is left. */
export interface Attachment {
  name: string;
  type: string;
  data: string;
}

export type Prompt = "engagement" | "intent" | "capability";

export interface Words {
  words: string;
  about?: Partial<Record<Prompt, string>>;
  place?: string;
  happened_on?: string;
  attachments?: Attachment[];
  reveal?: { name: string; contact: string };
}

/** JSON of what was given, and of nothing else. */
export function plainOf(words: Words): Bytes {
  const given = Object.entries(words).filter(([name, value]) => name === "words" || !isEmpty(value));
  return utf8(JSON.stringify(Object.fromEntries(given)));
}

/** What an opened box says. Throws SyntaxError or TypeError for what is no JSON object. */
export function toldIn(plain: Uint8Array): Record<string, unknown> {
  const told: unknown = JSON.parse(fromUtf8(plain));
  if (typeof told !== "object" || told === null || Array.isArray(told)) throw new TypeError("no object");
  return { ...told };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
}
