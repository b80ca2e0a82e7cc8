// The three buttons: a press counts down, a hold calls silently and at once.

import { useEffect, useRef, useState } from "preact/hooks";
import { Shape } from "../../../backend/web/browser/shapes.tsx";
import type { Kind } from "../../../backend/web/browser/wire.ts";
import { words } from "../words/index.ts";

/** Longer than the slowest tap of a trembling finger, shorter than a breath. */
const SILENT_MS = 900;
/** From here on the button shows that it is being held, so that nobody calls silently unawares. */
const SHOWN_MS = 250;

const KINDS: Kind[] = ["emergency", "first_aid", "help"];

interface Traits {
  seconds: (kind: Kind) => number;
  pressed: (kind: Kind) => void;
  held: (kind: Kind) => void;
}

export function ThreeButtons({ seconds, pressed, held }: Traits) {
  return (
    <div class="three">
      {KINDS.map((kind) => (
        <Button key={kind} kind={kind} seconds={seconds(kind)} pressed={pressed} held={held} />
      ))}
      <p class="quiet" id="how">
        {words.pressHow}
      </p>
    </div>
  );
}

function Button({ kind, seconds, pressed, held }: Omit<Traits, "seconds"> & { kind: Kind; seconds: number }) {
  const [holding, setHolding] = useState(false);
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const called = useRef(false);
  const release = () => {
    timers.current.forEach(clearTimeout);
    timers.current = [];
    setHolding(false);
  };
  useEffect(() => release, []);
  const hold = () => {
    if (timers.current.length) return;
    called.current = false;
    const call = () => {
      called.current = true;
      release();
      held(kind);
    };
    timers.current = [setTimeout(() => setHolding(true), SHOWN_MS), setTimeout(call, SILENT_MS)];
  };
  // A held key repeats: its first stroke begins the hold, and a click comes of its end.
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (!event.repeat) hold();
  };
  const keyEnds = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  };
  const press = () => {
    release();
    if (!called.current) pressed(kind);
    called.current = true;
  };
  const { button, means } = words.KINDS[kind];
  return (
    <button
      type="button"
      class={`kind ${kind} ${holding ? "holding" : ""}`}
      aria-describedby={`how-${kind}`}
      onPointerDown={(event: PointerEvent) => event.button === 0 && hold()}
      onPointerCancel={release}
      onPointerLeave={release}
      onContextMenu={(event: Event) => event.preventDefault()}
      onKeyDown={key}
      onKeyUp={keyEnds}
      onClick={(event: MouseEvent) => {
        // A screen reader's click comes without a pointer or a key before it.
        if (event.detail === 0) called.current = false;
        press();
      }}
    >
      <Shape kind={kind} />
      <span class="kind-words">
        <strong>{button}</strong>
        <span>{holding ? words.holdingSilent : means}</span>
      </span>
      <span class="unseen" id={`how-${kind}`}>
        {words.pressHint(seconds)}
      </span>
    </button>
  );
}
