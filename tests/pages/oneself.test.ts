// What concerns the phone's owner: pushes as they are shown, what the server is told, the profile's changes, languages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../backend/web/browser/calling.ts";
import { choose } from "../../backend/web/browser/catalogue.ts";
import { isKnown, type Report, spoken, type Told } from "../../mobile_api/pwa/handset.ts";
import { changes, draftOf, faultsOf, type Profile } from "../../mobile_api/pwa/profile.ts";
import { leadsTo, type Pushed, read, receipt, shown } from "../../mobile_api/pwa/pushed.ts";
import { english } from "../../mobile_api/pwa/words/en.ts";
import { chosen, OTHERS, wanted } from "../../mobile_api/pwa/words/index.ts";
import { mirror } from "../../mobile_api/pwa/words/mirror.ts";

const pushed = (more: Partial<Pushed> = {}): Pushed => ({
  title: null,
  sentence: "Somebody is coming: open Bluelight",
  data: { incident_id: "c1" },
  tag: "c1",
  quiet: false,
  takes_back: false,
  ...more,
});
const broadcast = (data: Partial<Pushed["data"]> = {}) =>
  pushed({
    title: "Gas leak",
    sentence: "Leave the building.",
    tag: "b1",
    data: { broadcast_id: "b1", version: 2, severity: "extreme", exercise: false, ...data },
  });

test("a case is its one sentence under the app's name, a broadcast its title and words", () => {
  const { title, body, tag, silent } = shown(pushed(), [], "Bluelight");
  const told = shown(broadcast(), [], "Bluelight");

  assert.deepEqual(
    { title, body, tag, silent },
    { title: "Bluelight", body: pushed().sentence, tag: "c1", silent: false },
  );
  assert.deepEqual([told.title, told.body, told.requireInteraction], ["Gas leak", "Leave the building.", true]);
});

test("nothing sounds while a silent case is open on this phone, whatever it is about", () => {
  const hiding = { state: "accepted", silent: true, quiet: true };

  assert.equal(shown(broadcast(), [hiding], "Bluelight").silent, true);
  assert.equal(shown(broadcast(), [hiding], "Bluelight").renotify, false);
  assert.equal(shown(broadcast(), [{ ...hiding, state: "resolved" }], "Bluelight").silent, false);
  assert.equal(shown(pushed({ quiet: true }), [], "Bluelight").silent, true);
  assert.equal(shown(pushed({ takes_back: true }), [], "Bluelight").silent, true);
});

test("an exercise is marked though its title should not be", () => {
  assert.match(shown(broadcast({ exercise: true }), [], "Bluelight").title, /^EXERCISE/);
  assert.equal(
    shown({ ...broadcast({ exercise: true }), title: "EXERCISE EXERCISE EXERCISE. Fire" }, [], "").title,
    "EXERCISE EXERCISE EXERCISE. Fire",
  );
});

test("what cannot be read is shown all the same, without a sound", () => {
  for (const text of [undefined, "", "{", "[]", '"x"', '{"sentence": 3}', "null"]) {
    const { body, silent } = shown(read(text), [], "Bluelight");

    assert.deepEqual([body, silent], ["News: open Bluelight", true]);
  }
  assert.equal(read(JSON.stringify(pushed())).sentence, pushed().sentence);
});

test("a press on it leads to what it is about", () => {
  assert.equal(leadsTo(pushed()), "/app#home");
  assert.equal(leadsTo(broadcast()), "/app#home");
  assert.equal(leadsTo(pushed({ data: { check_in_id: "t1" } })), "/app#timer");
  assert.equal(leadsTo(pushed({ data: { incident_id: "c1", offer_id: "o1" } })), "/app#officer");
  assert.equal(leadsTo(pushed({ data: { alarm_id: "a1" } })), "/console");
});

test("a receipt names the broadcast and which version was on the screen; a case's push has nothing to name", () => {
  assert.deepEqual(receipt(broadcast(), "displayed"), { message_ids: ["b1"], versions: { b1: 2 }, stage: "displayed" });
  assert.equal(receipt(pushed(), "displayed"), null);
});

test("the server is told what is news to it, of another person, or a day old", () => {
  const permissions = { notifications: true, location: null, battery_saver: null };
  const body: Told = { installation_id: "i1", platform: "web", app_version: null, permissions, push: null };
  const before: Report = { body, told_at: 1000, person_id: "p1", key: null };

  assert.equal(isKnown(before, { ...body }, "p1", 2000), true);
  assert.equal(isKnown(null, body, "p1", 2000), false);
  assert.equal(isKnown(before, body, "p2", 2000), false);
  assert.equal(isKnown(before, { ...body, push: { kind: "web_push", value: "{}" } }, "p1", 2000), false);
  assert.equal(isKnown(before, body, "p1", 1000 + 86_400_000), false);
  assert.deepEqual(["granted", "denied", "prompt", "default"].map(spoken), [true, false, null, null]);
});

const PROFILE: Profile = {
  photo: null,
  mobile: "+447700900456",
  medical_notes: null,
  evacuation_plan: "evac chair",
  language: "en",
  emergency_contacts: [{ name: "Ada", number: "+447700900123", relation: null }],
  changed_at: null,
  unavailable: [{ field: "medical_notes", message: "This cannot be opened just now." }],
};

test("only what was changed is told, so that a note that could not be opened is not taken away", () => {
  const draft = draftOf(PROFILE);

  assert.deepEqual(changes(PROFILE, draft), {});
  assert.deepEqual(changes(PROFILE, { ...draft, evacuation_plan: " ", mobile: " 07700 900456 " }), {
    evacuation_plan: null,
    mobile: "07700 900456",
  });
});

test("an empty contact is none, and the last one taken away is told", () => {
  const draft = draftOf(PROFILE);
  const empty = { name: " ", number: "", relation: "" };

  assert.deepEqual(changes(PROFILE, { ...draft, emergency_contacts: [...draft.emergency_contacts, empty] }), {});
  assert.deepEqual(changes(PROFILE, { ...draft, emergency_contacts: [] }), { emergency_contacts: [] });
});

test("a fault stands at its field", () => {
  const refusal = new Refused(422, { errors: [{ field: "emergency_contacts.0.number", message: "Is no number." }] });

  assert.equal(faultsOf(refusal).get("emergency_contacts.0.number"), "Is no number.");
});

test("a translation that no person has read is not taken because a browser speaks the language", () => {
  assert.equal(OTHERS.find(({ language }) => language === "fr")?.reviewed, false);
  assert.equal(chosen.language, "en");
  assert.deepEqual(wanted(), [...(globalThis.navigator?.languages ?? [])]);
});

test("each translation holds words of the catalogue, and what it lacks is English", () => {
  for (const other of OTHERS) {
    const unknown = Object.keys(other.words).filter((name) => !(name in english));
    const { words } = choose(english, OTHERS, [other.language]);

    assert.deepEqual(unknown, []);
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
  }
});

test("the language of tests says all of the catalogue from right to left, in brackets", () => {
  const { direction, words } = mirror();

  assert.equal(direction, "rtl");
  assert.match(words.ask, /^⟦What do you need\?·+⟧$/);
  assert.match(words.ring("999"), /^⟦Ring 999·+⟧$/);
  assert.match(words.KINDS.help.button, /^⟦HELP·+⟧$/);
});
