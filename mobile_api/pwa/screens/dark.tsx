// After a silent press the screen looks like nothing: dark, without a word, until it is touched.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";

const HOLD_MS = 1000;
const SHOWN_MS = 4000;

/** A touch shows one dim line for some seconds; a hold, or Escape, comes back. */
export function Dark({ phone }: { phone: Phone }) {
  const [shown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hold = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const back = () => phone.light();
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      clearTimeout(hold.current);
    },
    [],
  );
  const touch = () => {
    setShown(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(false), SHOWN_MS);
    hold.current = setTimeout(back, HOLD_MS);
  };
  const release = () => clearTimeout(hold.current);
  return (
    <button
      type="button"
      class="dark"
      aria-label={words.darkName}
      onPointerDown={touch}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event: Event) => event.preventDefault()}
      onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && back()}
      onClick={(event: MouseEvent) => event.detail === 0 && (shown ? back() : setShown(true))}
    >
      <span aria-live="off">
        {shown && (
          <>
            {stands(phone)}
            <br />
            {words.darkBack}
          </>
        )}
      </span>
    </button>
  );
}

/** The truth in a few dim words. */
function stands(phone: Phone): string {
  const [first] = phone.pressing.own;
  if (first) return first.tries || first.held ? words.darkUnsent : words.darkSending;
  const open = phone.known.open[0];
  return open ? words.headline(open) : "";
}
