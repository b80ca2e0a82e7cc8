// A press on its way: the rules alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as queue from "../../mobile_api/pwa/queue.ts";

const AT = "2026-11-22T14:00:17.000Z";
const NOW = Date.parse(AT);
const SHERFIELD = { latitude: 51.4985, longitude: -0.177 };

function press(more: Partial<queue.Press> = {}): queue.Press {
  return { tap_id: "t1", person_id: "p1", kind: "help", silent: false, pressed_at: AT, position: null, ...more };
}

function no(status: number, retryAfter_s: number | null = null): queue.Outcome {
  return { came: "no", status, problem: { title: "No." }, retryAfter_s };
}

function kept(one: queue.Waiting | null): queue.Waiting {
  assert.ok(one, "the press must not be forgotten");
  return one;
}

test("nothing but an answer ends a press", () => {
  const one = queue.waiting(press(), NOW);

  const outcomes = [
    { came: "nothing" } as const,
    ...[400, 401, 403, 404, 408, 413, 429, 500, 503, 507].map((s) => no(s)),
  ];

  for (const outcome of outcomes) assert.equal(kept(queue.after(one, outcome, NOW)).tap_id, "t1");
  assert.equal(queue.after(one, { came: "answer" }, NOW), null);
});

test("each try carries the same tap_id and is no more than some seconds after the one before", () => {
  let one = queue.waiting(press(), NOW);
  const waits: number[] = [];
  let now = NOW;

  for (let tries = 0; tries < 40; tries += 1) {
    one = kept(queue.after(one, { came: "nothing" }, now));
    waits.push(one.next_at - now);
    now = one.next_at;
    assert.equal(queue.body(one).tap_id, "t1");
  }

  assert.equal(waits[0], 500);
  assert.equal(Math.max(...waits), 5000);
});

test("a server that asks for patience gets ten seconds of it and no more", () => {
  const one = queue.waiting(press(), NOW);

  assert.equal(kept(queue.after(one, no(429, 3600), NOW)).next_at, NOW + 10_000);
  assert.equal(kept(queue.after(one, no(503, 2), NOW)).next_at, NOW + 2000);
});

test("what the server cannot read is sent again at once without what may be left out", () => {
  const one = queue.waiting(press({ position: SHERFIELD }), NOW);

  const bare = kept(queue.after(one, no(400), NOW));
  const refused = kept(queue.after(bare, no(400), NOW));

  assert.deepEqual(queue.body(one).position, SHERFIELD);
  assert.equal(bare.next_at, NOW);
  assert.deepEqual(Object.keys(queue.body(bare)), ["tap_id", "kind", "silent", "trigger", "pressed_at"]);
  assert.equal(queue.standing(refused, NOW), "refused");
  assert.equal(refused.next_at, NOW + 30_000);
});

test("a press whose sign-in is not valid waits for a new one, and goes with it", () => {
  const held = kept(queue.after(queue.waiting(press(), NOW), no(401), NOW));

  const woken = queue.woken(held, NOW);
  const signedIn = queue.woken(held, NOW, { signedIn: true });

  assert.equal(queue.standing(held, NOW), "sign_in");
  assert.deepEqual(queue.due([woken], "p1", NOW + 1e9), []);
  assert.deepEqual(queue.due([signedIn], "p1", NOW), [signedIn]);
});

test("nobody's press is sent as somebody else's", () => {
  const one = queue.waiting(press(), NOW);

  assert.deepEqual(queue.due([one], "p2", NOW), []);
  assert.equal(queue.nextAt([one], "p2"), null);
});

test("a second press of the kind is the same press, but a silent or another one goes by itself", () => {
  const one = queue.waiting(press(), NOW);
  const silent = queue.waiting(press({ tap_id: "t2", silent: true }), NOW);

  assert.equal(queue.sameAs(press({ tap_id: "t3" }), [one]), one);
  assert.equal(queue.sameAs(press({ tap_id: "t3", silent: true }), [one]), undefined);
  assert.equal(queue.sameAs(press({ tap_id: "t3", silent: true }), [one, silent]), silent);
  assert.equal(queue.sameAs(press({ tap_id: "t3", kind: "emergency" }), [one]), undefined);
});

test("the screen hopes for four seconds and for one try, then it says that nothing was sent", () => {
  const one = queue.waiting(press(), NOW);
  const failed = kept(queue.after(one, { came: "nothing" }, NOW));

  assert.equal(queue.standing(one, NOW + 1000), "sending");
  assert.equal(queue.standing(one, NOW + 4001), "unsent");
  assert.equal(queue.standing(failed, NOW + 100), "unsent");
});

test("the most urgent stands first", () => {
  const help = queue.waiting(press({ tap_id: "h" }), NOW);
  const emergency = queue.waiting(press({ tap_id: "e", kind: "emergency" }), NOW);

  assert.deepEqual(
    queue.mine([help, emergency], "p1").map(({ tap_id }) => tap_id),
    ["e", "h"],
  );
});

test("an officer's own danger is a press of its own, whatever is on its way", () => {
  const plain = queue.waiting(press({ kind: "emergency", silent: true }), NOW);
  const danger = press({ tap_id: "t2", kind: "emergency", silent: true, trigger: "responder_duress" });

  const waits = queue.waiting(danger, NOW);

  assert.equal(queue.sameAs(danger, [plain]), undefined);
  assert.equal(queue.sameAs({ ...danger, tap_id: "t3" }, [plain, waits]), waits);
  assert.equal(queue.body(waits).trigger, "responder_duress");
});
