// How long ago something was: hundreds of them tick by one timer that writes text, without drawing anything anew.

import { useEffect, useRef } from "preact/hooks";
import { now } from "../../../web/browser/clock.ts";
import { words } from "../words/index.ts";

interface Ticks {
  node: HTMLElement;
  since: number;
  amber_s: number;
  red_s: number;
}

const ticking = new Set<Ticks>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  const time = now();
  for (const one of ticking) write(one, time);
}

function write({ node, since, amber_s, red_s }: Ticks, time: number): void {
  const seconds = (time - since) / 1000;
  const text = words.age(seconds);
  if (node.textContent !== text) node.textContent = text;
  const grade = seconds >= red_s ? "red" : seconds >= amber_s ? "amber" : "";
  if (node.dataset.grade !== grade) node.dataset.grade = grade;
}

interface Traits {
  since: string | number;
  /** Seconds from which it is amber and red; never without a word beside it that says why. */
  amber_s?: number;
  red_s?: number;
}

export function Age({ since, amber_s = Infinity, red_s = Infinity }: Traits) {
  const place = useRef<HTMLSpanElement>(null);
  const instant = typeof since === "number" ? since : Date.parse(since);
  useEffect(() => {
    if (!place.current) return;
    const one = { node: place.current, since: instant, amber_s, red_s };
    ticking.add(one);
    write(one, now());
    timer ??= setInterval(tick, 1000);
    return () => {
      ticking.delete(one);
      if (ticking.size) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, [instant, amber_s, red_s]);
  return <span class="age" ref={place} />;
}
