// A press on its way, as it is done: a drawer that remembers, a server that answers as it is told to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as passes } from "node:timers/promises";
import { Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import type { Incident } from "../../backend/web/browser/wire.ts";
import type { Drawer } from "../../mobile_api/pwa/keeping.ts";
import { Pressing } from "../../mobile_api/pwa/pressing.ts";
import type { Waiting } from "../../mobile_api/pwa/queue.ts";

const WHO = { id: "p1", token: "secret" };
const PRESS = {
  tap_id: "t1",
  kind: "emergency",
  silent: false,
  pressed_at: "2026-11-22T14:00:17Z",
  position: null,
} as const;
const CASE = { id: "c1", state: "raised" } as Incident;
const SHERFIELD = { latitude: 51.4985, longitude: -0.177 };

/** A drawer in memory; `broken` is one of a browser that keeps nothing, `stuck` one that never answers. */
function drawerOf(kept: Map<string, Waiting>, how: "works" | "broken" | "stuck" = "works"): Drawer {
  const done = async <T>(act: () => T): Promise<T> => {
    if (how === "stuck") return new Promise(() => undefined);
    if (how === "broken") throw new Error("no storage");
    return act();
  };
  return {
    all: () => done(() => [...kept.values()]),
    put: (one) => done(() => void kept.set(one.tap_id, one)),
    remove: (tap_id) => done(() => void kept.delete(tap_id)),
  };
}

/** Answers one after the other: a case, or what is thrown; the last one for ever. */
function server(...answers: (Incident | Error)[]) {
  const asked: { body: Record<string, unknown>; token: string }[] = [];
  const send = async (body: Record<string, unknown>, token: string) => {
    asked.push({ body, token });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer instanceof Error || !answer) throw answer;
    return answer;
  };
  return { asked, send };
}

function phone(
  kept: Map<string, Waiting>,
  send: ReturnType<typeof server>["send"],
  how?: "works" | "broken" | "stuck",
) {
  const answered: Incident[] = [];
  const tells = { changed: () => undefined, answered: (incident: Incident) => void answered.push(incident) };
  return { pressing: new Pressing(drawerOf(kept, how), tells, send), answered };
}

test("a press is kept before it is sent and forgotten once it is answered", async () => {
  const kept = new Map<string, Waiting>();
  const seen: number[] = [];
  const { pressing, answered } = phone(kept, async () => {
    seen.push(kept.size);
    return CASE;
  });
  await pressing.resume(WHO);

  await pressing.press(PRESS);
  await passes(10);

  assert.deepEqual([seen, answered, kept.size, pressing.waiting], [[1], [CASE], 0, []]);
});

test("without an answer the same tap_id goes again until there is one", async () => {
  const { asked, send } = server(new Unreachable(), new Refused(503, {}), CASE);
  const { pressing, answered } = phone(new Map(), send);
  await pressing.resume(WHO);

  await pressing.press(PRESS);
  await passes(1700);

  assert.deepEqual(
    asked.map(({ body }) => body.tap_id),
    ["t1", "t1", "t1"],
  );
  assert.deepEqual(answered, [CASE]);
});

test("a press outlives the page and goes on the next one", async () => {
  const kept = new Map<string, Waiting>();
  const before = phone(kept, server(new Unreachable()).send);
  await before.pressing.resume(WHO);
  await before.pressing.press(PRESS);
  await passes(10);
  const { asked, send } = server(CASE);
  const after = phone(kept, send);

  await after.pressing.resume(WHO);
  await passes(10);
  await before.pressing.resume(null);

  assert.equal(asked[0]?.body.tap_id, "t1");
  assert.equal(kept.size, 0);
});

for (const how of ["broken", "stuck"] as const) {
  test(`storage that is ${how} does not hold a press up`, async () => {
    const { asked, send } = server(CASE);
    const { pressing } = phone(new Map(), send, how);
    // A drawer that never answers must not keep the phone from knowing who is signed in either.
    void pressing.resume(WHO);
    await passes(1);

    await pressing.press(PRESS);
    await passes(10);

    assert.equal(asked.length, 1);
  });
}

test("a place that comes late goes with the next try", async () => {
  const { asked, send } = server(new Unreachable(), CASE);
  const { pressing } = phone(new Map(), send);
  await pressing.resume(WHO);
  await pressing.press(PRESS);

  pressing.locate(SHERFIELD);
  await passes(700);

  assert.deepEqual(
    asked.map(({ body }) => body.position),
    [undefined, SHERFIELD],
  );
});

test("somebody else who signs in on the phone sends nothing that is not theirs", async () => {
  const kept = new Map<string, Waiting>();
  const { asked, send } = server(new Refused(401, {}), CASE);
  const { pressing } = phone(kept, send);
  await pressing.resume(WHO);
  await pressing.press(PRESS);
  await passes(10);

  await pressing.resume({ id: "p2", token: "other" });
  await passes(10);
  assert.equal(asked.length, 1);
  await pressing.resume({ id: "p1", token: "new" });
  await passes(10);

  assert.deepEqual(
    asked.map(({ token }) => token),
    ["secret", "new"],
  );
});

test("who gives a press up is not sent for", async () => {
  const kept = new Map<string, Waiting>();
  const { asked, send } = server(new Unreachable());
  const { pressing } = phone(kept, send);
  await pressing.resume(WHO);
  await pressing.press(PRESS);
  await passes(10);

  pressing.giveUp("t1");
  await passes(700);

  assert.deepEqual([asked.length, kept.size, pressing.own], [1, 0, []]);
});
