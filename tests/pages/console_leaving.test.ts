// A console that is left: nothing of what stood on it is there for whoever sits down next.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../../backend/console/web/desk.ts";
import { AtHand } from "../../backend/console/web/rooms/broadcasts/at_hand.ts";
import type { Officer, PositionPicture } from "../../backend/console/web/wire.ts";
import { Unreachable } from "../../backend/web/browser/calling.ts";
import { aBrowser, passes, type Question } from "./a_browser.ts";
import { alarm, ROW } from "./console_rows.ts";

async function signsIn(desk: Desk, last: (at: string) => Question, id: string, role = "controller"): Promise<void> {
  const entering = desk.signIn(`${id}@demo.example`, "secret");
  await passes();
  const person = { id, name: id, roles: ["member", role] };
  const told = { person, expires_at: "", csrf: `token of ${id}`, stepped_up_until: null, demo: false, last_seq: 0 };
  last("POST /console/api/sign-in").answer(200, told);
  await entering;
}

async function signsOut(desk: Desk, last: (at: string) => Question): Promise<void> {
  const leaving = desk.signOut();
  await passes();
  last("POST /console/api/sign-out").answer(204, {});
  await leaving;
}

test("cases, alarms and officers are gone with whoever saw them", async () => {
  const { last } = aBrowser();
  const desk = new Desk(() => undefined);
  await signsIn(desk, last, "ann");
  desk.standing.rows.set(ROW.id, ROW);
  desk.standing.alarms.set("a", alarm({}));
  desk.standing.officers.set("o", { officer_id: "o", state: "on_patrol" } as Officer);
  desk.standing.positions = { as_of: "", officers: [], cases: [] } as PositionPicture;
  desk.say("A new emergency in the Sherfield Building", { loudly: true });

  await signsOut(desk, last);

  const { rows, alarms, officers, positions } = desk.standing;
  assert.deepEqual([rows.size, alarms.size, officers.size, positions], [0, 0, 0, null]);
  assert.deepEqual(desk.heard, { calmly: "", loudly: "" });
});

test("what was asked for who has left is told to nobody, and its refusal ends nobody else's sign-in", async () => {
  const { last } = aBrowser();
  const desk = new Desk(() => undefined);
  await signsIn(desk, last, "ann");
  const board = desk.ask("GET", "/console/api/board");
  const officers = desk.ask("GET", "/console/api/officers").catch(() => undefined);
  await passes();

  await signsOut(desk, last);
  await signsIn(desk, last, "ben", "admin");
  last("GET /console/api/board").answer(200, { items: [ROW] });
  last("GET /console/api/officers").answer(401, { type: "/problems/unauthenticated" });

  await assert.rejects(board, Unreachable);
  await officers;
  assert.equal(desk.session?.person.id, "ben");
});

test("words that were typed and not sent wait for who typed them, and go when they sign out", async () => {
  const { asked, last } = aBrowser();
  const desk = new Desk(() => undefined);
  const title = "Fire in the Sherfield Building";
  await signsIn(desk, last, "ann");
  const typed = new AtHand(desk, null);
  typed.write((before) => ({ ...before, severity: "extreme", title }));
  const hers = new AtHand(desk, null).sketch.title;

  // The shift is over: a colleague signs in here, and then she does again.
  await signsIn(desk, last, "ben");
  const his = new AtHand(desk, null).sketch.title;
  typed.go("what");
  await passes();
  const sent = asked.filter(({ at }) => at === "POST /console/api/broadcasts").length;
  await signsIn(desk, last, "ann");
  const again = new AtHand(desk, null).sketch.title;
  await signsOut(desk, last);
  await signsIn(desk, last, "ann");

  assert.deepEqual([title, null, 0, title], [hers, his, sent, again]);
  assert.equal(new AtHand(desk, null).sketch.title, null);
});
