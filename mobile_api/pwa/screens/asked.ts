// Something the server is asked for when a page opens, and kept nowhere else.

import { useEffect, useState } from "preact/hooks";
import { Refused, Unreachable } from "../../../backend/web/browser/calling.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";

export interface Asked<T> {
  answer: T | null;
  fault: string;
  again: () => Promise<void>;
  put: (answer: T) => void;
}

export function useAsked<T>(phone: Phone, path: string): Asked<T> {
  const [answer, put] = useState<T | null>(null);
  const [fault, setFault] = useState("");
  const again = async () => {
    setFault("");
    try {
      put(await phone.ask<T>("GET", path));
    } catch (why) {
      setFault(sentenceOf(why));
    }
  };
  useEffect(() => void again(), [path]);
  return { answer, fault, again, put };
}

/** What the person is told; a fault of ours is none of theirs, and goes on. */
export function sentenceOf(why: unknown): string {
  if (why instanceof Refused) return why.message;
  if (why instanceof Unreachable) return words.unreachable;
  throw why;
}
