// What the console makes heard: the new-emergency sound for as long as something calls, a short one for other news.

import { message, newEmergency, soundState } from "../../web/browser/sounds.ts";
import { isOpen } from "./board.ts";
import type { Row } from "./wire.ts";

/** The newest of what came: cases that were not there before, and whether somebody has said something since. */
export interface News {
  cases: Row[];
  said: boolean;
}

/** Compares what stands with what stood: a browser that has just come, or come back, has no news of its own. */
export class Watching {
  private known: ReadonlyMap<string, Row> | null = null;

  news(rows: ReadonlyMap<string, Row>): News {
    const before = this.known;
    this.known = new Map(rows);
    if (!before) return { cases: [], said: false };
    const cases = [...rows.values()].filter((row) => isOpen(row) && !before.has(row.id));
    const said = [...rows.values()].some(
      (row) => isOpen(row) && row.unread > (before.get(row.id)?.unread ?? row.unread),
    );
    return { cases, said };
  }
}

/** Begin, go on or fall silent. The page carries whether it can really be heard: what only tests could hear is no sound. */
export function ring(calls: boolean, audible: boolean): void {
  if (calls && audible) newEmergency.start({ repeating: true });
  else newEmergency.stop();
  const page = document.documentElement;
  if (calls && audible && soundState() === "on") page.dataset.sounding = "newEmergency";
  else delete page.dataset.sounding;
}

/** Once, unless the louder one is heard anyway. */
export function chime(audible: boolean): void {
  if (audible && !document.documentElement.dataset.sounding) message.start();
}
