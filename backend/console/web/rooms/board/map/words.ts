// What the map says.

import { spoken } from "../../../words/index.ts";

function minutes(seconds: number): string {
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

const english = {
  title: "Map of the campus. Arrows move it, plus and minus zoom, Enter opens what is in the middle.",
  map: "Map",
  list: "List",
  view: "Shown as",
  fetching: "Fetching the map",
  notFetched: "The map could not be fetched. The list has everything.",
  noWebgl: "This browser cannot draw a map. The list has everything.",
  goTo: "Go to",
  goToSite: "Go to a site",
  allSites: "All sites",
  thisCase: "This case",
  nearer: "Nearer",
  farther: "Farther",
  here: "Here",
  shut: "Close",
  more: (count: number) => `and ${count} more`,
  officer: (name: string, age_s: number) => (age_s < 60 ? name : `${name} · ${minutes(age_s)}`),
  dragOnto: "Phoned in: drag onto the map",
  raise: (kind: string) => `${kind}: phoned in`,
  outlines: (campus: string) => `Outlines: ${campus}`,
  drawAs: "Draw",
  area: "Map to draw an area on",
  polygon: "Corners",
  circle: "Circle",
  drawPolygon: "Press where each corner is. Three or more make an area; pull one to move it.",
  drawCircle: "Press where the middle is, then pull its edge.",
  undo: "Remove the last corner",
  clear: "Remove the area",
  crosses: "The edges cross each other. Move a corner.",

  radius: "Radius in metres",
};

export const words = spoken(english);
