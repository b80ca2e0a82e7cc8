// A dialog over everything: opened when it is drawn, closed by Escape or by its buttons.

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

interface Traits {
  title: string;
  close: () => void;
  class?: string;
  children: ComponentChildren;
}

export function Dialog({ title, close, class: name = "", children }: Traits) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const opened = box.current;
    opened?.showModal();
    // Closing gives the focus back at once: after the next paint it would be torn from whoever already types elsewhere.
    return () => opened?.close();
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    close();
  };
  return (
    <dialog ref={box} class={`dialog ${name}`} aria-labelledby={id} onCancel={cancel}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
