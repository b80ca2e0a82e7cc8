// Finds a place by what somebody says of it on the telephone: a few letters of its name or of its site's.

import type { Place } from "../../wire.ts";

export interface Found {
  id: string;
  name: string;
  /** Its site's name; empty for a site itself. */
  site: string;
  floors: string[];
}

/** As people type: without accents, capitals and apostrophes. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .toLowerCase()
    .trim();
}

/** 0 best: begins so, a word of it begins so, holds it, only its site does; null: not at all. */
function rank(name: string, site: string, asked: string): number | null {
  if (name.startsWith(asked)) return 0;
  if (name.includes(` ${asked}`)) return 1;
  if (name.includes(asked)) return 2;
  return `${name} ${site}`.includes(asked) || asked.split(/\s+/).every((word) => `${name} ${site}`.includes(word))
    ? 3
    : null;
}

/** The places that fit, the likeliest first; all of them, by name, for nothing asked. */
export function found(places: readonly Place[], asked: string, most = 8): Found[] {
  const sites = new Map(places.filter(({ kind }) => kind === "site").map(({ id, name }) => [id, name]));
  const wanted = plain(asked);
  const ranked: { place: Found; at: number }[] = [];
  for (const { id, name, kind, site, floors } of places) {
    const of = kind === "site" ? "" : (sites.get(site) ?? "");
    const at = wanted ? rank(plain(name), plain(of), wanted) : 0;
    if (at !== null) ranked.push({ place: { id, name, site: of, floors }, at });
  }
  ranked.sort((one, other) => one.at - other.at || one.place.name.localeCompare(other.place.name));
  return ranked.slice(0, most).map(({ place }) => place);
}
