// A phone that is handed on: what was asked for whoever has left is not told to whoever holds it now.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Unreachable } from "../../backend/web/browser/calling.ts";
import { Phone } from "../../mobile_api/pwa/phone.ts";

interface Question {
  at: string;
  answer: (status: number, body: object) => void;
}

/** A browser without a network of its own: every request waits until the test answers it. */
function browser() {
  const asked: Question[] = [];
  const silent = { addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.assign(globalThis, {
    window: silent,
    document: { ...silent, visibilityState: "visible", documentElement: {} },
    location: { protocol: "http:", host: "localhost", hash: "" },
    matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
    WebSocket: class {
      close = () => undefined;
      addEventListener = () => undefined;
    },
    fetch: (path: string, { method }: { method: string }) =>
      new Promise((resolve) => {
        const answer = (status: number, body: object) =>
          resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
        asked.push({ at: `${method} ${path}`, answer });
      }),
  });
  Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"] }, configurable: true });
  const last = (at: string) => asked.findLast((one) => one.at === at) ?? assert.fail(`nobody asked ${at}`);
  return { last };
}

/** What the phone would try again later keeps no test waiting. */
const soon = globalThis.setTimeout;
globalThis.setTimeout = ((then: () => void, ms = 0) =>
  ms < 500 ? soon(then, ms) : soon(then, ms).unref()) as typeof setTimeout;

const passes = () => new Promise((resolve) => setTimeout(resolve, 20));
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
  const { last } = browser();
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
  const { last } = browser();
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
  const { last } = browser();
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
