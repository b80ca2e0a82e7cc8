// The alarms that stand above the cases: each asks for one thing, that a person takes it.

import { useState } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import { Age } from "../../parts/age.tsx";
import { useDoing } from "../../parts/form.ts";
import { take } from "../../parts/taking.ts";
import { nameOf, placeOf, reasonOf } from "../../places.ts";
import type { Signal } from "../../signals.ts";
import { words as frame } from "../../words/index.ts";
import { words } from "./words.ts";

/** `ids` are those that have their place on the screen, also when somebody has taken them meanwhile. */
export function Alarms({ desk, ids, standing }: { desk: Desk; ids: readonly string[]; standing: readonly Signal[] }) {
  const [all, setAll] = useState(false);
  if (!ids.length) return null;
  const known = new Map(standing.map((signal) => [signal.id, signal]));
  const shown = all ? ids : ids.slice(0, MOST);
  return (
    <section class="alarms" aria-label={words.alarms}>
      <ul>
        {shown.map((id) => {
          const signal = known.get(id);
          return signal ? <Standing key={id} desk={desk} signal={signal} /> : <Taken key={id} />;
        })}
      </ul>
      {ids.length > MOST && (
        <button type="button" class="plain" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.fewer : words.moreAlarms(ids.length - MOST)}
        </button>
      )}
    </section>
  );
}

/** More would push the cases off the screen. */
const MOST = 3;

function Standing({ desk, signal }: { desk: Desk; signal: Signal }) {
  const { busy, fault, act } = useDoing();
  const { row, alarms, since } = signal;
  const reasons = [...new Set(alarms.map(({ reason }) => reasonOf(reason)))].join(" · ");
  return (
    <li class={alarms.some(({ exercise }) => exercise) ? "alarm-row exercise" : "alarm-row"}>
      <p class="why">
        <strong>{reasons}</strong>
        <span class="about">
          <Age since={alarms[0]?.since ?? since} />
          {row && (
            <>
              {" · "}
              <a href={`#/board/${row.id}`}>
                {row.reference}, {placeOf(row)}
              </a>
            </>
          )}
        </span>
        {fault && (
          <span class="red" role="alert">
            {fault}
          </span>
        )}
      </p>
      <button type="button" class="second" aria-disabled={busy} onClick={() => void act(() => take(desk, signal))}>
        {frame.take}
        <span class="unseen"> {row ? nameOf(row) : reasons}</span>
      </button>
    </li>
  );
}

function Taken() {
  return (
    <li class="alarm-row over">
      <p class="why">{words.taken}</p>
    </li>
  );
}
