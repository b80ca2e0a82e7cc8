// The band across the top: what calls most, with the one button that ends it; it has its place always, so that nothing moves.

import { Shape } from "../../web/browser/shapes.tsx";
import type { Desk } from "./desk.ts";
import { Age } from "./parts/age.tsx";
import { useDoing } from "./parts/form.ts";
import { take } from "./parts/taking.ts";
import { nameOf, placeOf, reasonOf } from "./places.ts";
import type { Signal } from "./signals.ts";
import { words } from "./words/index.ts";

export function Calling({ desk, calling }: { desk: Desk; calling: Signal[] }) {
  const [first] = calling;
  return (
    <section class="calls" aria-label={words.calls}>
      {first ? (
        <Call key={first.id} desk={desk} signal={first} others={calling.length - 1} />
      ) : (
        <p class="quiet">{words.nothingCalls}</p>
      )}
    </section>
  );
}

function Call({ desk, signal, others }: { desk: Desk; signal: Signal; others: number }) {
  const { busy, fault, act } = useDoing();
  const { row, alarms, since } = signal;
  const reasons = [...new Set(alarms.map(({ reason }) => reasonOf(reason)))].join(" · ");
  return (
    <>
      {row && <Shape kind={row.kind} />}
      <p class="what">
        <strong>
          {row ? <a href={`#/board/${row.id}`}>{nameOf(row)}</a> : reasons}
          {row?.exercise && <span class="tag">{words.exercise}</span>}
        </strong>
        <span class="where">
          {fault ? <span role="alert">{fault}</span> : row && [placeOf(row), reasons].filter(Boolean).join(" · ")}
        </span>
      </p>
      <Age since={since} />
      {others > 0 && <span class="others">{words.more(others)}</span>}
      <button type="button" class="first" aria-disabled={busy} onClick={() => void act(() => take(desk, signal))}>
        {words.take}
      </button>
    </>
  );
}
