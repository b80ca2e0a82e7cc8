// A place found by typing: a combobox with its list, worked by arrows, Enter and Escape as well as by the pointer.

import { useId, useRef, useState } from "preact/hooks";
import type { Place } from "../../wire.ts";
import { type Found, found } from "./finding.ts";
import { words } from "./words.ts";

interface Traits {
  places: readonly Place[];
  chosen: Found | null;
  choose: (place: Found | null) => void;
}

export function PlaceField({ places, chosen, choose }: Traits) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const options = open ? found(places, text) : [];
  const active = options[at];
  const take = (place: Found) => {
    choose(place);
    setText(place.name);
    setOpen(false);
  };
  const write = (event: InputEvent) => {
    setText((event.currentTarget as HTMLInputElement).value);
    choose(null);
    setOpen(true);
    setAt(0);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) setOpen(true);
      else if (options.length) setAt((at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length);
    } else if (event.key === "Enter" && open && active) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && open) {
      // Closes the list and not the dialog around it.
      event.preventDefault();
      setOpen(false);
    }
  };
  const unknown = text !== "" && chosen === null && !open;
  return (
    <div class="field place-field">
      <label for={id}>{words.where}</label>
      <input
        ref={input}
        id={id}
        name="place"
        maxLength={80}
        role="combobox"
        autocomplete="off"
        aria-autocomplete="list"
        aria-expanded={open && options.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active ? `${id}-${active.id}` : undefined}
        aria-describedby={`${id}-hint`}
        value={text}
        onInput={write}
        onKeyDown={press}
        onBlur={() => setOpen(false)}
      />
      <div class="options" id={`${id}-list`} role="listbox" aria-label={words.where} hidden={options.length === 0}>
        {options.map((place, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: an option of a combobox is never focused itself
          <div
            key={place.id}
            id={`${id}-${place.id}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(place)}
          >
            <span>{place.name}</span>
            <span class="quiet">{place.site}</span>
          </div>
        ))}
      </div>
      <p class={unknown ? "amber" : "quiet"} id={`${id}-hint`}>
        {unknown ? words.placeUnknown : words.whereHint}
      </p>
    </div>
  );
}
