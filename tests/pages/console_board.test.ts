// The board's order, and that a case never goes backwards on it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { closedToday, inOrder, laid, NOTHING, newer, sounds, thresholds } from "../../backend/console/web/board.ts";
import { CONTROLLER, ROW, row } from "./console_rows.ts";

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

test("of two that need the same the one that nobody has taken stands first", () => {
  const taken = row({ id: "taken", taken_by: CONTROLLER });
  const open = row({ id: "open", received_at: "2026-11-22T14:05:00+00:00" });

  assert.deepEqual(
    inOrder([taken, open]).map(({ id }) => id),
    ["open", "taken"],
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
  assert.equal(sounds(row({ taken_by: CONTROLLER })), false);
  assert.equal(sounds(row({ state: "accepted" })), false);
  assert.equal(sounds(row({ kind: "help" })), false);
  assert.equal(sounds(row({ state: "cancelled" })), false);
});

test("a new case does not come between rows that a pointer holds: it waits, and says so", () => {
  const before = laid(NOTHING, ["a", "b"], false);

  const held = laid(before, ["new", "a", "b"], true);

  assert.deepEqual(held, { ids: ["a", "b"], fresh: ["new"], stale: true });
});

test("under the pointer nothing changes places, and a case that is over keeps its own", () => {
  const before = laid(NOTHING, ["a", "b", "c"], false);

  const held = laid(before, ["c", "a"], true);

  assert.deepEqual(held, { ids: ["a", "b", "c"], fresh: [], stale: true });
});

test("when the pointer has left all of it comes into order", () => {
  const held = laid({ ids: ["a", "b"], fresh: ["new"], stale: true }, ["new", "b"], false);

  assert.deepEqual(held, { ids: ["new", "b"], fresh: [], stale: false });
});

test("a list in which nothing has changed is the same list", () => {
  const before = laid(NOTHING, ["a", "b"], false);
  const held = laid(before, ["new", "a", "b"], true);

  assert.equal(laid(before, ["a", "b"], false), before);
  assert.equal(laid(before, ["a", "b"], true), before);
  assert.equal(laid(held, ["new", "a", "b"], true), held);
});

const LADDER = {
  kind: "emergency" as const,
  wanted: 2,
  reask_after_s: 600,
  steps: [
    { after_s: 0, and_tell: null },
    { after_s: 15, and_tell: null },
    { after_s: 50, and_tell: "control-room" },
  ],
};

test("an unanswered case turns amber and red when its ladder says so", () => {
  assert.deepEqual(thresholds(ROW, [LADDER]), { amber_s: 15, red_s: 50 });
});

test("a kind without a known ladder has thresholds all the same", () => {
  assert.deepEqual(thresholds(row({ kind: "help" }), [LADDER]), { amber_s: 120, red_s: 300 });
});

test("an answered case is amber when somebody ought to be there, red when late, and calm on scene", () => {
  assert.deepEqual(thresholds(row({ state: "accepted" }), [LADDER]), { amber_s: 600, red_s: Infinity });
  assert.deepEqual(thresholds(row({ state: "accepted", late: true }), [LADDER]), { amber_s: 0, red_s: 0 });
  assert.deepEqual(thresholds(row({ state: "on_scene" }), [LADDER]), { amber_s: Infinity, red_s: Infinity });
});

test("closed today are those raised today, newest first, each once", () => {
  const today = new Date().toISOString();
  const early = row({ id: "early", state: "resolved", received_at: `${today.slice(0, 10)}T00:00:00+00:00` });
  const late = row({ id: "late", state: "cancelled", received_at: today });
  const before = row({ id: "before", state: "resolved", received_at: "2026-01-01T14:00:00+00:00" });

  const found = closedToday([early, before], [late, early, row({ received_at: today })], (at) => at.slice(0, 10));

  assert.deepEqual(
    found.map(({ id }) => id),
    ["late", "early"],
  );
});
