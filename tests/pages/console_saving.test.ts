// Words on their way to the server: one request a breath, the newest of it, and nothing typed is lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kept, PAUSE_MS, Saving } from "../../backend/console/web/rooms/broadcasts/saving.ts";

/** A server that answers when it is told to, and a clock that goes when it is told to. */
function stage() {
  const timers: { ms: number; then: () => void }[] = [];
  const puts: { words: string; answer: (came: "kept" | "again" | "refused") => void }[] = [];
  const saving = new Saving<string>(
    (words) => new Promise((answer) => puts.push({ words, answer })),
    {
      after: (ms, then) => {
        const one = { ms, then };
        timers.push(one);
        return () => void (timers.includes(one) && timers.splice(timers.indexOf(one), 1));
      },
    },
    () => undefined,
  );
  const ring = () => {
    for (const { then } of timers.splice(0)) then();
  };
  const answers = async (came: "kept" | "again" | "refused") => {
    puts.at(-1)?.answer(came);
    await new Promise((done) => setImmediate(done));
  };
  return { saving, timers, puts, ring, answers };
}

test("what is typed in one breath is one request, and the newest of it", async () => {
  const { saving, timers, puts, ring, answers } = stage();

  saving.want("a");
  saving.want("ab");
  assert.deepEqual(
    timers.map(({ ms }) => ms),
    [PAUSE_MS],
  );
  ring();
  saving.want("abc");
  assert.equal(puts.length, 1);
  await answers("kept");
  assert.equal(saving.state satisfies Kept, "waiting");
  ring();
  await answers("kept");

  assert.deepEqual(
    puts.map(({ words }) => words),
    ["ab", "abc"],
  );
  assert.equal(saving.state, "kept");
});

test("words that nobody answered for are sent again, or what was typed since in their place", async () => {
  const { saving, puts, ring, answers } = stage();

  saving.want("lost");
  ring();
  await answers("again");
  assert.equal(saving.state, "failing");
  saving.want("found");
  ring();
  await answers("again");
  ring();
  await answers("kept");

  assert.deepEqual(
    puts.map(({ words }) => words),
    ["lost", "found", "found"],
  );
  assert.equal(saving.state, "kept");
});
