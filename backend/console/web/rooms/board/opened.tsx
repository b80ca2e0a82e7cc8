// The right column: the case that is open, with the way to close it again.

import type { RefObject } from "preact";
import type { Desk } from "../../desk.ts";
import { nameOf } from "../../places.ts";
import { words } from "./words.ts";

export function Opened({ desk, id, place }: { desk: Desk; id: string; place: RefObject<HTMLElement | null> }) {
  const row = desk.standing.rows.get(id);
  return (
    <section class="opened" ref={place} tabIndex={-1} aria-label={row ? nameOf(row) : words.opened}>
      <p class="shut">
        <a class="plain" href="#/board">
          {words.closeCase}
        </a>
      </p>
      <h2>{row ? nameOf(row) : words.unknownCase}</h2>
    </section>
  );
}
