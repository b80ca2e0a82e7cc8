// What an officer is asked: which comes first, what may be heard of it, and what stands after a lost minute.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Unreachable } from "../../backend/web/browser/calling.ts";
import type { Offer } from "../../backend/web/browser/wire.ts";
import { Asked } from "../../mobile_api/pwa/asked.ts";
import { dutyAt, OFF, onDuty } from "../../mobile_api/pwa/duty.ts";
import { inOrder, sounds } from "../../mobile_api/pwa/offers.ts";

function offer(id: string, about: Partial<Offer["incident"]> = {}, offered_at = new Date().toISOString()): Offer {
  const incident = {
    id: `case of ${id}`,
    reference: "E-2026-0147",
    kind: "emergency" as const,
    subtype: null,
    note: null,
    position: null,
    zone: null,
    received_at: "2026-11-22T14:00:17Z",
    silent: false,
    trigger: "button",
    exercise: false,
    ...about,
  };
  return { id, incident, offered_at, asked_because: "nearest", distance_m: 120 };
}

/** A server whose list of offers is told by hand, and what was said of it on the phone. */
function officer(...lists: (Offer[] | Error)[]) {
  const said: string[] = [];
  const asks: Promise<void>[] = [];
  let release = () => undefined as undefined;
  const ask = async <T>(): Promise<T> => {
    const list = lists.length > 1 ? lists.shift() : lists[0];
    await asks.shift();
    if (list instanceof Error) throw list;
    return { items: list } as T;
  };
  const hold = () => {
    asks.push(
      new Promise((resolve) => {
        release = () => resolve() as undefined;
      }),
    );
  };
  const tells = {
    news: ({ id }: Offer) => void said.push(`asked ${id}`),
    gone: ({ id }: Offer) => void said.push(`gone ${id}`),
    changed: () => undefined,
  };
  return { asked: new Asked(ask, tells), said, hold, release: () => release() };
}

const ids = (asked: Asked) => [...asked.all].map(({ id }) => id);

test("the more urgent comes first, a colleague in danger before all, and who waits longest before others alike", () => {
  const offers = [
    offer("help", { kind: "help", received_at: "2026-11-22T13:00:00Z" }),
    offer("late", { received_at: "2026-11-22T14:00:20Z" }),
    offer("aid", { kind: "first_aid" }),
    offer("early", { received_at: "2026-11-22T14:00:10Z" }),
    offer("colleague", { trigger: "responder_duress", received_at: "2026-11-22T14:01:00Z" }),
  ];

  assert.deepEqual(
    inOrder(offers).map(({ id }) => id),
    ["colleague", "early", "late", "aid", "help"],
  );
});

test("a silent case makes no sound where it is asked either, but a colleague's call does", () => {
  const about = (silent: boolean, trigger: string) => sounds({ kind: "emergency", silent, trigger });

  assert.deepEqual(
    [about(false, "button"), about(true, "hold"), about(true, "duress_pin"), about(true, "responder_duress")],
    [true, false, false, true],
  );
});

test("duty ends by itself, whatever the phone was told last", () => {
  const ends = "2026-11-23T03:00:00Z";
  const patrol = { state: "on_patrol", ends_at: ends } as const;
  const at = Date.parse(ends);

  assert.deepEqual([onDuty(patrol, at - 1), onDuty(patrol, at), onDuty(OFF, 0)], [true, false, false]);
  assert.deepEqual(dutyAt(patrol, at), OFF);
});

test("an offer rings once, and what was answered does not ring again however late it arrives", () => {
  const { asked, said } = officer([]);

  asked.heard(offer("one"));
  asked.heard(offer("one"));
  asked.answer(offer("one"));
  asked.heard(offer("one"));

  assert.deepEqual([said, ids(asked)], [["asked one"], []]);
});

test("an offer of some time ago rings only if the server still asks", async () => {
  const old = offer("old", {}, new Date(Date.now() - 60_000).toISOString());
  const gone = officer([]);
  const stands = officer([old]);

  for (const { asked } of [gone, stands]) asked.heard(old);
  await new Promise((resolve) => setTimeout(resolve, 5));

  assert.deepEqual([gone.said, stands.said], [[], ["asked old"]]);
});

test("a message that was reduced to its ids asks nothing", () => {
  const { asked, said } = officer([]);

  asked.heard({ id: "one" });

  assert.deepEqual([said, ids(asked)], [[], []]);
});

test("after a lost minute only what the server names stands, and each end is told", async () => {
  const { asked, said } = officer([offer("new")]);
  asked.heard(offer("old"));

  await asked.read();

  assert.deepEqual([said, ids(asked)], [["asked old", "asked new", "gone old"], ["new"]]);
});

test("an answer that is older than what was heard meanwhile is asked for again", async () => {
  const late = offer("late");
  const { asked, said, hold, release } = officer([], [late]);
  hold();

  const read = asked.read();
  asked.heard(late);
  release();
  await read;

  assert.deepEqual(ids(asked), ["late"]);
  assert.equal(said[0], "asked late");
});

test("without a network what is asked stays as it was", async () => {
  const { asked, said } = officer(new Unreachable());
  asked.heard(offer("one"));

  await assert.rejects(asked.read(), Unreachable);

  assert.deepEqual([said, ids(asked)], [["asked one"], ["one"]]);
});
