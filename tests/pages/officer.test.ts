// An officer's phone as a whole, beside a server that answers as it is told to: what is said, and what stands on it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../backend/web/browser/calling.ts";
import type { OfficersCase } from "../../backend/web/browser/wire.ts";
import type { Holder } from "../../mobile_api/pwa/holder.ts";
import { Officer } from "../../mobile_api/pwa/officer.ts";

const ME = { id: "me", name: "Officer 1", roles: ["member", "officer"] };
const ENDS = new Date(Date.now() + 3_600_000).toISOString();

function incident(id: string, more: Partial<OfficersCase> = {}): OfficersCase {
  return {
    id,
    reference: id.toUpperCase(),
    kind: "help",
    subtype: null,
    state: "accepted",
    silent: false,
    trigger: "button",
    received_at: "2026-11-22T14:00:17Z",
    position: null,
    zone: { id: "sherfield", name: "Sherfield Building", site: null },
    inside: true,
    progress: [],
    responders: [
      { officer_id: "me", name: "Officer 1", state: "accepted", eta_s: 60, delayed: false, updated_at: null },
    ],
    note: null,
    seen: true,
    quiet: false,
    exercise: false,
    ...more,
  };
}

function offer(id: string, kind: "emergency" | "help" = "help") {
  const { responders, progress, state, seen, quiet, inside, ...about } = incident(`case-${id}`, { kind });
  return { id, incident: about, offered_at: new Date().toISOString(), asked_because: "nearest", distance_m: 12 };
}

/** On duty; `answers` by "METHOD path", a function where the answer changes. */
function phone(answers: Record<string, unknown> = {}, roles = ME.roles) {
  const said: string[] = [];
  const asked: string[] = [];
  const known: Record<string, unknown> = {
    "GET /v1/me": { ...ME, duty: "on_patrol", duty_ends_at: ENDS, warnings: [] },
    "GET /v1/offers": { items: [] },
    ...answers,
  };
  const holder = {
    session: { person: { ...ME, roles } },
    quiet: false,
    whereabouts: { position: null, follow: () => undefined },
    ask: async (method: string, path: string) => {
      asked.push(`${method} ${path}`);
      const answer = known[`${method} ${path}`];
      const given = typeof answer === "function" ? await answer() : answer;
      if (given instanceof Error) throw given;
      return given;
    },
    say: (text: string) => void (text && said.push(text)),
    talk: () => ({ read: () => undefined }),
  };
  return { officer: new Officer(holder as unknown as Holder, () => undefined), said, asked, known };
}

const passes = (ms = 10) => new Promise((resolve) => setTimeout(resolve, ms));
const ids = (cases: { id: string }[]) => cases.map(({ id }) => id);

test("off duty nothing is asked, also what came a moment before", async () => {
  const { officer, said, known } = phone({ "PUT /v1/duty": { state: "off_duty", ends_at: null } });
  await officer.refresh([]);
  officer.heard("offer", offer("one"));
  assert.deepEqual(ids(officer.asked), ["one"]);
  known["GET /v1/me"] = { ...ME, duty: "off_duty", duty_ends_at: null, warnings: [] };

  await officer.change("off_duty");
  officer.heard("offer", offer("two"));

  assert.deepEqual([ids(officer.asked), said.at(-1)], [[], "Off duty"]);
});

test("a duty that could not be changed stays, and says so", async () => {
  const { officer } = phone({ "PUT /v1/duty": new Refused(503, { title: "Try again in a moment." }) });
  await officer.refresh([]);

  await officer.change("off_duty");

  assert.deepEqual(
    [officer.on, officer.changing, officer.dutyFault],
    [true, null, "Your duty has not changed. Try again in a moment."],
  );
});

test("what the server said of the duty before the press is not shown after it", async () => {
  let answer: (me: unknown) => void = () => undefined;
  const { officer, known } = phone({ "PUT /v1/duty": { state: "on_patrol", ends_at: ENDS } });
  known["GET /v1/me"] = () => new Promise((resolve) => (answer = resolve));
  const slow = officer.refresh([]);
  const late = answer;
  known["GET /v1/me"] = { ...ME, duty: "on_patrol", duty_ends_at: ENDS, warnings: [] };

  await officer.change("on_patrol");
  late({ ...ME, duty: "off_duty", duty_ends_at: null, warnings: [] });
  await slow;

  assert.ok(officer.on);
});

test("a case given by the control room is told, one that was said yes to is expected", async () => {
  const { officer, said } = phone({ "POST /v1/offers/one/accept": incident("case-one") });
  await officer.refresh([]);
  officer.heard("offer", offer("one"));

  officer.accept(officer.asked[0] as never);
  await passes();
  officer.heard("incident", { incident_id: "given", ...incident("given", { kind: "emergency" }) });

  assert.deepEqual(said.slice(1), [
    "It is yours: Sherfield Building",
    "The control room gives you a case. Emergency: Sherfield Building.",
  ]);
  assert.deepEqual(ids(officer.mine), ["given", "case-one"]);
});

test("closed by others it is said by whom, and goes away", async () => {
  const { officer } = phone();
  await officer.refresh([incident("c1")]);
  const progress = [{ stage: "cancelled", at: "2026-11-22T14:05:00Z", by: "Student 1" }];

  officer.heard("incident", { incident_id: "c1", ...incident("c1", { state: "cancelled", progress }) });

  assert.deepEqual([officer.notice, officer.mine], ["C1 is over. Student 1 has called it off.", []]);
});

test("one that the server names no longer is read again: over, or no longer one's own", async () => {
  const progress = [{ stage: "resolved", at: "2026-11-22T14:05:00Z", by: "Controller 1" }];
  const { officer, said } = phone({
    "GET /v1/incidents/c1": incident("c1", { state: "resolved", progress }),
    "GET /v1/incidents/c2": new Refused(404, {}),
  });
  await officer.refresh([incident("c1"), incident("c2")]);

  await officer.refresh([]);

  assert.deepEqual(said.slice(-2), ["C1 is over. Controller 1 has ended it: resolved.", "C2 is not yours any more."]);
  assert.deepEqual(officer.mine, []);
});

test("a case one is only asked about is nobody's own, and a message that lost its content is read again", async () => {
  const { officer, asked } = phone({ "GET /v1/incidents/c1": incident("c1") });
  await officer.refresh([incident("c1"), incident("asked", { responders: [] })]);

  const taken = [
    officer.heard("incident", { incident_id: "c1" }),
    officer.heard("incident", { incident_id: "somebody's own" }),
  ];
  await passes();

  assert.deepEqual([ids(officer.mine), taken], [["c1"], [true, false]]);
  assert.equal(asked.at(-1), "GET /v1/incidents/c1");
});

test("who was quicker is named, and the moves that are possible instead", async () => {
  const { officer, said } = phone({
    "POST /v1/offers/one/accept": new Refused(409, { taken_by: [{ name: "Officer 2" }] }),
    "POST /v1/incidents/c1/moves": new Refused(409, { legal: ["resolved"] }),
    "GET /v1/incidents/c1": incident("c1"),
  });
  await officer.refresh([incident("c1")]);
  officer.heard("offer", offer("one"));

  officer.accept(officer.asked[0] as never);
  await passes();
  officer.move(incident("c1"), "en_route");
  await passes();

  assert.deepEqual(said.slice(-2), [
    "Taken by Officer 2. You can stand down.",
    "That is not possible now. Possible: Resolved.",
  ]);
});

test("a member's phone hears nothing of it", async () => {
  const { officer, asked } = phone({}, ["member"]);

  await officer.refresh([]);

  assert.deepEqual([officer.heard("offer", offer("one")), asked, officer.on], [false, [], false]);
});
