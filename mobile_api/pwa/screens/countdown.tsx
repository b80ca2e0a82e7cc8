// The seconds between a press and its sending: the whole screen is the button that stops it.

import { useEffect, useRef, useState } from "preact/hooks";
import { stamp } from "../../../backend/web/browser/clock.ts";
import { Shape } from "../../../backend/web/browser/shapes.tsx";
import type { Kind } from "../../../backend/web/browser/wire.ts";
import { words } from "../words/index.ts";

/** A frightened finger presses twice: the second press does not stop what the first began. */
const DEAF_MS = 800;

interface Traits {
  kind: Kind;
  seconds: number;
  say: (text: string) => void;
  sent: (pressed_at: string) => void;
  stopped: () => void;
}

export function Countdown({ kind, seconds, say, sent, stopped }: Traits) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [left, setLeft] = useState(seconds);
  const began = useRef(performance.now());
  const over = useRef(false);
  const end = (how: () => void) => {
    if (over.current) return;
    over.current = true;
    how();
  };
  useEffect(() => {
    const pressed_at = stamp();
    const send = () => end(() => sent(pressed_at));
    dialog.current?.showModal();
    say(words.countdownAloud(kind, seconds));
    navigator.vibrate?.(80);
    const timer = setInterval(() => {
      const left_ms = began.current + seconds * 1000 - performance.now();
      setLeft(Math.max(1, Math.ceil(left_ms / 1000)));
      if (left_ms <= 0) send();
    }, 100);
    // A phone that is locked or put away stops the page's clocks: what was pressed and not stopped goes then.
    const hidden = () => {
      if (document.visibilityState === "hidden") send();
    };
    document.addEventListener("visibilitychange", hidden);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", hidden);
      dialog.current?.close();
    };
  }, []);
  const stop = () => {
    if (performance.now() - began.current > DEAF_MS) end(stopped);
  };
  return (
    <dialog
      ref={dialog}
      class={`countdown ${kind}`}
      aria-label={words.countdown(kind)}
      onCancel={(event: Event) => {
        event.preventDefault();
        stop();
      }}
    >
      <button type="button" class="stop-all" onClick={stop}>
        <span class="count-title">
          <Shape kind={kind} />
          {words.countdown(kind)}
        </span>
        <span class="count-ring">
          <svg viewBox="0 0 100 100" class="ring" aria-hidden="true">
            <circle class="track" cx="50" cy="50" r="45" />
            <circle class={`run s${seconds}`} cx="50" cy="50" r="45" pathLength={1} />
          </svg>
          {/* A name that changes each second would be read out each second. */}
          <span class="unseen">{words.age(seconds)}</span>
          <span class="count" aria-hidden="true">
            {left}
          </span>
        </span>
        <span class="count-stop">{words.tapToStop}</span>
      </button>
    </dialog>
  );
}
