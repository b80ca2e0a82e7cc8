// A case that is open: read when there is news, the newest question's answer stands, and nothing typed is lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Opened } from "../../backend/console/web/rooms/board/case/opened.ts";
import { shelfOf } from "../../backend/console/web/rooms/board/case/shelf.ts";
import type { Case, Session } from "../../backend/console/web/wire.ts";
import { Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import { caseOf } from "./console_case_rows.ts";

interface Question {
  method: string;
  path: string;
  body: unknown;
  answer: (told: unknown) => void;
  fail: (why: Error) => void;
}

/** A server that answers when the test says so. */
function server() {
  const asked: Question[] = [];
  const ask = <T>(method: string, path: string, body?: unknown) =>
    new Promise<T>((answer, fail) => {
      asked.push({ method, path, body, answer: (told) => answer(told as T), fail });
    });
  const one = new Opened("c1", ask, () => undefined);
  const last = () => asked.at(-1) ?? assert.fail("nothing was asked");
  return { one, asked, last };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const message = (type: string, data: Record<string, unknown>) => ({ seq: 1, id: "m", type, at: "", data });

test("news that come while it is read are read once more, however many they are", async () => {
  const { one, asked, last } = server();
  const begun = one.read();
  void one.read();
  void one.read();
  last().answer(caseOf());
  await settled();
  last().answer(caseOf({ state: "accepted" }));
  await begun;

  assert.equal(asked.length, 2);
  assert.equal(one.whole?.state, "accepted");
});

test("an answer that was overtaken by a later one is not shown, and what it did is read", async () => {
  const { one, asked, last } = server();
  const deed = one.change("POST", "/take", { over: false });
  const read = one.read();
  last().answer(caseOf());
  await read;
  asked[0]?.answer(caseOf({ taken_by: { id: "me", name: "Controller 1" } }));
  await deed;

  assert.equal(one.whole?.taken_by, null);
  assert.deepEqual([asked.length, last().method], [3, "GET"]);
});

test("a message stands at once and the rest is read; one about another case is none of its business", async () => {
  const { one, asked, last } = server();
  one.begin();
  asked[0]?.answer(caseOf());
  asked[1]?.answer({ items: [], next_cursor: null });
  await settled();

  one.hear(message("incident", { id: "c2", state: "resolved" }));
  assert.equal(one.whole?.state, "offered");
  one.hear(message("incident", { id: "c1", state: "on_scene" }));
  one.hear(message("incident", { incident_id: "c1", id: "c1", state: "on_scene" }));
  assert.equal(one.whole?.state, "on_scene");
  await new Promise((resolve) => setTimeout(resolve, 250));

  assert.deepEqual([asked.length, last().path], [3, "/console/api/incidents/c1"]);
  one.rest();
});

test("without an answer it stays as it was and says so; a refusal says why", async () => {
  const { one, last } = server();
  const first = one.read();
  last().answer(caseOf());
  await first;
  const second = one.read();
  last().fail(new Unreachable());
  await second;
  assert.deepEqual([one.whole?.reference, one.old], ["E-2026-0001", true]);

  const third = one.read();
  last().fail(new Refused(404, { title: "There is no such case." }));
  await third;

  assert.equal(one.refused, "There is no such case.");
});

test("words that did not arrive are kept and said again under the same number", async () => {
  const { one, asked, last } = server();
  const saying = one.talk.say("Where are you?");
  last().fail(new Unreachable());
  await saying;
  assert.equal(one.keeps, true);

  const back = one.live();
  await settled();
  const { message_id } = last().body as { message_id: string };
  last().answer({ message_id, author: "Controller 1", mine: true, text: "Where are you?", at: "2026-11-22T14:01:00Z" });
  await back;

  assert.deepEqual(
    asked.map(({ body }) => (body as { message_id: string }).message_id),
    [message_id, message_id],
  );
  assert.deepEqual([one.keeps, one.talk.said.length], [false, 1]);
});

test("a mark that was set is not set again, and one that failed is", async () => {
  const { one, asked, last } = server();
  const failing = one.mark("m1");
  last().fail(new Unreachable());
  await failing;
  const again = one.mark("m1");
  last().answer(caseOf() satisfies Case);
  await again;
  await one.mark("m1");

  assert.equal(asked.length, 2);
});

test("what was half written when somebody else ended the case becomes the beginning of a note", async () => {
  const { one, last } = server();
  one.drafts.set("message", "Are you still there?");
  one.drafts.set("resolve", "Gone home");
  const read = one.read();
  last().answer(caseOf({ state: "resolved" }));
  await read;

  assert.deepEqual([...one.drafts], [["note", "Are you still there?\nGone home"]]);
});

test("the next person at the desk sends nothing that the one before has written", async () => {
  const sent: unknown[] = [];
  const hearings: { live?(): void }[] = [];
  const person = (id: string) => ({ person: { id, name: id, roles: [] } }) as unknown as Session;
  const desk = {
    session: person("first"),
    ask: async (_method: string, _path: string, body?: unknown): Promise<never> => {
      sent.push(body);
      throw new Unreachable();
    },
    changed: () => undefined,
    listen: (hearing: { live?(): void }) => {
      hearings.push(hearing);
      return () => undefined;
    },
  };
  await shelfOf(desk)
    .take("c1", () => undefined)
    .talk.say("from the first");
  for (const one of hearings) one.live?.();
  await settled();
  assert.equal(sent.length, 2);

  desk.session = person("second");
  for (const one of hearings) one.live?.();
  await settled();

  assert.equal(sent.length, 2);
  assert.equal(shelfOf(desk).take("c1", () => undefined).talk.unsaid.length, 0);
});
