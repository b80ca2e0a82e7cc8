// Which officers need somebody, and in which order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, type Kept, merged, troubles } from "../../backend/console/web/rooms/officers/attention.ts";

const TODAY = "2026-11-22";

function officer(changes: Partial<Kept> = {}): Kept {
  return {
    officer_id: "1",
    name: "Officer 1",
    state: "on_patrol",
    since: "2026-11-22T08:00:00Z",
    reachable: true,
    teams: ["security"],
    skills: [],
    site: "south-kensington",
    warnings: [],
    position: null,
    skills_until: [],
    last_seen_at: "2026-11-22T14:00:00Z",
    handsets: [],
    ...changes,
  };
}

const PHONE = {
  platform: "android",
  app_version: "1.4.0",
  notifications: true,
  location: true,
  battery_saver: false,
  push: "ok" as const,
  seen_at: "2026-11-22T14:00:00Z",
};

test("an officer whom everything works for needs nothing", () => {
  assert.deepEqual([], troubles(officer({ handsets: [PHONE] }), TODAY));
});

test("what keeps a call from waking somebody is told, the gravest first", () => {
  const found = troubles(
    officer({
      reachable: false,
      warnings: ["no_push_target"],
      handsets: [{ ...PHONE, push: "failed", location: false, battery_saver: true }],
    }),
    TODAY,
  );
  assert.deepEqual(
    ["unreachable", "push_failed", "location_off", "battery_saver"],
    found.map(({ what }) => what),
  );
});

test("an old phone in a drawer is no news", () => {
  assert.deepEqual([], troubles(officer({ handsets: [PHONE, { ...PHONE, location: false, push: "failed" }] }), TODAY));
});

test("a certificate is good on its last day, is worth renewing before, and has run out the day after", () => {
  const of = (until: string | null) => troubles(officer({ skills_until: [{ skill: "first_aid", until }] }), TODAY);
  assert.deepEqual(
    [["expired"], ["expiring"], ["expiring"], [], []],
    ["2026-11-21", "2026-11-22", "2026-12-22", "2026-12-23", null].map((until) => of(until).map(({ what }) => what)),
  );
});

test("off duty a phone is nobody's business, and a certificate still is", () => {
  const off = officer({
    state: "off_duty",
    reachable: false,
    handsets: [{ ...PHONE, location: false }],
    skills_until: [{ skill: "first_aid", until: "2026-01-01" }],
  });
  assert.deepEqual(
    ["expired"],
    troubles(off, TODAY).map(({ what }) => what),
  );
});

test("those stand first whom a call does not reach, then by what is wrong, then by name as people count", () => {
  const list = [
    officer({ officer_id: "a", name: "Officer 10" }),
    officer({ officer_id: "b", name: "Officer 2" }),
    officer({ officer_id: "c", name: "Officer 3", skills_until: [{ skill: "first_aid", until: "2026-01-01" }] }),
    officer({ officer_id: "d", name: "Officer 4", reachable: false }),
    officer({ officer_id: "e", name: "Officer 5", warnings: ["notifications_off"] }),
    officer({ officer_id: "f", name: "Officer 6", state: "off_duty", reachable: false }),
  ];
  assert.deepEqual(
    ["d", "e", "c", "b", "a", "f"],
    inOrder(list, TODAY).map(({ officer: one }) => one.officer_id),
  );
});

test("a message of the stream changes the duty and leaves certificates and phones as they were read", () => {
  const read = officer({ handsets: [PHONE], skills_until: [{ skill: "first_aid", until: null }] });
  const [told] = merged([read], new Map([["1", { ...officer({ state: "break" }) }]]));
  assert.deepEqual(["break", 1, 1], [told?.state, told?.handsets.length, told?.skills_until.length]);
});
