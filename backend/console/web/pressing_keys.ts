// The keys of the keyboard, heard by whoever stands in the room; they can be turned off, for those who speak to their computer.

import { useEffect, useRef } from "preact/hooks";
import { type Deed, deedOf, takesText } from "./keys.ts";

const KEY = "bluelight.console.letters";

export function lettersWork(): boolean {
  return localStorage.getItem(KEY) !== "off";
}

export function letLettersWork(on: boolean): void {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, "off");
}

export type Deeds = Partial<Record<Deed, (event: KeyboardEvent) => void>>;

/** Do what its key says, for as long as the part is on the screen. */
export function useKeys(deeds: Deeds): void {
  const newest = useRef(deeds);
  newest.current = deeds;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (event.key.length === 1 && !lettersWork())) return;
      const deed = deedOf(event, { writing: isWriting(event.target), dialog: isAsked() });
      const act = deed && newest.current[deed];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return takesText(target.tagName, target instanceof HTMLInputElement ? target.type : "", target.isContentEditable);
}

function isAsked(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
