// The board's order, and that a case never goes backwards on it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, newer, sounds } from "../../backend/console/web/board.ts";
import type { Row } from "../../backend/console/web/wire.ts";

const ROW: Row = {
  id: "1",
  reference: "E-2026-0001",
  kind: "emergency",
  subtype: null,
  state: "offered",
  silent: false,
  trigger: "button",
  position: null,
  zone: null,
  inside: null,
  exercise: false,
  received_at: "2026-11-22T14:00:00+00:00",
  team: "security",
  wanted: 2,
  asked: 1,
  accepted: 0,
  late: false,
  seen: false,
  next_step_at: null,
  note: null,
  caller: { name: null, number: null, person_id: null },
  taken_by: null,
  taken_at: null,
  coming: [],
  unread: 0,
  linked: [],
  major: false,
};

const row = (traits: Partial<Row>): Row => ({ ...ROW, ...traits });

test("what needs a person most stands first", () => {
  const rows = [
    row({ id: "quiet", state: "on_scene" }),
    row({ id: "coming", state: "accepted" }),
    row({ id: "late", state: "accepted", late: true }),
    row({ id: "help", kind: "help" }),
    row({ id: "emergency" }),
    row({ id: "forced", state: "accepted", trigger: "duress_pin" }),
  ];

  const ids = inOrder(rows).map(({ id }) => id);

  assert.deepEqual(ids, ["forced", "emergency", "help", "late", "coming", "quiet"]);
});

test("of two that need the same the older stands first", () => {
  const young = row({ id: "young", received_at: "2026-11-22T14:05:00+00:00" });
  const old = row({ id: "old", received_at: "2026-11-22T14:01:00+00:00" });

  assert.deepEqual(
    inOrder([young, old]).map(({ id }) => id),
    ["old", "young"],
  );
});

test("a case that is over stays over, whatever arrives late", () => {
  const over = row({ state: "resolved" });

  assert.equal(newer(over, { id: "1", state: "accepted" }), over);
});

test("a ladder that begins anew takes an open case back to offered", () => {
  assert.equal(newer(row({ state: "accepted" }), { id: "1", state: "offered" })?.state, "offered");
});

test("a message reduced to its ids says nothing", () => {
  assert.equal(newer(ROW, { id: "1" }), ROW);
  assert.equal(newer(undefined, { id: "1" }), undefined);
});

test("the sound is for an emergency that nobody has taken and nobody has answered", () => {
  assert.equal(sounds(ROW), true);
  assert.equal(sounds(row({ taken_by: { id: "2", name: "Controller 1" } })), false);
  assert.equal(sounds(row({ state: "accepted" })), false);
  assert.equal(sounds(row({ kind: "help" })), false);
  assert.equal(sounds(row({ state: "cancelled" })), false);
});
