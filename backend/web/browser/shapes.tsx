// The three kinds by shape as well as by colour: octagon, cross and circle, drawn here and fetched from nowhere.

import type { Kind } from "./wire.ts";

const OUTLINES = {
  emergency: <path d="M14 3h20l11 11v20L34 45H14L3 34V14z" />,
  first_aid: <path d="M17 4h14v13h13v14H31v13H17V31H4V17h13z" />,
  help: <circle cx="24" cy="24" r="21" />,
};

const SIGNS = {
  emergency: <path class="sign" d="M21 11h6l-1.2 17h-3.6zM24 37.5a3.3 3.3 0 1 1 0-6.6 3.3 3.3 0 0 1 0 6.6z" />,
  first_aid: null,
  help: <path class="sign stroke" d="M17 19a7 7 0 1 1 10.5 6c-1.8 1-3.5 2-3.5 4.5M24 36.6v.2" />,
};

/** The word beside it names the kind, so that the shape is hidden from screen readers. */
export function Shape({ kind }: { kind: Kind }) {
  return (
    <svg viewBox="0 0 48 48" class={`shape ${kind}`} aria-hidden="true">
      {OUTLINES[kind]}
      {SIGNS[kind]}
    </svg>
  );
}
