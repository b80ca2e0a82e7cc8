// Keys that act on the open case: its own buttons and fields say by aria-keyshortcuts which is theirs.

/** Go to what has this key in the case that is open: a field to write in, a button to press, one to hold for as long as the key. */
export function pressIn(place: HTMLElement | null, key: string): void {
  const found = place?.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]`);
  if (!found) return;
  found.focus();
  if (!(found instanceof HTMLButtonElement)) return;
  if (found.classList.contains("hold")) hold(found, key);
  else found.click();
}

/** As a finger would hold it: let go with the key. */
function hold(button: HTMLButtonElement, key: string): void {
  const tell = (type: string) => button.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0 }));
  tell("pointerdown");
  const release = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key.toLowerCase() !== key) return;
    for (const [name, on] of ENDS) on.removeEventListener(name, release);
    tell("pointerup");
  };
  for (const [name, on] of ENDS) on.addEventListener(name, release);
}

const ENDS: [string, EventTarget][] = [
  ["keyup", window],
  ["blur", window],
];
