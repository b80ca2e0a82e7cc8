// Cases and officers sorted by the site they are at.

import type { Officer, Place, Row } from "../../wire.ts";

export interface Stand {
  id: string;
  /** Empty for what is at no site, or nobody knows where. */
  name: string;
  rows: Row[];
  officers: Officer[];
}

/** Sites where something is, those with the most pressing case first; of the others only the names. Rows come in order. */
export function bySite(
  places: readonly Place[],
  rows: readonly Row[],
  officers: readonly Officer[],
): { stands: Stand[]; quiet: string[] } {
  const stands = new Map<string, Stand>();
  for (const { id, name, kind } of places) if (kind === "site") stands.set(id, { id, name, rows: [], officers: [] });
  const elsewhere: Stand = { id: "", name: "", rows: [], officers: [] };
  const at = (site: string | null | undefined) => stands.get(site ?? "") ?? elsewhere;
  for (const row of rows) at(row.zone?.site ?? row.zone?.id).rows.push(row);
  for (const officer of officers) at(officer.site).officers.push(officer);
  const rank = ({ rows: [first] }: Stand) => (first ? rows.indexOf(first) : rows.length);
  const all = [...stands.values(), elsewhere];
  const busy = all.filter((stand) => stand.rows.length > 0 || stand.officers.length > 0);
  busy.sort((one, other) => rank(one) - rank(other) || other.officers.length - one.officers.length);
  const quiet = all.filter((stand) => stand.name && !busy.includes(stand)).map(({ name }) => name);
  return { stands: busy, quiet };
}
