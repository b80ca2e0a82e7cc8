// The band across the top: what calls most, with the one button that ends it; it has its place always, so that nothing moves.

import { useRef, useState } from "preact/hooks";
import { Shape } from "../../web/browser/shapes.tsx";
import type { Desk } from "./desk.ts";
import { Age } from "./parts/age.tsx";
import { useDoing } from "./parts/form.ts";
import { take } from "./parts/taking.ts";
import { nameOf, placeOf, reasonOf } from "./places.ts";
import type { Signal } from "./signals.ts";
import { words } from "./words/index.ts";

export function Calling({ desk, calling }: { desk: Desk; calling: Signal[] }) {
  const [held, setHeld] = useState(false);
  const before = useRef("");
  // Under the pointer it stays the one that is being looked at, also when a graver one comes.
  const kept = held ? calling.find(({ id }) => id === before.current) : undefined;
  const shown = kept ?? calling[0];
  before.current = shown?.id ?? "";
  return (
    <section
      class="calls"
      aria-label={words.calls}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {shown ? (
        <Call key={shown.id} desk={desk} signal={shown} others={calling.length - 1} />
      ) : (
        <p class="quiet">{words.nothingCalls}</p>
      )}
    </section>
  );
}

/** Nobody has read it sooner: a second press was meant for the one before. */
const SEEN_MS = 500;

function Call({ desk, signal, others }: { desk: Desk; signal: Signal; others: number }) {
  const { busy, fault, act } = useDoing();
  const shownAt = useRef(performance.now());
  const { row, alarms, since } = signal;
  const press = () => {
    if (performance.now() - shownAt.current > SEEN_MS) void act(() => take(desk, signal));
  };
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
      {others > 0 && (
        <span class="others">
          +{others}
          <span class="unseen"> {words.more}</span>
        </span>
      )}
      <button type="button" class="first" aria-disabled={busy} onClick={press}>
        {words.take}
      </button>
    </>
  );
}
