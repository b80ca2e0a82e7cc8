// The three kinds at the map's edge: drawn onto a place, or pressed, they begin a case that was phoned in.

import { useRef, useState } from "preact/hooks";
import { Shape } from "../../../../../web/browser/shapes.tsx";
import type { Kind } from "../../../../../web/browser/wire.ts";
import { words as frame } from "../../../words/index.ts";
import type { Spot } from "./geometry.ts";
import { words } from "./words.ts";

const KINDS: Kind[] = ["emergency", "first_aid", "help"];

/** A hand that shakes presses all the same. */
const SHAKE = 6;

interface Traits {
  spotAt: (x: number, y: number) => Spot | null;
  dropped: (kind: Kind, position?: Spot) => void;
}

interface Pull {
  kind: Kind;
  from: { x: number; y: number };
  at: { x: number; y: number };
  far: boolean;
}

export function DragKinds({ spotAt, dropped }: Traits) {
  const [pull, setPull] = useState<Pull | null>(null);
  /** The click that follows a drag is no press. */
  const pulled = useRef(false);
  const begin = (kind: Kind, event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = { x: event.clientX, y: event.clientY };
    pulled.current = false;
    setPull({ kind, from, at: from, far: false });
  };
  const move = ({ clientX: x, clientY: y }: PointerEvent) => {
    if (!pull) return;
    const far = pull.far || Math.hypot(x - pull.from.x, y - pull.from.y) > SHAKE;
    if (far) setPull({ ...pull, at: { x, y }, far });
  };
  const end = ({ clientX, clientY }: PointerEvent) => {
    if (!pull) return;
    setPull(null);
    pulled.current = pull.far;
    // Let go over the three themselves: thought better of it.
    const over = document.elementFromPoint(clientX, clientY)?.closest(".drag-kinds, .map-controls");
    const spot = pull.far && !over ? spotAt(clientX, clientY) : null;
    if (spot) dropped(pull.kind, spot);
  };
  const give = (kind: Kind) => {
    if (!pulled.current) dropped(kind);
    pulled.current = false;
  };
  return (
    <div class="drag-kinds">
      <span class="quiet">{words.dragOnto}</span>
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-label={words.raise(frame.kinds[kind])}
          title={frame.kinds[kind]}
          onPointerDown={(event: PointerEvent & { currentTarget: HTMLElement }) => begin(kind, event)}
          onPointerMove={move}
          onPointerUp={end}
          onPointerCancel={() => setPull(null)}
          onClick={() => give(kind)}
        >
          <Shape kind={kind} />
        </button>
      ))}
      {pull?.far && (
        <span class="pulled" aria-hidden="true" style={{ insetInlineStart: `${pull.at.x}px`, top: `${pull.at.y}px` }}>
          <Shape kind={pull.kind} />
        </span>
      )}
    </div>
  );
}
