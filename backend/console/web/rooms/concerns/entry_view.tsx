// One entry as it was opened: who wrote it on which day, its words, and its pictures.

import type { Read } from "./reading.ts";
import { words } from "./words.ts";

export function EntryView({ entry, by }: { entry: Read; by: string | null }) {
  const { kind, day, lines, pictures, opened } = entry;
  return (
    <li class={`entry card ${kind}`}>
      <h3>
        {words.kinds[kind] ?? kind}
        <span class="quiet">
          {" "}
          {by && `${words.by(by)} · `}
          {words.day(day)}
        </span>
      </h3>
      {!opened && <p class="quiet">{words.unopened}</p>}
      {lines.map(({ name, words: said }) => (
        <div key={name}>
          {nameOf(name) && <h4>{nameOf(name)}</h4>}
          <p class="words">{said}</p>
        </div>
      ))}
      {pictures.length > 0 && (
        <ul class="pictures">
          {pictures.map((address, nth) => (
            <li key={address.slice(-40)}>
              <img src={address} alt={words.picture(nth + 1)} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function nameOf(field: string): string {
  return words.fields[field] ?? field;
}
