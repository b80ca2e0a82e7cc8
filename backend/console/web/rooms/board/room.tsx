// The board: every open case, those that need a person most first.

import { Shape } from "../../../../web/browser/shapes.tsx";
import { inOrder, isOpen } from "../../board.ts";
import { Age } from "../../parts/age.tsx";
import type { RoomTraits } from "../index.ts";
import { words } from "./words.ts";

export default function BoardRoom({ desk }: RoomTraits) {
  const rows = inOrder([...desk.standing.rows.values()].filter(isOpen));
  return (
    <section class="cases" aria-labelledby="cases">
      <h1 id="cases">{words.title}</h1>
      {rows.length === 0 && <p class="quiet">{words.none}</p>}
      <ol>
        {rows.map((row) => (
          <li key={row.id}>
            <Shape kind={row.kind} />
            <span>
              {words.kinds[row.kind]} {row.reference}
            </span>
            <span>{row.zone?.name ?? words.nowhere}</span>
            <Age since={row.received_at} />
          </li>
        ))}
      </ol>
    </section>
  );
}
