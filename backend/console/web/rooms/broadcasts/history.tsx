// Everything that was said on a thread, the newest first, and who let it out.

import { words as frame } from "../../words/index.ts";
import type { Thread } from "./wire.ts";
import { words } from "./words.ts";

export function History({ thread }: { thread: Thread }) {
  return (
    <ol class="history stack">
      {[...thread.versions].reverse().map((version) => (
        <li key={version.number}>
          <h3>{version.title}</h3>
          <p>{version.body}</p>
          <p class="quiet">
            {[
              words.PARTS[version.part],
              version.issued_at ? frame.time(version.issued_at) : words.waitsTitle,
              words.by((version.issued_by ?? version.written_by).name ?? words.somebody),
              version.seconded_by && words.seconded(version.seconded_by.name ?? words.somebody),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </li>
      ))}
    </ol>
  );
}
