// A phone that is handed on: what was asked for whoever has left is not told to whoever holds it now.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Unreachable } from "../../backend/web/browser/calling.ts";
import { Phone } from "../../mobile_api/pwa/phone.ts";
import { aBrowser, passes, type Question } from "./a_browser.ts";

const CASE = { id: "c1", reference: "E-1", kind: "help", state: "raised", progress: [], responders: [] };

async function signsIn(phone: Phone, last: (at: string) => Question, id: string): Promise<void> {
  const entering = phone.signIn(`${id}@demo.example`, "secret");
  await passes();
  const person = { id, name: id, roles: ["member"] };
  last("POST /v1/sign-in").answer(200, { access_token: `token of ${id}`, expires_at: "", person });
  await entering;
}

async function signsOut(phone: Phone, last: (at: string) => Question): Promise<void> {
  const leaving = phone.signOut();
  await passes();
  last("POST /v1/sign-out").answer(204, {});
  await leaving;
}

test("an answer that comes when its person has left is told to nobody", async () => {
  const { last } = aBrowser();
  const phone = new Phone(() => undefined);
  await signsIn(phone, last, "ann");
  const asking = phone.ask("GET", "/v1/incidents/c1");
  await passes();

  await signsOut(phone, last);
  await signsIn(phone, last, "ben");
  last("GET /v1/incidents/c1").answer(200, CASE);

  await assert.rejects(asking, Unreachable);
});

test("a press that is answered when its person has left shows the next one no case", async () => {
  const { last } = aBrowser();
  const phone = new Phone(() => undefined);
  await signsIn(phone, last, "ann");
  phone.press("help", false);
  await passes();

  await signsOut(phone, last);
  await signsIn(phone, last, "ben");
  last("POST /v1/taps").answer(201, CASE);
  await passes();

  assert.deepEqual([[], ""], [[...phone.known.cases.keys()], phone.heard.loudly]);
});

test("the end of a sign-in that was left already ends nobody else's", async () => {
  const { last } = aBrowser();
  const phone = new Phone(() => undefined);
  await signsIn(phone, last, "ann");
  const asking = phone.ask("GET", "/v1/me").catch(() => undefined);
  await passes();
  const late = last("GET /v1/me");

  await signsOut(phone, last);
  await signsIn(phone, last, "ben");
  late.answer(401, { type: "/problems/unauthenticated" });
  await asking;

  assert.equal(phone.session?.person.id, "ben");
});
