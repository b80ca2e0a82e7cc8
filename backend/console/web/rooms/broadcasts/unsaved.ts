// What was typed and is not at the server yet, kept by the browser's tab: a reload or a closed lid loses none of it.

import type { Sketch } from "./sketch.ts";

const KEY = "bluelight.console.unsaved.";

const at = (id: string | null) => `${KEY}${id ?? "new"}`;

export function keepWords(id: string | null, sketch: Sketch): void {
  sessionStorage.setItem(at(id), JSON.stringify(sketch));
}

export function keptWords(id: string | null): Sketch | null {
  const kept = sessionStorage.getItem(at(id));
  return kept ? (JSON.parse(kept) as Sketch) : null;
}

export function forgetWords(id: string | null): void {
  sessionStorage.removeItem(at(id));
}
