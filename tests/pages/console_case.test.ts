// What an opened case says of itself, and what it offers to do next.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as telling from "../../backend/console/web/rooms/board/case/telling.ts";
import { words } from "../../backend/console/web/rooms/board/case/words.ts";
import type { Coming } from "../../backend/console/web/wire.ts";
import { caseOf, offer } from "./console_case_rows.ts";

const coming = (name: string, state: string, traits: Partial<Coming> = {}): Coming => ({
  officer_id: name,
  name,
  state,
  eta_s: null,
  late: false,
  ...traits,
});

const said = (message_id: string, author: string, mine = false) => ({
  message_id,
  author,
  mine,
  text: "…",
  at: "2026-11-22T14:01:00+00:00",
});

test("the next thing is to take the case, then to resolve it, and nothing once it is closed", () => {
  const mine = { id: "me", name: "Controller 1" };
  const theirs = { id: "other", name: "Controller 2" };

  assert.equal(telling.next(caseOf(), "me"), "take");
  assert.equal(telling.next(caseOf({ taken_by: theirs }), "me"), "take_over");
  assert.equal(telling.next(caseOf({ taken_by: mine }), "me"), "resolve");
  assert.equal(telling.next(caseOf({ taken_by: mine, state: "cancelled" }), "me"), "nothing");
});

test("the sentence of a case is never kinder than what is known", () => {
  const sentence = (traits: Parameters<typeof caseOf>[0]) => words.state(telling.answered(caseOf(traits)));

  assert.equal(sentence({ asked: 0 }), "No officer has been asked.");
  assert.equal(sentence({ asked: 3 }), "3 asked. Nobody has said yes.");
  assert.equal(
    sentence({ coming: [coming("Officer 1", "accepted", { late: true })] }),
    "Officer 1 said yes and is late.",
  );
  assert.equal(
    sentence({ coming: [coming("Officer 1", "en_route", { eta_s: 200 }), coming("Officer 2", "accepted")] }),
    "Officer 1 and Officer 2 are coming, about 4 min.",
  );
  assert.equal(
    sentence({ coming: [coming("Officer 1", "accepted"), coming("Officer 2", "on_scene")] }),
    "Officer 2 is on scene.",
  );
});

test("a closed case says when and by whom, as far as its story does", () => {
  const progress = [{ stage: "resolved", at: "2026-11-22T14:20:03", by: "Officer 1", words: null }];

  assert.equal(
    words.state(telling.answered(caseOf({ state: "resolved", progress }))),
    "Resolved 14:20:03 by Officer 1.",
  );
  assert.equal(words.state(telling.answered(caseOf({ state: "cancelled" }))), "Cancelled.");
});

test("an exercise is said first, then what is gravest", () => {
  const one = caseOf({ exercise: true, major: true, silent: true, trigger: "duress_pin" });

  assert.deepEqual(telling.marks(one), ["exercise", "major", "duress", "silent"]);
  assert.deepEqual(telling.marks(caseOf()), []);
});

test("each officer stands there once, by what they said last, and who comes stands first", () => {
  const later = "2026-11-22T14:05:00+00:00";
  const offers = [
    offer(1, { state: "declined" }),
    offer(2, { distance_m: 400 }),
    offer(3, { distance_m: 90 }),
    offer(4, { state: "en_route" }),
    offer(1, { state: "accepted", offered_at: later, climb: 1 }),
  ];

  const lines = telling.askedInOrder(offers);

  assert.deepEqual(
    lines.map(({ name, state, times }) => [name, state, times]),
    [
      ["Officer 4", "en_route", 1],
      ["Officer 1", "accepted", 2],
      ["Officer 3", "offered", 1],
      ["Officer 2", "offered", 1],
    ],
  );
});

test("of the case's own position and the picture's the newer one stands, and none once it is closed", () => {
  const at = (recorded_at: string) => ({
    incident_id: "c1",
    latitude: 51.5,
    longitude: -0.17,
    accuracy_m: 5,
    recorded_at,
  });
  const picture = (recorded_at: string) => ({ as_of: recorded_at, officers: [], cases: [at(recorded_at)] });

  const moved = telling.newestPosition(caseOf(), picture("2026-11-22T14:03:00+00:00"));

  assert.deepEqual([moved?.latitude, moved?.floor], [51.5, "3"]);
  assert.equal(telling.newestPosition(caseOf(), picture("2026-11-22T13:00:00+00:00"))?.latitude, 51.4985);
  assert.equal(
    telling.newestPosition(caseOf({ state: "resolved", position: null }), picture("2026-11-22T14:03:00+00:00")),
    null,
  );
});

test("who speaks is the caller, an officer who was asked, or the control room", () => {
  const one = caseOf({ offers: [offer(1)] });

  const sides = [
    said("1", "Student 1"),
    said("2", "Officer 1"),
    said("3", "Controller 2"),
    said("4", "Student 1", true),
  ];

  assert.deepEqual(
    sides.map((line) => telling.sideOf(line, one)),
    ["caller", "officer", "room", "room"],
  );
});

test("what others said is marked as read once, and nothing where nothing is unread", () => {
  const lines = [said("1", "Student 1"), said("2", "Controller 1", true)];

  assert.equal(telling.toMark(lines, 1, null), "1");
  assert.equal(telling.toMark(lines, 0, null), null);
  assert.equal(telling.toMark(lines, 0, "1"), null);
  assert.equal(telling.toMark([...lines, said("3", "Student 1")], 0, "1"), "3");
});
