// What a room reads from the server: when it is entered, when it is asked to, and again after every time it was cut off.

import { useEffect, useRef, useState } from "preact/hooks";
import { type Desk, isNoAnswer, sentenceOf } from "../desk.ts";

export interface Reading<T> {
  found: T | null;
  /** Why it could not be read; what was read before stays. */
  fault: string;
  busy: boolean;
  again: () => void;
}

/** The answer of this path; null reads nothing. An answer that comes after a newer question is thrown away. */
export function useReading<T>(desk: Desk, path: string | null): Reading<T> {
  const [found, setFound] = useState<T | null>(null);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const asked = useRef(0);
  const read = async () => {
    asked.current += 1;
    const mine = asked.current;
    if (path === null) return setFound(null);
    setBusy(true);
    try {
      const answer = await desk.ask<T>("GET", path);
      if (mine !== asked.current) return;
      setFound(() => answer);
      setFault("");
    } catch (why) {
      if (!isNoAnswer(why)) throw why;
      if (mine === asked.current) setFault(sentenceOf(why));
    } finally {
      if (mine === asked.current) setBusy(false);
    }
  };
  const newest = useRef(read);
  newest.current = read;
  useEffect(() => {
    void newest.current();
    return desk.listen({ live: () => void newest.current() });
  }, [desk, path]);
  return { found, fault, busy, again: () => void newest.current() };
}
