// The middle without a map: every site with its cases and its officers, so that everything works without one.

import { useMemo } from "preact/hooks";
import { Shape } from "../../../../web/browser/shapes.tsx";
import { inOrder, isOpen, thresholds } from "../../board.ts";
import type { Desk } from "../../desk.ts";
import { Age } from "../../parts/age.tsx";
import { unlessUnchanged } from "../../parts/unchanged.ts";
import { nameOf, placeOf } from "../../places.ts";
import type { Officer, Policy, Row } from "../../wire.ts";
import { bySite, type Stand } from "./by_site.ts";
import { stageOf } from "./telling.ts";
import { words } from "./words.ts";

const NO_POLICIES: readonly Policy[] = [];

export function Sites({ desk, opened }: { desk: Desk; opened: string }) {
  const { standing } = desk;
  const rows = useMemo(() => inOrder([...standing.rows.values()].filter(isOpen)), [standing, standing.changes]);
  const { stands, quiet } = bySite(standing.campus?.zones ?? [], rows, standing.onDuty);
  const policies = standing.campus?.policies ?? NO_POLICIES;
  return (
    <section class="sites" aria-labelledby="sites">
      <header>
        <h2 id="sites">{words.sites}</h2>
        <p class="quiet">{words.sitesMean}</p>
      </header>
      <div class="stands">
        {stands.map((stand) => (
          <Site key={stand.id} stand={stand} desk={desk} opened={opened} policies={policies} />
        ))}
      </div>
      {quiet.length > 0 && <p class="quiet">{words.quietSites(quiet)}</p>}
    </section>
  );
}

interface SiteTraits {
  stand: Stand;
  desk: Desk;
  opened: string;
  policies: readonly Policy[];
}

function Site({ stand, desk, opened, policies }: SiteTraits) {
  const seen = new Map(desk.standing.positions?.officers.map((one) => [one.officer_id, one]));
  return (
    <section class="card site" aria-labelledby={`site-${stand.id}`}>
      <h3 id={`site-${stand.id}`}>{stand.name || words.elsewhere}</h3>
      {stand.rows.length > 0 && (
        <ul class="here">
          {stand.rows.map((row) => (
            <CaseThere key={row.id} row={row} opened={row.id === opened} policies={policies} />
          ))}
        </ul>
      )}
      {stand.officers.length === 0 && <p class="quiet">{words.noOfficers}</p>}
      {stand.officers.length > 0 && (
        <ul class="site-officers">
          {stand.officers.map((officer) => (
            <OfficerThere
              key={officer.officer_id}
              officer={officer}
              at={seen.get(officer.officer_id) ?? officer.position}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface CaseTraits {
  row: Row;
  opened: boolean;
  policies: readonly Policy[];
}

const CaseThere = unlessUnchanged(({ row, opened, policies }: CaseTraits) => {
  return (
    <li class={row.exercise ? "exercise" : ""}>
      <a href={`#/board/${row.id}`} aria-current={opened ? "true" : undefined}>
        <Shape kind={row.kind} />
        <span class="name">{nameOf(row)}</span>
        <Age since={row.received_at} {...thresholds(row, policies)} />
        <span class="place">{placeOf(row)}</span>
        <span class="stage">{stageOf(row)}</span>
      </a>
    </li>
  );
});

type Seen = { recorded_at: string; stale: boolean } | null;

function OfficerThere({ officer, at }: { officer: Officer; at: Seen }) {
  return (
    <li class={at && !at.stale ? "" : "stale"}>
      <span>{officer.name}</span>
      <span class="quiet">
        {words.states[officer.state] ?? officer.state}
        {!officer.reachable && ` · ${words.unreachable}`}
      </span>
      {at && (
        <span class="quiet">
          {words.seenAgo} <Age since={at.recorded_at} />
        </span>
      )}
    </li>
  );
}
