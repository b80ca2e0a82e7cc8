// What the forms of a concern have in common: their faults, their buttons, a long field, and a choice of one person.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { FormDeeds } from "../../parts/form_deeds.tsx";
import { words } from "./words.ts";

/** As long as the reporter's own: eleven of them fit the largest size class. */
const LONGEST = 20_000;

interface Buttons {
  fault: string;
  busy: boolean;
  go: string;
  cancel: () => void;
  children?: ComponentChildren;
}

export function Deeds({ fault, busy, go, cancel, children }: Buttons) {
  return (
    <>
      {children}
      <p class="fault" role="alert">
        {fault}
      </p>
      <FormDeeds notNow={words.cancel} leave={cancel} go={busy ? words.working : go} busy={busy} />
    </>
  );
}

export function Long({ name, label, hint, rows = 5 }: { name: string; label: string; hint?: string; rows?: number }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="quiet" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        name={name}
        rows={rows}
        maxLength={LONGEST}
        required
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
    </div>
  );
}

export function One({
  name,
  label,
  from,
}: {
  name: string;
  label: string;
  from: readonly (readonly [string, string])[];
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name} required>
        <option value="">{words.choose}</option>
        {from.map(([value, said]) => (
          <option key={value} value={value}>
            {said}
          </option>
        ))}
      </select>
    </label>
  );
}
