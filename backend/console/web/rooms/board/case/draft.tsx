// A field whose words are kept while they are not sent: neither a redraw nor another case in between loses them.

import { useState } from "preact/hooks";
import type { Opened } from "./opened.ts";

interface Traits {
  opened: Opened;
  name: string;
  label: string;
  most: number;
  /** What stands there before anything was typed. */
  initial?: string;
  rows?: number;
  required?: boolean;
  /** The label is for screen readers only; the field shows it while it is empty. */
  within?: boolean;
  enterSends?: boolean;
  /** The letter that leads here from anywhere in the case. */
  letter?: string;
}

export function Draft({
  opened,
  name,
  label,
  most,
  initial = "",
  rows = 1,
  required,
  within,
  enterSends,
  letter,
}: Traits) {
  const [begins] = useState(() => opened.drafts.get(name) ?? initial);
  const keep = (event: Event) => {
    const { value } = event.currentTarget as HTMLTextAreaElement;
    if (value === initial) opened.drafts.delete(name);
    else opened.drafts.set(name, value);
  };
  const key = (event: KeyboardEvent) => {
    if (!enterSends || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
  };
  return (
    <label class="field">
      <span class={within ? "unseen" : ""}>{label}</span>
      <textarea
        name={name}
        rows={rows}
        maxLength={most}
        required={required}
        placeholder={within ? label : ""}
        autocomplete="off"
        aria-keyshortcuts={letter}
        dir="auto"
        defaultValue={begins}
        onInput={keep}
        onKeyDown={key}
      />
    </label>
  );
}

/** What was typed has been sent: the form's drafts are done with. */
export function sent(opened: Opened, form: HTMLFormElement): void {
  for (const field of form.querySelectorAll("textarea")) {
    opened.drafts.delete(field.name);
    field.value = "";
  }
}
