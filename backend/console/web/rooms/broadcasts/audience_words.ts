// An audience in a line of words.

import type { Audience, BroadcastCampus } from "./wire.ts";
import { words } from "./words.ts";

const MOST = 4;

export function audienceWords(audience: Audience, campus: BroadcastCampus | null): string {
  if (audience.everyone) return words.everyone;
  const zone = (id: string) => campus?.zones.find((one) => one.id === id)?.name ?? id;
  const team = (id: string) => campus?.teams.find((one) => one.id === id)?.name ?? id;
  const named = [
    ...audience.sites.map(zone),
    ...audience.zones.map(zone),
    ...(audience.circle ? [words.area] : []),
    ...(audience.polygon.length ? [words.drawn(audience.polygon.length - 1)] : []),
    ...audience.teams.map(team),
    ...(audience.abroad ? [words.abroad] : []),
  ];
  if (!named.length) return words.nobody;
  const shown = named.length > MOST ? [...named.slice(0, MOST), `+ ${named.length - MOST}`] : named;
  return shown.join(", ");
}
