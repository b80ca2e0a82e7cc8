// The campus as its room lays it out: places under their sites, and what its doors send.

import type { Campus, Place } from "../../wire.ts";

export interface CampusRoute {
  kind: string;
  subtype: string | null;
  site: string | null;
  zone: string | null;
  team: string;
  words: string;
}

export interface CampusStep {
  after_s: number;
  ask: string;
  count: number | null;
  team: string | null;
  on_duty: boolean;
  by: string[];
  and_tell: string | null;
}

export interface CampusPolicy {
  kind: string;
  wanted: number;
  reask_after_s: number;
  steps: CampusStep[];
  targets: { accepted_s: number | null; on_scene_s: number | null } | null;
}

export interface WholeCampus extends Campus {
  routes: CampusRoute[];
  policies: CampusPolicy[];
}

export interface Proof {
  ends_well: boolean;
  checked: number;
  days: number;
  counterexample: string | null;
  others: string[];
  as_of: string;
}

export interface Path {
  at: string;
  team: { id: string; name: string };
  mailbox: boolean;
  because: string;
  routes: string[];
  wanted: number;
  rungs: { number: number; after_s: number; words: string }[];
}

export interface Site {
  site: Place;
  zones: Place[];
}

/** The sites by name, each with what is in it by name; what belongs to no site that we know stands by itself. */
export function bySite(places: readonly Place[]): Site[] {
  const sites = places.filter(({ kind }) => kind === "site");
  const known = new Set(sites.map(({ id }) => id));
  const inside = (id: string) => places.filter((one) => one.kind !== "site" && one.site === id).sort(byName);
  const stray = places.filter((one) => one.kind !== "site" && !known.has(one.site));
  return [
    ...sites.sort(byName).map((site) => ({ site, zones: inside(site.id) })),
    ...stray.sort(byName).map((site) => ({ site, zones: [] })),
  ];
}

function byName(one: Place, other: Place): number {
  return one.name.localeCompare(other.name, undefined, { numeric: true });
}

/** What a kind of case may be about: the subtypes that have a route of their own. */
export function subtypesOf(routes: readonly CampusRoute[], kind: string): string[] {
  const found = routes.filter((one) => one.kind === kind).flatMap(({ subtype }) => (subtype ? [subtype] : []));
  return [...new Set(found)].sort();
}

/** The question of a path, as an address; an empty field is not asked about. */
export function pathQuery({
  kind,
  subtype,
  zone,
  at,
}: {
  kind: string;
  subtype: string;
  zone: string;
  at: string;
}): string {
  const asked = new URLSearchParams({ kind });
  if (subtype) asked.set("subtype", subtype);
  if (zone) asked.set("zone", zone);
  if (at) asked.set("at", new Date(at).toISOString());
  return `/console/api/campus/path?${asked}`;
}
