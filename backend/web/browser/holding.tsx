// A button that must be held, for what a slip must not do.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const HOLD_MS = 1000;
const AGAIN_MS = 5000;
/** As far as a hand trembles; farther, and it has changed its mind. */
const SLID_PX = 60;

interface Traits {
  text: string;
  hint: string;
  again: string;
  done: () => unknown;
  class?: string;
  children?: ComponentChildren;
}

/**
 * Press and hold with a finger or the mouse. A keyboard or a screen reader cannot hold:
 * there it asks, and a second press within five seconds does it.
 */
export function HoldButton({ text, hint, again, done, class: name = "" }: Traits) {
  const [held, setHeld] = useState(false);
  const [asked, setAsked] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const release = () => {
    if (!held) return;
    clearTimeout(timer.current);
    setHeld(false);
  };
  const from = useRef({ x: 0, y: 0 });
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    // What the server tells meanwhile may move the button from under the pointer: only the hand's own way counts.
    // A key that stands for the hand has no pointer to capture.
    if (event.isTrusted) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, y: event.clientY };
    setHeld(true);
    timer.current = setTimeout(() => {
      setHeld(false);
      done();
    }, HOLD_MS);
  };
  const slide = (event: PointerEvent) => {
    if (Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) > SLID_PX) release();
  };
  const click = (event: MouseEvent) => {
    // A click without a pointer: `detail` counts the presses of one, and is 0 for keys and assistive technology.
    if (event.detail !== 0) return;
    clearTimeout(timer.current);
    if (asked) {
      setAsked(false);
      done();
      return;
    }
    setAsked(true);
    timer.current = setTimeout(() => setAsked(false), AGAIN_MS);
  };
  return (
    <button
      type="button"
      class={`hold ${held ? "held" : ""} ${name}`}
      onPointerDown={press}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerMove={slide}
      onContextMenu={(event: Event) => event.preventDefault()}
      onClick={click}
    >
      <span>{text}</span>
      <span class="hint" role="status">
        {asked ? again : hint}
      </span>
    </button>
  );
}
