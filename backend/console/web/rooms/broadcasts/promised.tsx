// The clock to the next promised word: calm, amber near its end, red when it is overdue.

import { useEffect, useState } from "preact/hooks";
import { now } from "../../../../web/browser/clock.ts";
import { words as frame } from "../../words/index.ts";
import { grade } from "./counting.ts";
import { words } from "./words.ts";

export function Promised({ at, promised_min }: { at: string | null; promised_min: number | null }) {
  const [time, setTime] = useState(now);
  useEffect(() => {
    setTime(now());
    const timer = setInterval(() => setTime(now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  if (!at) return null;
  const left_s = (Date.parse(at) - time) / 1000;
  return (
    <span class="promised" data-grade={grade(left_s, promised_min)}>
      <span>{left_s > 0 ? words.next : words.overdue}</span> <span class="age">{frame.age(Math.abs(left_s))}</span>
    </span>
  );
}
