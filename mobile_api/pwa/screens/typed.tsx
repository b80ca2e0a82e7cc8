// A field with what it is for and what is wrong with it, said to eyes and screen readers alike.

interface Named {
  name: string;
  label: string;
  hint?: string;
  fault?: string | undefined;
}

/** `value` and `changed` for one that its page keeps; without them the form is read when it is sent. */
interface Line extends Named {
  type?: "text" | "tel" | "password";
  autocomplete?: "off" | "tel" | "current-password" | "new-password";
  inputMode?: "numeric" | "text";
  maxLength?: number;
  value?: string;
  changed?: (text: string) => void;
}

export function Typed({ name, label, hint, fault, type = "text", autocomplete = "off", changed, ...more }: Line) {
  const field = {
    id: name,
    name,
    autocomplete,
    onInput: (event: { currentTarget: HTMLInputElement }) => changed?.(event.currentTarget.value),
    ...more,
    ...told(name, hint, fault),
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <Hint name={name} hint={hint} fault={fault} />
      {type === "text" && <input type="text" dir="auto" {...field} />}
      {type === "tel" && <input type="tel" {...field} />}
      {type === "password" && <input type="password" {...field} />}
    </div>
  );
}

interface Area extends Named {
  value: string;
  maxLength: number;
  changed: (text: string) => void;
}

export function TypedAtLength({ name, label, hint, fault, value, maxLength, changed }: Area) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <Hint name={name} hint={hint} fault={fault} />
      <textarea
        id={name}
        name={name}
        rows={4}
        dir="auto"
        autocomplete="off"
        maxLength={maxLength}
        value={value}
        onInput={(event) => changed(event.currentTarget.value)}
        {...told(name, hint, fault)}
      />
    </div>
  );
}

function Hint({ name, hint, fault }: { name: string; hint: string | undefined; fault: string | undefined }) {
  return (
    <>
      {hint && (
        <span class="quiet" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {fault && (
        <span class="fault" id={`${name}-fault`}>
          {fault}
        </span>
      )}
    </>
  );
}

function told(name: string, hint: string | undefined, fault: string | undefined) {
  const by = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(" ");
  return { ...(by ? { "aria-describedby": by } : {}), ...(fault ? { "aria-invalid": true } : {}) };
}
