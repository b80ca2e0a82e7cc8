// What lies at the place that was pointed at, when it is more than one case: each case to open, each officer with age.

import { Shape } from "../../../../../web/browser/shapes.tsx";
import type { Desk } from "../../../desk.ts";
import { Age } from "../../../parts/age.tsx";
import { nameOf } from "../../../places.ts";
import { stageOf } from "../telling.ts";
import { words as board } from "../words.ts";
import type { Thing } from "./chart.ts";
import { words } from "./words.ts";

const MOST = 8;

export function Here({ desk, things, close }: { desk: Desk; things: readonly Thing[]; close: () => void }) {
  const left = things.length - MOST;
  return (
    <section class="here-panel" aria-label={words.here}>
      <ul class="here">
        {things.slice(0, MOST).map(({ what, id }) => (
          <li key={id}>{what === "case" ? <OneCase desk={desk} id={id} /> : <OneOfficer desk={desk} id={id} />}</li>
        ))}
      </ul>
      <p class="foot">
        <span class="quiet">{left > 0 ? words.more(left) : ""}</span>
        <button type="button" class="plain" onClick={close}>
          {words.shut}
        </button>
      </p>
    </section>
  );
}

function OneCase({ desk, id }: { desk: Desk; id: string }) {
  const row = desk.standing.rows.get(id);
  if (!row) return null;
  return (
    <a href={`#/board/${id}`}>
      <Shape kind={row.kind} />
      <span class="name">{nameOf(row)}</span>
      <Age since={row.received_at} />
      <span class="stage">{stageOf(row)}</span>
    </a>
  );
}

function OneOfficer({ desk, id }: { desk: Desk; id: string }) {
  const officer = desk.standing.officers.get(id);
  const at = desk.standing.positions?.officers.find(({ officer_id }) => officer_id === id) ?? officer?.position;
  if (!officer) return null;
  return (
    <p class="officer-here">
      <strong>{officer.name}</strong>
      <span class="quiet">
        {board.states[officer.state] ?? officer.state}
        {!officer.reachable && ` · ${board.unreachable}`}
      </span>
      {at && (
        <span class="quiet">
          {board.seenAgo} <Age since={at.recorded_at} />
        </span>
      )}
    </p>
  );
}
