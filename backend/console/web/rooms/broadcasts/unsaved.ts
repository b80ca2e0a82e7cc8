// What was typed and is not at the server yet, kept by the browser's tab: a reload or a closed lid loses none of it.

import type { Sketch } from "./sketch.ts";

const KEY = "bluelight.console.unsaved.";

/** One person's: whoever signs in after them in the same tab finds none of it. */
export class Unsaved {
  constructor(private readonly person_id: string) {}

  keep(id: string | null, sketch: Sketch): void {
    sessionStorage.setItem(this.at(id), JSON.stringify(sketch));
  }

  kept(id: string | null): Sketch | null {
    const kept = sessionStorage.getItem(this.at(id));
    return kept ? (JSON.parse(kept) as Sketch) : null;
  }

  forget(id: string | null): void {
    sessionStorage.removeItem(this.at(id));
  }

  private at(id: string | null): string {
    return `${KEY}${this.person_id}.${id ?? "new"}`;
  }
}
