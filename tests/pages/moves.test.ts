// An officer's answers and moves on their way: in order, again until they are heard, and never told as more than they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import type { Offer, OfficersCase } from "../../backend/web/browser/wire.ts";
import { Acting } from "../../mobile_api/pwa/acting.ts";
import * as moves from "../../mobile_api/pwa/moves.ts";

const NOW = 1_000_000;
const OFFER = { id: "o1", incident: { id: "c1" } } as Offer;
const CASE = { id: "c1", state: "accepted" } as OfficersCase;

function move(to: moves.Move, incident_id = "c1"): moves.Act {
  return {
    id: `${incident_id} ${to}`,
    incident_id,
    at: NOW,
    tries: 0,
    next_at: NOW,
    held: false,
    does: "move",
    move: to,
  };
}

const accept = { ...move("en_route"), id: "o1 accept", does: "accept", offer: OFFER } as moves.Act;
const no = (status: number, problem = {}, retryAfter_s: number | null = null) =>
  ({ came: "no", status, problem, retryAfter_s }) as const;

/** Answers by path, or throws what it is told to; everything is kept in memory. */
function officer(answers: (path: string) => unknown, kept: moves.Act[] = []) {
  const asked: string[] = [];
  const heard: string[] = [];
  const store = { acts: kept };
  const acting = new Acting(
    {
      ask: async <T>(_: string, path: string): Promise<T> => {
        asked.push(path);
        const answer = await answers(path);
        if (answer instanceof Error) throw answer;
        return answer as T;
      },
      recall: async () => store.acts,
      keep: async (acts) => {
        store.acts = acts;
      },
    },
    {
      changed: () => undefined,
      done: ({ id }, incident) => void heard.push(`${id}: ${incident?.state ?? "yes"}`),
      refused: ({ id }, why) => void heard.push(`${id}: ${why.status}`),
    },
  );
  return { acting, asked, heard, store };
}

const passes = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("each step is sent where the server takes it", () => {
  const decline = { ...accept, does: "decline", reason: "Too far away" } as moves.Act;

  assert.deepEqual(
    [accept, decline, move("on_scene")].map((one) => moves.request(one)),
    [
      ["/v1/offers/o1/accept"],
      ["/v1/offers/o1/decline", { reason: "Too far away" }],
      ["/v1/incidents/c1/moves", { move: "on_scene" }],
    ],
  );
});

test("of one case nothing overtakes what was done before it; other cases do not wait for it", () => {
  const acts = [move("en_route"), move("on_scene"), move("en_route", "c2")];

  const due = moves.due(acts, NOW).map(({ id }) => id);

  assert.deepEqual(due, ["c1 en_route", "c2 en_route"]);
  assert.equal(moves.nextAt(acts.slice(0, 2), new Set(["c1 en_route"])), null);
});

test("without an answer it is kept and sent again; a no about the case is final; a sign-in is waited for", () => {
  const [lost, busy, patient, ended, taken] = [
    moves.after(accept, { came: "nothing" }, NOW),
    moves.after(accept, no(503), NOW),
    moves.after(accept, no(429, {}, 3600), NOW),
    moves.after(accept, no(401), NOW),
    moves.after(accept, no(409), NOW),
  ];

  assert.deepEqual([lost?.next_at, busy?.next_at, patient?.next_at], [NOW + 500, NOW + 500, NOW + 10_000]);
  assert.deepEqual([ended?.held, taken], [true, null]);
  assert.equal(moves.nextAt([ended as moves.Act]), null);
});

test("it is told as unsent as soon as one attempt has failed, or none was answered for some seconds", () => {
  const failed = moves.after(accept, { came: "nothing" }, NOW) as moves.Act;

  assert.deepEqual(
    [moves.isUnsent(accept, NOW + 100), moves.isUnsent(accept, NOW + 4_100), moves.isUnsent(failed, NOW + 100)],
    [false, true, true],
  );
});

test("the one big button follows what was pressed, also before the server knows", () => {
  const incident = { responders: [{ officer_id: "me", state: "accepted" }] } as OfficersCase;
  const known = moves.ownState(incident, "me") ?? "";

  const after = [[], [move("en_route")], [move("en_route"), move("on_scene")]].map((acts) =>
    moves.nextMove(moves.stateAfter(known, acts, "c1")),
  );

  assert.deepEqual(after, ["en_route", "on_scene", "resolved"]);
  assert.equal(moves.ownState(incident, "somebody else"), null);
});

test("a yes and two moves without a network arrive in their order, once each", async () => {
  let network = false;
  const { acting, asked, heard, store } = officer(() => (network ? CASE : new Unreachable()));
  acting.do(accept);
  acting.do(move("en_route"));
  acting.do(move("en_route"));
  acting.do(move("on_scene"));
  await passes(20);
  assert.deepEqual([new Set(asked), heard, store.acts.length], [new Set(["/v1/offers/o1/accept"]), [], 3]);

  network = true;
  acting.wake();
  await passes(250);

  assert.deepEqual(heard, ["o1 accept: accepted", "c1 en_route: accepted", "c1 on_scene: accepted"]);
  assert.deepEqual([acting.acts, store.acts], [[], []]);
});

test("what was on its way before the page was loaded goes on", async () => {
  const { acting, heard } = officer(() => CASE, [accept]);

  await acting.resume();
  await passes(20);

  assert.deepEqual(heard, ["o1 accept: accepted"]);
});

test("taken by others: the no is told, and the moves planned behind it fall with it", async () => {
  const { acting, heard, asked } = officer(() => new Refused(409, { taken_by: [{ name: "Officer 2" }] }));

  acting.do(accept);
  acting.do(move("en_route"));
  acting.do(move("en_route", "c2"));
  await passes(100);

  assert.equal(heard[0], "o1 accept: 409");
  assert.ok(!asked.includes("/v1/incidents/c1/moves"));
  assert.deepEqual(acting.acts, []);
});

test("a move that is not possible falls alone, one on a closed case with all behind it", () => {
  const acts = [move("en_route"), move("on_scene"), move("on_scene", "c2")];
  const left = (problem: object) => moves.without(acts, acts[0] as moves.Act, problem).map(({ id }) => id);

  assert.deepEqual(left({ status: 409, legal: ["resolved"] }), ["c1 on_scene", "c2 on_scene"]);
  assert.deepEqual(left({ status: 409, legal: [] }), ["c2 on_scene"]);
  assert.deepEqual(left({ status: 404 }), ["c2 on_scene"]);
});

test("after signing out an answer that comes late is nobody's", async () => {
  let answer: (incident: OfficersCase) => void = () => undefined;
  const { acting, heard } = officer(() => new Promise((resolve) => (answer = resolve)));
  acting.do(accept);
  await passes(5);

  acting.clear();
  answer(CASE);
  await passes(5);

  assert.deepEqual(heard, []);
});
