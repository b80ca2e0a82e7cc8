// What calls for this person now, heard as well as seen: the sound, the page's title, and words for who cannot see.

import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Desk } from "./desk.ts";
import { nameOf, placeOf, reasonOf } from "./places.ts";
import { mayHear, type Signal, signals } from "./signals.ts";
import { chime, ring } from "./sounding.ts";
import { type News, Watching } from "./watching.ts";
import { words } from "./words/index.ts";

export function useCalling(desk: Desk): Signal[] {
  const { standing } = desk;
  const controls = desk.has("controller");
  const calling = useMemo(
    () => (controls ? signals(standing.rows, standing.alarms.values()) : []),
    [controls, standing, standing.changes],
  );
  const audible = mayHear(standing.desk?.people ?? [], desk.session?.person.id ?? "");
  const watching = useRef(new Watching());
  // After every draw: whether the browser lets it through may have changed as well.
  useEffect(() => ring(calling.length > 0, audible));
  useEffect(() => () => ring(false, false), []);
  useEffect(() => {
    document.title = titleOf(calling);
    return () => {
      document.title = words.console;
    };
  }, [calling]);
  useEffect(() => {
    if (!controls || standing.readAt === null) return;
    const news = watching.current.news(standing.rows);
    announce(desk, news);
    if (news.cases.length || news.said) chime(audible);
  }, [standing.changes]);
  return calling;
}

function titleOf(calling: readonly Signal[]): string {
  const [first] = calling;
  if (!first) return words.console;
  const what = first.row ? `${nameOf(first.row)}, ${placeOf(first.row)}` : reasonOf(first.alarms[0]?.reason ?? "");
  return words.titled(what, calling.length);
}

function announce(desk: Desk, { cases }: News): void {
  const [first] = cases;
  if (!first) return;
  const loudly = cases.some(({ kind }) => kind === "emergency");
  desk.say(cases.length > 1 ? words.newCases(cases.length) : words.newCase(nameOf(first), placeOf(first)), { loudly });
}
