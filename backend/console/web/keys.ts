// What a key does at the console: single letters, and none of them while somebody writes.

export type Deed =
  | "next"
  | "previous"
  | "open"
  | "close"
  | "take"
  | "assign"
  | "message"
  | "resolve"
  | "broadcast"
  | "phonedIn"
  | "fresh"
  | "keys";

/** In the order in which they are shown; `?` comes with Shift on most keyboards, so that Shift forbids nothing. */
export const KEYS: readonly [key: string, deed: Deed][] = [
  ["j", "next"],
  ["k", "previous"],
  ["Enter", "open"],
  ["Escape", "close"],
  ["n", "fresh"],
  ["t", "take"],
  ["a", "assign"],
  ["m", "message"],
  ["r", "resolve"],
  ["b", "broadcast"],
  ["p", "phonedIn"],
  ["?", "keys"],
];

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Held down: only moving goes on. */
  repeat: boolean;
}

/** What to do for a key; null where it is somebody's text, a dialog's or the browser's own. */
export function deedOf(pressed: Pressed, place: { writing: boolean; dialog: boolean }): Deed | null {
  if (place.writing || place.dialog || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const deed = KEYS.find(([key]) => key === pressed.key || key === pressed.key.toLowerCase())?.[1] ?? null;
  return pressed.repeat && deed !== "next" && deed !== "previous" ? null : deed;
}

const WRITES = new Set(["TEXTAREA", "SELECT"]);
const PRESSED = new Set(["button", "checkbox", "radio", "range", "submit", "reset", "color", "file"]);

/** Whether a letter typed there is somebody's text. */
export function takesText(tag: string, type: string, editable: boolean): boolean {
  if (editable || WRITES.has(tag)) return true;
  return tag === "INPUT" && !PRESSED.has(type);
}
