// What a phone makes of what it is told: cases never go backwards, broadcasts never come back, languages are chosen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { choose } from "../../backend/web/browser/catalogue.ts";
import type { Broadcast, Incident } from "../../backend/web/browser/wire.ts";
import { inOrder, newer } from "../../mobile_api/pwa/cases.ts";
import { newest } from "../../mobile_api/pwa/warned.ts";
import { english } from "../../mobile_api/pwa/words/en.ts";

const told = (state: string, more: Partial<Incident> = {}) =>
  ({
    id: "c1",
    state,
    received_at: "2026-11-22T14:00:17Z",
    responders: [],
    progress: [],
    seen: false,
    ...more,
  }) as unknown as Incident;
const warning = (version: number, more: Partial<Broadcast> = {}) =>
  ({ id: "b1", version, part: "alert", title: "Fire", body: "Leave.", ...more }) as Broadcast;

test("a case never goes backwards, and one that was reduced to its ids says nothing", () => {
  const there = told("on_scene");
  const closed = told("resolved");

  assert.equal(newer(there, told("accepted")), there);
  assert.equal(newer(closed, told("on_scene")), closed);
  assert.equal(newer(there, {}), there);
  assert.equal(newer(told("accepted"), there)?.state, "on_scene");
});

test("open cases stand before closed ones", () => {
  const closed = told("resolved", { id: "c2", received_at: "2026-11-22T15:00:00Z" });

  assert.deepEqual(
    inOrder([closed, told("raised")]).map(({ id }) => id),
    ["c1", "c2"],
  );
});

test("the highest version of a broadcast wins, its end stays, and the end of an unknown one is no news", () => {
  const second = newest(warning(1), warning(2, { title: "Update" }), ["en"]);
  const over = newest(second, warning(3, { part: "all_clear" }), ["en"]);

  assert.equal(newest(second, warning(1), ["en"]), second);
  assert.equal(over?.ended, true);
  assert.equal(newest(over, warning(3), ["en"])?.ended, true);
  assert.equal(newest(undefined, warning(3, { part: "all_clear" }), ["en"]), undefined);
});

test("a broadcast is shown in the first of the person's languages that it has", () => {
  const languages = { fr: { title: "Incendie", body: "Sortez." } };

  assert.equal(newest(undefined, warning(1, { languages }), ["de-AT", "fr-FR"])?.title, "Incendie");
  assert.equal(newest(undefined, warning(1, { languages }), ["de"])?.title, "Fire");
});

test("a catalogue that lacks a word says it in English, and brings its own direction", () => {
  const arabic = { language: "ar", direction: "rtl", words: { cancelled: "ملغى" } } as const;
  const found = choose({ cancelled: "Cancelled", send: "Send" }, [arabic], ["ar-SA", "en"]);

  assert.deepEqual(found, { language: "ar", direction: "rtl", words: { cancelled: "ملغى", send: "Send" } });
  assert.equal(choose({ a: "b" }, [], ["fr", "en"]).language, "en");
});

test("the sentence of a case is never kinder than the truth", () => {
  const officer = { name: "Sam", state: "accepted", eta_s: 200, delayed: false, updated_at: null };

  assert.equal(english.headline(told("offered")), "Nobody has seen it yet");
  assert.equal(english.headline(told("offered", { seen: true })), "Seen. Nobody has said yes yet");
  assert.equal(english.headline(told("accepted", { responders: [officer] })), "Sam is coming, about 4 min");
  assert.equal(
    english.headline(told("accepted", { responders: [{ ...officer, delayed: true }] })),
    "Sam is coming, delayed",
  );
  assert.equal(
    english.headline(told("on_scene", { responders: [{ ...officer, state: "on_scene" }] })),
    "Sam is with you",
  );
});
