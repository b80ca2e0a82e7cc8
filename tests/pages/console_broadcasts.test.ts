// A broadcast's own rules: whose words they are, what may be sent, what a tally puts first.

import assert from "node:assert/strict";
import { test } from "node:test";
import { casesOf, grade, share, zonesInOrder } from "../../backend/console/web/rooms/broadcasts/counting.ts";
import { lengthsOf } from "../../backend/console/web/rooms/broadcasts/lengths.ts";
import { inSections } from "../../backend/console/web/rooms/broadcasts/ordering.ts";
import {
  EMPTY,
  goesAtOnce,
  isOwn,
  placeholders,
  sketchOf,
  withoutTemplate,
  withTemplate,
  withWords,
  wordsIn,
} from "../../backend/console/web/rooms/broadcasts/sketch.ts";
import { isComplete, mayGo, roleIn, toMend, untranslated } from "../../backend/console/web/rooms/broadcasts/steps.ts";
import {
  type Fault,
  STATES,
  type Template,
  type Thread,
  type ThreadRow,
  type ZoneCount,
} from "../../backend/console/web/rooms/broadcasts/wire.ts";
import type { Place, Row } from "../../backend/console/web/wire.ts";

const SHERFIELD: Place = {
  id: "sherfield",
  name: "Sherfield Building",
  kind: "building",
  site: "sk",
  floors: [],
  geometry: { type: "Polygon", coordinates: [] },
};

const LEAVE: Template = {
  id: "evacuate",
  kind: "alert",
  severity: "severe",
  title: "Leave {place} now",
  body: "Leave by {exit}.",
  next_update_min: 15,
  end_condition: "{place} is checked",
  languages: [{ language: "fr", title: "Quittez {place}", body: "Sortez par {exit}." }],
};

const PLAIN: Template = { ...LEAVE, id: "plain", body: "Leave by the nearest exit.", languages: [] };

const THREAD: Thread = {
  id: "1",
  state: "draft",
  kind: "alert",
  severity: "severe",
  exercise: false,
  title: "Leave Sherfield Building now",
  body: "Leave by the nearest exit.",
  languages: {},
  place: "sherfield",
  place_name: "Sherfield Building",
  audience: EMPTY.audience,
  owner: { id: "me", name: "Me" },
  deputy: null,
  made_at: "2026-11-22T14:00:00Z",
  next_update_min: 15,
  end_condition: "Sherfield Building is checked",
  version: 0,
  issued_at: null,
  next_update_at: null,
  ended_at: null,
  overdue: false,
  from_outside: false,
  versions: [],
  lint: [],
  second: null,
  reach: null,
};

const fault = (field: string, refuses = true, slug = "x"): Fault => ({ slug, field, message: field, refuses });

test("a template is filled with the place's name, in each of its languages", () => {
  const sketch = { ...withTemplate(EMPTY, LEAVE), place: "sherfield", values: { exit: "the west door" } };

  assert.deepEqual(wordsIn(sketch, LEAVE, [SHERFIELD], "en"), {
    title: "Leave Sherfield Building now",
    body: "Leave by the west door.",
  });
  assert.equal(wordsIn(sketch, LEAVE, [SHERFIELD], "fr")?.title, "Quittez Sherfield Building");
  assert.equal(wordsIn(sketch, LEAVE, [SHERFIELD], "ar"), null);
  assert.deepEqual(placeholders(LEAVE), ["exit"]);
});

test("one person sends a template as approved, at a place of the campus, and nothing else", () => {
  const approved = { ...withTemplate(EMPTY, PLAIN), place: "Sherfield building" };

  assert.equal(goesAtOnce(approved, PLAIN, [SHERFIELD]), true);
  assert.equal(goesAtOnce({ ...approved, place: "behind the shed" }, PLAIN, [SHERFIELD]), false);
  assert.equal(goesAtOnce({ ...approved, severity: "extreme" }, PLAIN, [SHERFIELD]), false);
  assert.equal(goesAtOnce(withWords(approved, "en", { title: "Go", body: "" }), PLAIN, [SHERFIELD]), false);
  assert.equal(goesAtOnce(withWords(approved, "fr", { title: "Allez", body: "Allez" }), PLAIN, [SHERFIELD]), false);
  assert.equal(goesAtOnce(approved, undefined, [SHERFIELD]), false);
});

test("own words begin with the template's, and an emptied translation is none", () => {
  const own = withoutTemplate({ ...withTemplate(EMPTY, PLAIN), place: "sherfield" }, PLAIN, [SHERFIELD]);
  const spoken = withWords(own, "fr", { title: "Allez", body: "" });

  assert.equal(own.title, "Leave Sherfield Building now");
  assert.equal(own.end_condition, "Sherfield Building is checked");
  assert.equal(own.severity, "severe");
  assert.equal(isOwn(own), true);
  assert.deepEqual(withWords(spoken, "fr", { title: "", body: "" }).languages, {});
});

test("a draft that is a template's to the letter is taken up as the template's", () => {
  assert.equal(sketchOf(THREAD, [PLAIN], [SHERFIELD]).template, "plain");
  assert.equal(sketchOf({ ...THREAD, title: "Go" }, [PLAIN], [SHERFIELD]).template, null);
  assert.equal(sketchOf({ ...THREAD, title: "Go" }, [PLAIN], [SHERFIELD]).title, "Go");
});

test("a step is complete when nothing refuses it; nothing goes that is not kept", () => {
  const missing = { ...THREAD, lint: [fault("audience"), fault("languages.fr", false, "missing_translation")] };

  assert.deepEqual([isComplete("what", missing), isComplete("whom", missing)], [true, false]);
  assert.equal(isComplete("what", null), false);
  assert.equal(mayGo(missing, true, false), "faults");
  assert.equal(mayGo(THREAD, false, false), "unkept");
  assert.equal(mayGo(THREAD, true, true), "conflict");
  assert.equal(mayGo(THREAD, true, false), "ready");
});

test("what refuses is told first, missing translations as one", () => {
  const lint = [fault("a", false), fault("languages.fr", false, "missing_translation"), fault("b")];

  assert.deepEqual(
    toMend(lint).map(({ field }) => field),
    ["b", "a"],
  );
  assert.deepEqual(untranslated(lint), ["fr"]);
});

test("the second person is neither who asked nor who wrote", () => {
  const second = { asked_by: { id: "me", name: "Me" }, asked_at: "", expires_at: "", digest: "" };
  const waiting = { ...THREAD, second };

  assert.equal(roleIn(waiting, "me"), "waits");
  assert.equal(roleIn(waiting, "other"), "asked");
  assert.equal(roleIn(THREAD, "other"), "writes");
  assert.equal(roleIn({ ...THREAD, state: "in_force" }, "me"), "tally");
  assert.equal(roleIn({ ...THREAD, state: "dropped" }, "me"), "gone");
});

const zone = (name: string, need_help: number, unaccounted: number): ZoneCount => ({
  zone: name,
  name,
  site: null,
  people: 100,
  unaccounted,
  states: { ...(Object.fromEntries(STATES.map((state) => [state, 0])) as ZoneCount["states"]), need_help },
});

test("a zone where somebody needs help stands first, then where most have said nothing", () => {
  const zones = [zone("quiet", 0, 90), zone("loud", 1, 3), zone("answered", 0, 2)];

  assert.deepEqual(
    zonesInOrder(zones).map(({ name }) => name),
    ["loud", "quiet", "answered"],
  );
});

test("not all but a few is never a hundred in a hundred", () => {
  assert.deepEqual([share(999, 1000), share(1000, 1000), share(0, 0)], [99, 100, 0]);
});

test("the promised word is amber near its end and red after it", () => {
  assert.deepEqual([grade(900, 60), grade(700, 60), grade(100, 5), grade(0, 60)], ["", "amber", "amber", "red"]);
});

test("the cases are those that answers opened since, while they are open", () => {
  const row = (id: string, traits: Partial<Row>) =>
    ({
      id,
      trigger: "broadcast_answer",
      exercise: false,
      state: "raised",
      received_at: "2026-11-22T14:05:00Z",
      ...traits,
    }) as Row;
  const rows = [
    row("late", { received_at: "2026-11-22T14:06:00Z" }),
    row("mine", {}),
    row("before", { received_at: "2026-11-22T13:00:00Z" }),
    row("tap", { trigger: "button" }),
    row("over", { state: "resolved" }),
    row("played", { exercise: true }),
  ];

  assert.deepEqual(
    casesOf(rows, "2026-11-22T14:00:00Z", false).map(({ id }) => id),
    ["mine", "late"],
  );
});

test("the list puts the overdue first, then the worst, and drafts that wait apart", () => {
  const row = (id: string, traits: Partial<ThreadRow>): ThreadRow => ({ ...THREAD, id, ...traits });
  const rows = [
    row("mild", { state: "in_force", severity: "minor" }),
    row("bad", { state: "in_force", severity: "extreme" }),
    row("late", { state: "in_force", severity: "minor", overdue: true }),
    row("draft", {}),
    row("asked", {}),
  ];
  const who = { asked_by: { id: "1", name: null }, asked_at: "", expires_at: "" };

  const { live, waiting, drafts } = inSections(rows, [{ broadcast_id: "asked", ...who }]);

  assert.deepEqual(
    live.map(({ id }) => id),
    ["late", "bad", "mild"],
  );
  assert.deepEqual(
    [waiting, drafts].map((list) => list.map(({ id }) => id)),
    [["asked"], ["draft"]],
  );
});

test("one letter outside the short alphabet makes a text twice as dear", () => {
  const body = "x".repeat(90);

  assert.equal(lengthsOf({ title: "Go", body }).sms.texts, 1);
  assert.equal(lengthsOf({ title: "Go", body: `${body}ł` }).sms.texts, 2);
  assert.equal(lengthsOf({ title: "Go", body }).push.cut, false);
  assert.equal(lengthsOf({ title: "Go", body: "x".repeat(200) }).push.cut, true);
});
