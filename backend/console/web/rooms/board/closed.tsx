// The cases that are over today, folded away below the open ones.

import { useEffect, useMemo, useState } from "preact/hooks";
import { closedToday } from "../../board.ts";
import { type Desk, isNoAnswer } from "../../desk.ts";
import type { Policy, Row } from "../../wire.ts";
import { CaseRow } from "./row.tsx";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  opened: string;
  me: string;
  policies: readonly Policy[];
}

export function Closed({ desk, opened, me, policies }: Traits) {
  const [read, setRead] = useState<Row[] | null>(null);
  const { standing } = desk;
  useEffect(() => {
    const fetch = () =>
      desk.ask<{ items: Row[] }>("GET", "/console/api/incidents?open=false").then(
        ({ items }) => setRead(items),
        (fault) => {
          if (!isNoAnswer(fault)) throw fault;
        },
      );
    void fetch();
    return desk.listen({ live: () => void fetch() });
  }, [desk]);
  const zone = standing.campus?.time_zone;
  const rows = useMemo(() => {
    const day = new Intl.DateTimeFormat("en-CA", zone ? { timeZone: zone } : {});
    return closedToday(read ?? [], standing.rows.values(), (instant) => day.format(new Date(instant)));
  }, [read, zone, standing, standing.changes]);
  return (
    <details class="closed">
      <summary>{words.closed(read && rows.length)}</summary>
      {rows.length === 0 && <p class="quiet">{words.noneClosed}</p>}
      <ol>
        {rows.map((row) => (
          <CaseRow key={row.id} row={row} opened={row.id === opened} me={me} policies={policies} />
        ))}
      </ol>
    </details>
  );
}
