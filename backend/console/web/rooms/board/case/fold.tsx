// A part of a case under its heading that can be folded away; on paper everything is open.

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

interface Traits {
  title: string;
  /** What it holds, in a few words, also while it is folded. */
  told?: ComponentChildren;
  open?: boolean;
  class?: string;
  children: ComponentChildren;
}

export function Fold({ title, told, open: begins = false, class: name = "", children }: Traits) {
  const [open, setOpen] = useState(begins);
  const id = useId();
  return (
    <section class={`case-fold ${name}`} data-open={open}>
      <h3>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {title}
          {told && <span class="case-told">{told}</span>}
        </button>
      </h3>
      <div id={id} class="case-inside stack">
        {children}
      </div>
    </section>
  );
}
