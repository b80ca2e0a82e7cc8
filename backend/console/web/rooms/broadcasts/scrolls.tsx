// A part that scrolls in itself, so that the page never does: it has a name, and is reached by keys.

import type { ComponentChildren } from "preact";

export function Scrolls({
  name,
  class: given = "",
  children,
}: {
  name: string;
  class?: string;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what lies below its edge is otherwise out of a keyboard's reach
    <section class={`list ${given}`} aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}
