// Whom a case can be given to, and with which cases it can be linked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { candidates, linkable, matching, metres } from "../../backend/console/web/rooms/board/case/choosing.ts";
import { caseOf, offer, officer } from "./console_case_rows.ts";

const HERE = { latitude: 51.4985, longitude: -0.177 };
const fix = (north_m: number) => ({
  latitude: HERE.latitude + north_m / 111_195,
  longitude: HERE.longitude,
  accuracy_m: 5,
  at: "2026-11-22T14:00:00+00:00",
  recorded_at: "2026-11-22T14:00:00+00:00",
  stale: false,
});

test("a degree of latitude is a hundred and eleven kilometres", () => {
  assert.ok(Math.abs(metres(HERE, { ...HERE, latitude: HERE.latitude + 1 }) - 111_195) < 10);
});

test("who can be reached and is near stands first; who has the case or is off duty is not offered", () => {
  const officers = [
    officer(1, { position: fix(500) }),
    officer(2, { position: fix(80) }),
    officer(3, { position: fix(10), reachable: false }),
    officer(4, { position: fix(20), state: "break" }),
    officer(5, { state: "off_duty" }),
    officer(6, { position: fix(5) }),
    officer(7),
  ];

  const found = candidates(officers, null, HERE, [offer(6, { state: "en_route" }), offer(2, { state: "declined" })]);

  assert.deepEqual(
    found.map(({ officer: { name }, distance_m, said }) => [name, distance_m, said]),
    [
      ["Officer 2", 80, "declined"],
      ["Officer 1", 500, null],
      ["Officer 7", null, null],
      ["Officer 4", 20, null],
      ["Officer 3", 10, null],
    ],
  );
});

test("the newest picture says where an officer is, and whether that is old", () => {
  const moved = { officer_id: "1", latitude: HERE.latitude, longitude: HERE.longitude, accuracy_m: 5 };
  const picture = {
    as_of: "2026-11-22T14:05:00+00:00",
    officers: [{ ...moved, recorded_at: "2026-11-22T14:00:00+00:00", stale: true }],
    cases: [],
  };

  const [one] = candidates([officer(1, { position: fix(500) })], picture, HERE, []);

  assert.deepEqual([one?.distance_m, one?.stale], [0, true]);
});

test("typing keeps those in whom every word is found", () => {
  const found = candidates(
    [officer(1, { skills: ["first_aid"] }), officer(2), officer(3, { site: "white-city" })],
    null,
    null,
    [],
  );

  assert.deepEqual(
    [matching(found, "first aid"), matching(found, "WHITE officer"), matching(found, "nobody")].map((some) =>
      some.map(({ officer: { name } }) => name),
    ),
    [["Officer 1"], ["Officer 3"], []],
  );
});

test("open cases of the same world can be linked, by number, kind or place", () => {
  const row = (id: string, traits = {}) => caseOf({ id, reference: `E-2026-000${id}`, ...traits });
  const rows = [
    row("2", { received_at: "2026-11-22T13:00:00+00:00" }),
    row("3", { kind: "first_aid", reference: "F-2026-0003" }),
    row("4", { state: "resolved" }),
    row("5", { exercise: true }),
    row("6"),
    caseOf(),
  ];
  const one = caseOf({ linked: [{ id: "6", reference: "E-2026-0006" }] });

  assert.deepEqual(
    ["", "first aid", "0002 sherfield", "chemistry"].map((text) => linkable(rows, one, text).map(({ id }) => id)),
    [["3", "2"], ["3"], ["2"], []],
  );
});
