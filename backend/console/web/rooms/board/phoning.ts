// Where the dialog for a case that was phoned in is opened from: the bar, a key, or a kind dropped on the map.

import type { Kind } from "../../../../web/browser/wire.ts";

/** What is known when it opens; a dropped one comes with its kind and its place. */
export interface Start {
  kind?: Kind;
  position?: { latitude: number; longitude: number };
}

let hear: (start: Start) => void = () => undefined;

export const phonedIn = {
  open(start: Start = {}): void {
    hear(start);
  },
  /** The frame draws the dialog; whoever else hears takes its place. */
  heardBy(heard: (start: Start) => void): void {
    hear = heard;
  },
};
