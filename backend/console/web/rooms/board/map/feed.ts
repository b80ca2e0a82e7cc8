// What stands, given to the map: at once for a new picture, a few times a second at most for all else.

import type { Desk } from "../../../desk.ts";
import type { Chart } from "./chart.ts";
import { casesOf, NONE, officersOf, trackOf } from "./sources.ts";
import { track } from "./track.ts";
import { words } from "./words.ts";

const OFTEN_MS = 250;
/** Positions grow old also while nothing is told. */
const AGEING_MS = 10_000;

export interface Feed {
  open(incident_id: string): void;
  stop(): void;
}

export function feed(desk: Desk, chart: Chart, first: string): Feed {
  let opened = first;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const give = () => {
    waiting = undefined;
    const { rows, officers, campus, positions } = desk.standing;
    const zones = campus?.zones ?? [];
    const now = Date.now();
    chart.show("cases", casesOf({ rows: rows.values(), zones, picture: positions, opened, now }));
    chart.showOfficers(officersOf(officers.values(), positions, now, words.officer));
    const way = track.newest;
    chart.show("track", way && way.incident_id === opened ? trackOf(way.fixes) : NONE);
  };
  const soon = () => {
    waiting ??= setTimeout(give, OFTEN_MS);
  };
  const unhear = desk.listen({ message: soon, picture: (name) => name === "position" && soon(), live: soon });
  const untrack = track.heardBy(soon);
  const ageing = setInterval(soon, AGEING_MS);
  give();
  return {
    open(incident_id) {
      opened = incident_id;
      clearTimeout(waiting);
      give();
    },
    stop() {
      unhear();
      untrack();
      clearInterval(ageing);
      clearTimeout(waiting);
    },
  };
}
