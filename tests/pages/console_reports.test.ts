// The figures of a report and where its dots stand.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  apart,
  dayAt,
  daysFrom,
  figuresOf,
  isOver,
  quantile,
  type Reported,
  type Target,
  targetsIn,
} from "../../backend/console/web/rooms/reports/figures.ts";
import { circles, marks, nearest, place, scaleFor, swarm } from "../../backend/console/web/rooms/reports/plot.ts";

const TARGETS: Target[] = [
  { kind: "emergency", accepted_s: 60, on_scene_s: 300 },
  { kind: "first_aid", accepted_s: null, on_scene_s: null },
];

function reported(changes: Partial<Reported> = {}): Reported {
  return {
    reference: "E-2026-0001",
    kind: "emergency",
    state: "resolved",
    site: "south-kensington",
    zone: null,
    day: "2026-11-22",
    hour: 14,
    answered_s: 10,
    accepted_s: 40,
    on_scene_s: 200,
    resolved_s: 900,
    late: false,
    missed: [],
    ...changes,
  };
}

function taking(...seconds: (number | null)[]): Reported[] {
  return seconds.map((accepted_s, number) =>
    reported({ reference: `E-2026-${number}`, accepted_s, missed: (accepted_s ?? 0) > 60 ? ["accepted"] : [] }),
  );
}

test("a quantile is one of the values: so many of a hundred do not exceed it", () => {
  const hundred = Array.from({ length: 100 }, (_, number) => number + 1);
  assert.deepEqual([50, 95, 100], [quantile(hundred, 0.5), quantile(hundred, 0.95), quantile(hundred, 1)]);
  assert.deepEqual([7, 7], [quantile([7], 0.5), quantile([7], 0.95)]);
  assert.equal(null, quantile([], 0.5));
});

test("of an even number of cases half stay within the lower of the two in the middle", () => {
  assert.equal(2, quantile([1, 2, 3, 4], 0.5));
});

test("figures tell how many there are, how many it has not come to, and how many met the target of their kind", () => {
  const cases = [
    ...taking(30, 60, 61, 500),
    reported({ accepted_s: null, missed: ["accepted"] }),
    reported({ kind: "first_aid" }),
  ];
  const told = figuresOf(cases, "accepted_s", TARGETS);
  assert.deepEqual({ count: 6, without: 1, p50: 60, p95: 500, slowest: 500, met: 2, measured: 5 }, told);
});

test("whoever came too late has missed the target of being there, and not that of saying yes", () => {
  const cases = [reported({ on_scene_s: 400, missed: ["on_scene"] }), reported()];
  const told = [figuresOf(cases, "accepted_s", TARGETS), figuresOf(cases, "on_scene_s", TARGETS)];
  assert.deepEqual(
    [2, 2, 1, 2],
    told.flatMap(({ met, measured }) => [met, measured]),
  );
});

test("a case that may still be in time is not judged", () => {
  const told = figuresOf([reported({ accepted_s: null, missed: ["on_scene"] })], "accepted_s", TARGETS);
  assert.deepEqual([0, 0], [told.met, told.measured]);
});

test("an answer and an end have no target", () => {
  assert.deepEqual([], targetsIn(taking(30), "resolved_s", TARGETS));
  assert.deepEqual([["emergency", 60]], targetsIn(taking(30), "accepted_s", TARGETS));
  assert.equal(false, isOver(reported({ answered_s: 9999 }), "answered_s", TARGETS));
  assert.deepEqual(
    [false, true],
    [60, 61].map((accepted_s) => isOver(reported({ accepted_s }), "accepted_s", TARGETS)),
  );
});

test("kinds stand by urgency and hours by the clock, also those without a case", () => {
  const cases = [reported({ kind: "help", hour: 23 }), reported({ hour: 3 })];
  assert.deepEqual(
    [
      ["emergency", 1],
      ["first_aid", 0],
      ["help", 1],
    ],
    apart(cases, "kind", String).map(({ key, cases: held }) => [key, held.length]),
  );
  assert.deepEqual(
    [1, 0, 0, 0, 0, 1],
    apart(cases, "hour", String).map(({ cases: held }) => held.length),
  );
});

test("sites stand by their names, and what was outside every site last", () => {
  const cases = [reported({ site: null }), reported({ site: "b" }), reported({ site: "a" })];
  const names: Record<string, string> = { a: "Zoo", b: "Alley" };
  assert.deepEqual(
    ["b", "a", ""],
    apart(cases, "site", (site) => names[site] ?? site).map(({ key }) => key),
  );
});

test("days are counted over the ends of months and of summer time", () => {
  assert.equal("2026-10-26", daysFrom("2026-11-22", -27));
  assert.equal("2026-03-30", daysFrom("2026-03-28", 2));
  assert.equal("2026-07-01", dayAt(Date.parse("2026-06-30T23:30:00Z"), "Europe/London"));
});

test("the scale holds every value, and equal steps are equal ratios", () => {
  const scale = scaleFor([8, 400], 100);
  assert.deepEqual([5, 600], [scale.from_s, scale.to_s]);
  assert.deepEqual([0, 100], [place(scale, 5), place(scale, 600)].map(Math.round));
  const halfway = Math.sqrt(5 * 600);
  assert.equal(50, Math.round(place(scale, halfway)));
});

test("nothing is drawn outside the plot, whatever the values", () => {
  for (const values of [[], [0], [3], [1e9], [0.2, 5e6]]) {
    const scale = scaleFor(values, 100);
    for (const value of [0, ...values]) assert.ok(place(scale, value) >= 0 && place(scale, value) <= 100, `${value}`);
    assert.ok(scale.to_s > scale.from_s);
  }
});

test("marks stand apart", () => {
  const scale = scaleFor([1, 86400], 200);
  const places = marks(scale, 40).map((mark) => place(scale, mark));
  assert.ok(places.length >= 3);
  assert.ok(places.every((x, number) => number === 0 || x - (places[number - 1] ?? 0) >= 40));
});

test("every case is a dot at its own time, and those of one time stand apart as long as there is room", () => {
  const scale = scaleFor([60], 500);
  const dots = swarm([60, 60, 60], (value) => value, scale, 90, 7);
  assert.equal(3, new Set(dots.map(({ y }) => y)).size);
  assert.equal(1, new Set(dots.map(({ x }) => x)).size);
  assert.deepEqual(
    [45, 38, 52],
    dots.map(({ y }) => y),
  );
});

test("a heap is pressed together and loses nobody", () => {
  const dots = swarm(Array(400).fill(60), (value) => value, scaleFor([60], 500), 90, 7);
  assert.equal(400, dots.length);
  assert.ok(dots.every(({ y }) => y >= 0 && y <= 90));
});

test("the nearest dot is found within reach, and none beyond", () => {
  const dots = [
    { x: 0, y: 0, of: "a" },
    { x: 10, y: 0, of: "b" },
  ];
  assert.deepEqual([1, 0, -1], [nearest(dots, 8, 1, 5), nearest(dots, 1, 1, 5), nearest(dots, 50, 0, 5)]);
});

test("all dots are one path", () => {
  const drawn = circles(
    [
      { x: 5, y: 5, of: 0 },
      { x: 9, y: 5, of: 1 },
    ],
    3,
  );
  assert.equal(2, drawn.split("M").length - 1);
});
