// A conversation: in order whatever arrives first, nothing twice, nothing lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import { type Ask, Talk } from "../../backend/web/browser/talking.ts";

const line = (message_id: string, at: string, mine = false) => ({
  message_id,
  author: "x",
  mine,
  text: message_id,
  at,
});

/** Answers in turn: a page, a message, or a fault. */
function talk(...answers: unknown[]) {
  const asked: { path: string; body: unknown }[] = [];
  const ask = (async (_method: string, path: string, body?: unknown) => {
    asked.push({ path, body });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  }) as Ask;
  const news: string[] = [];
  const one = new Talk("/v1/incidents/c1/messages", ask, (told) => news.push(...told.map(({ text }) => text)));
  return { one, asked, news };
}

test("one's own words may be answered before older ones are read, and stand behind them all the same", async () => {
  const mine = line("mine", "2026-11-22T14:00:30Z", true);
  const { one, news } = talk(mine, { items: [line("older", "2026-11-22T14:00:10Z"), mine], next_cursor: null });

  await one.say("mine");
  await one.read();

  assert.deepEqual(
    one.said.map(({ text }) => text),
    ["older", "mine"],
  );
  assert.deepEqual(news, ["older"]);
});

test("a full page is followed by the next one", async () => {
  const { one, asked } = talk(
    { items: [line("a", "2026-11-22T14:00:10Z")], next_cursor: 7 },
    { items: [line("b", "2026-11-22T14:00:20Z")], next_cursor: null },
  );

  await one.read();

  assert.deepEqual(
    [asked.map(({ path }) => path), one.said.length],
    [["/v1/incidents/c1/messages", "/v1/incidents/c1/messages?cursor=7"], 2],
  );
});

test("what the server will not have is kept with its reason and not tried again; what did not arrive is", async () => {
  const { one, asked } = talk(
    new Refused(409, { title: "The case is closed." }),
    new Unreachable(),
    line("late", "2026-11-22T14:00:10Z", true),
  );

  await one.say("refused");
  await one.say("late");
  await one.sayAgain();

  assert.deepEqual(
    one.unsaid.map(({ refused }) => refused),
    ["The case is closed.", null],
  );
  assert.equal(asked.length, 3);
});
