// What the map draws: places, cases where they are, officers fading with age, areas in metres.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxAround,
  closed,
  corners,
  crossesItself,
  edgeOf,
  metresBetween,
  opened,
  pixelsAtZoom0,
  ringOf,
} from "../../backend/console/web/rooms/board/map/geometry.ts";
import { readable } from "../../backend/console/web/rooms/board/map/labels.ts";
import {
  areaOf,
  boxOf,
  casesOf,
  homeOf,
  iconOf,
  officersOf,
  opacity,
  placesOf,
  seenAt,
  trackOf,
} from "../../backend/console/web/rooms/board/map/sources.ts";
import { type Palette, styleOf } from "../../backend/console/web/rooms/board/map/style.ts";
import type { Officer, Place } from "../../backend/console/web/wire.ts";
import { row } from "./console_rows.ts";

const SQUARE = [
  [
    [-0.18, 51.49],
    [-0.17, 51.49],
    [-0.17, 51.5],
    [-0.18, 51.5],
    [-0.18, 51.49],
  ],
];

const ZONES: Place[] = [
  place("far", "site", "far", { type: "Point", coordinates: [-0.65, 51.41] }),
  place("south", "site", "south", { type: "Polygon", coordinates: SQUARE }),
  place("sherfield", "building", "south", { type: "Point", coordinates: [-0.177, 51.4985] }),
];

const NOW = Date.parse("2026-11-22T14:10:00+00:00");

function place(id: string, kind: string, site: string, geometry: Place["geometry"]): Place {
  return { id, name: id.toUpperCase(), kind, site, floors: [], geometry };
}

function at(latitude: number, longitude: number, recorded_at: string) {
  return { latitude, longitude, accuracy_m: 20, recorded_at };
}

test("places are drawn by their outlines, and named inside them; a site above itself", () => {
  const { outlines, names } = placesOf(ZONES);

  assert.deepEqual(
    outlines.features.map(({ properties }) => properties?.id),
    ["south"],
  );
  assert.deepEqual(
    names.features.map(({ geometry }) => corners("coordinates" in geometry && geometry.coordinates)[0]),
    [
      [-0.65, 51.41],
      [-0.175, 51.5],
      [-0.177, 51.4985],
    ],
  );
});

test("it begins at the site with the most places, and goes to any of them or to all", () => {
  assert.equal(homeOf(ZONES), "south");
  assert.deepEqual(boxOf(ZONES, "south"), [-0.18, 51.49, -0.17, 51.5]);
  assert.deepEqual(boxOf(ZONES, null), [-0.65, 51.41, -0.17, 51.5]);
  assert.equal(boxOf(ZONES, "nowhere"), null);
});

test("a case is where it was last seen, whichever of the two ways is newer", () => {
  const told = { ...at(51.4, -0.1, "2026-11-22T14:00:00+00:00") };
  const one = row({ id: "1", position: told });
  const older = at(51.5, -0.2, "2026-11-22T13:59:00+00:00");
  const newer = at(51.6, -0.3, "2026-11-22T14:01:00+00:00");

  assert.equal(seenAt(one, undefined, ZONES)?.latitude, 51.4);
  assert.equal(seenAt(one, older, ZONES)?.latitude, 51.4);
  assert.equal(seenAt(one, newer, ZONES)?.latitude, 51.6);
});

test("a case that only has a place stands in the middle of it, and one without either stands nowhere", () => {
  const zone = { id: "south", name: "South", site: "south" };

  const found = seenAt(row({ position: null, zone }), undefined, ZONES);

  assert.deepEqual([found?.longitude, found?.accuracy_m], [-0.175, null]);
  assert.equal(seenAt(row({ position: null, zone: null }), undefined, ZONES), null);
});

test("cases that are over are not drawn, and the opened one is drawn above all", () => {
  const position = at(51.5, -0.17, "2026-11-22T14:09:59+00:00");
  const rows = [
    row({ id: "emergency", position }),
    row({ id: "opened", kind: "help", state: "on_scene", position }),
    row({ id: "over", state: "resolved", position }),
  ];

  const { features } = casesOf({ rows, zones: ZONES, picture: null, opened: "opened", now: NOW });

  const order = Object.fromEntries(features.map(({ properties }) => [properties.id, Number(properties.order)]));
  assert.deepEqual(Object.keys(order), ["emergency", "opened"]);
  assert.ok((order.opened ?? 0) > (order.emergency ?? 0));
});

test("colour fills what waits or is late; what is answered has an outline; an exercise is hatched", () => {
  assert.equal(iconOf(row({ kind: "help", state: "offered" })), "help");
  assert.equal(iconOf(row({ kind: "help", state: "accepted" })), "help-answered");
  assert.equal(iconOf(row({ kind: "help", state: "accepted", late: true })), "help");
  assert.equal(iconOf(row({ kind: "emergency", state: "offered", exercise: true })), "emergency-exercise");
});

test("a name that would stand on another is left out, also beyond the cell in which it begins", () => {
  const label = (text: string, x: number, y: number) => ({ text, x, y, width: 60, height: 15 });
  const labels = [label("first", 30, 10), label("on it", 89, 20), label("beside", 91, 10), label("below", 30, 25)];

  const taken = [{ x: 95, y: 0, width: 32, height: 50 }];

  assert.deepEqual(
    [[], taken].map((places) => readable(labels, places).map(({ text }) => text)),
    [
      ["first", "beside", "below"],
      ["first", "below"],
    ],
  );
});

test("officers fade with the age of their position, and the age is said", () => {
  const officers = ["fresh", "old", "off"].map((officer_id) => officer(officer_id));
  const picture = {
    as_of: "",
    cases: [],
    officers: [
      { officer_id: "fresh", stale: false, ...at(51.5, -0.17, "2026-11-22T14:09:50+00:00") },
      { officer_id: "old", stale: false, ...at(51.5, -0.17, "2026-11-22T14:06:00+00:00") },
    ],
  };

  const movers = officersOf(officers, picture, NOW, (name, age) => `${name} ${age}`);

  assert.deepEqual(
    movers.map(({ name, opacity }) => [name, opacity]),
    [
      ["fresh 10", 1],
      ["old 240", 0.65],
    ],
  );
  assert.ok(opacity(3600) >= 0.4);
});

function officer(officer_id: string): Officer {
  const state = officer_id === "off" ? "off_duty" : "on_patrol";
  const about = { since: null, reachable: true, teams: [], skills: [], site: null, warnings: [], position: null };
  return { officer_id, name: officer_id, state, ...about };
}

test("a track is a line from the oldest position to the newest, and one position is none", () => {
  const fixes = [
    { latitude: 2, longitude: 20, accuracy_m: null, at: "2026-11-22T14:02:00+00:00" },
    { latitude: 1, longitude: 10, accuracy_m: null, at: "2026-11-22T14:01:00+00:00" },
  ];

  const [line] = trackOf(fixes).features;

  assert.deepEqual(line?.geometry, {
    type: "LineString",
    coordinates: [
      [10, 1],
      [20, 2],
    ],
  });
  assert.deepEqual(trackOf(fixes.slice(0, 1)).features, []);
});

test("circles are as wide as they say, and their edge is taken hold of where it is", () => {
  const circle = { latitude: 51.5, longitude: -0.17, radius_m: 250 };

  const away = ringOf(circle).map(([longitude, latitude]) => metresBetween(circle, { latitude, longitude }));

  assert.ok(away.every((metres) => Math.abs(metres - 250) < 1));
  assert.ok(Math.abs(metresBetween(circle, edgeOf(circle)) - 250) < 1);
  assert.ok(Math.abs(pixelsAtZoom0(78_271.517, 0) - 1) < 1e-6);
});

test("an area is closed only when it has an inside", () => {
  const [a, b, c, d] = [spot(0, 0), spot(0, 1), spot(1, 1), spot(1, 0)];

  assert.equal(closed([a, b]), null);
  assert.deepEqual(closed([a, b, c]), [a, b, c, a]);
  assert.deepEqual(opened([a, b, c, a]), [a, b, c]);
  assert.ok(crossesItself([a, c, b, d]));
  assert.equal(closed([a, c, b, d]), null);
  assert.equal(areaOf([a, b], null).features.length, 3);
});

function spot(latitude: number, longitude: number) {
  return { latitude, longitude };
}

test("nothing has a box only where there is nothing", () => {
  assert.equal(boxAround([]), null);
});

test("the style fetches nothing, unless this installation has tiles", () => {
  const palette = Object.fromEntries(
    ["ground", "surface", "sunk", "line", "edge", "ink", "quiet", "red", "green", "blue"].map((name) => [name, "#000"]),
  ) as unknown as Palette;

  const own = JSON.stringify(styleOf(palette, null));
  const tiled = JSON.stringify(styleOf(palette, { url: "https://tiles.example/{z}/{x}/{y}.png", attribution: "©" }));

  assert.ok(!own.includes("http"));
  assert.ok(tiled.includes("https://tiles.example/"));
});
