// The three sounds, as the samples they are made of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { samples, soundState } from "../../backend/web/browser/sounds.ts";

const RATE = 8_000;
const NAMES = ["newEmergency", "offer", "message"] as const;

/** Where it sounds and where it is still, in tenths of a second. */
function rhythm(made: Float32Array): string {
  const tenths = Array.from({ length: Math.ceil(made.length / (RATE / 10)) }, (_, index) =>
    made.slice(index * (RATE / 10), (index + 1) * (RATE / 10)),
  );
  return tenths.map((part) => (Math.max(...part.map(Math.abs)) > 0.1 ? "#" : ".")).join("");
}

test("none is as loud as to crackle, and each begins and ends in silence so that it can go round", () => {
  for (const name of NAMES) {
    const made = samples(name, RATE);

    const loudest = Math.max(...made.map(Math.abs));

    assert.ok(loudest > 0.5 && loudest <= 1, `${name}: ${loudest}`);
    assert.ok(Math.abs(made[0] ?? 1) < 0.01 && Math.abs(made.at(-1) ?? 1) < 0.05, name);
  }
});

test("they are told apart by their rhythm alone", () => {
  const rhythms = NAMES.map((name) => rhythm(samples(name, RATE)));

  assert.equal(new Set(rhythms).size, 3);
  assert.match(rhythms[0] ?? "", /^#+$/);
  assert.match(rhythms[1] ?? "", /^#+\.{5,}$/);
});

test("where there is no sound at all nothing is claimed", () => {
  assert.equal(soundState(), "none");
});
