// Places found by a few letters, cases and officers by their site, and a case in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bySite } from "../../backend/console/web/rooms/board/by_site.ts";
import { found } from "../../backend/console/web/rooms/board/finding.ts";
import { marksOf, stageOf } from "../../backend/console/web/rooms/board/telling.ts";
import type { Officer, Place } from "../../backend/console/web/wire.ts";
import { row } from "./console_rows.ts";

const place = (id: string, name: string, site: string, kind = "building"): Place => ({
  id,
  name,
  kind,
  site,
  floors: [],
  geometry: { type: "Point", coordinates: [] },
});

const PLACES = [
  place("sk", "South Kensington Campus", "sk", "site"),
  place("sm", "St Mary's Campus", "sm", "site"),
  place("huxley", "Huxley Building", "sk"),
  place("health", "Health Centre, 40 Prince's Gardens", "sk"),
  place("library", "Abdus Salam Library", "sk"),
];

const names = (asked: string) => found(PLACES, asked).map(({ id }) => id);

test("what begins so comes first, then what has a word that does", () => {
  assert.deepEqual(names("hu"), ["huxley"]);
  assert.deepEqual(names("s"), ["sk", "sm", "library", "health", "huxley"]);
});

test("nobody types apostrophes and accents on the telephone", () => {
  assert.deepEqual(names("princes gardens"), ["health"]);
  assert.equal(names("st marys")[0], "sm");
});

test("words of a place and of its site may be mixed, and nothing is nothing", () => {
  assert.deepEqual(names("library kensington"), ["library"]);
  assert.deepEqual(names("xyz"), []);
  assert.equal(names("").length, PLACES.length);
});

const officer = (id: string, site: string | null): Officer => ({
  officer_id: id,
  name: id,
  state: "on_patrol",
  since: null,
  reachable: true,
  teams: [],
  skills: [],
  site,
  warnings: [],
  position: null,
});

test("the site with the most pressing case stands first, those without anything are named", () => {
  const rows = [row({ id: "1", zone: { id: "x", name: "x", site: "sm" } }), row({ id: "2" })];

  const { stands, quiet } = bySite(PLACES, rows, [officer("o", "nowhere")]);

  assert.deepEqual(
    stands.map(({ name, rows, officers }) => [name, rows.length, officers.length]),
    [
      ["St Mary's Campus", 1, 0],
      ["", 1, 1],
    ],
  );
  assert.deepEqual(quiet, ["South Kensington Campus"]);
});

const comes = (name: string, eta_s: number | null, state = "en_route") => ({
  officer_id: name,
  name,
  state,
  eta_s,
  late: false,
});

test("a row says how many were asked, who comes and when, and who is there", () => {
  assert.equal(stageOf(row({ asked: 3 })), "3 asked · 0 of 2 said yes");
  const coming = [comes("Officer 2", 400), comes("Officer 1", 240)];
  assert.equal(stageOf(row({ state: "accepted", accepted: 2, coming })), "Officer 1 and 1 more coming · ~4 min");
  assert.equal(
    stageOf(row({ state: "on_scene", accepted: 1, coming: [comes("Officer 2", null, "on_scene")] })),
    "Officer 2 on scene · 1 of 2",
  );
  assert.equal(
    stageOf(row({ state: "accepted", late: true, accepted: 0, coming: [comes("Officer 2", 400)] })),
    "Officer 2 late · 0 of 2",
  );
  assert.equal(stageOf(row({ state: "cancelled" })), "Cancelled");
});

test("what is special stands on the row, the gravest first", () => {
  const marks = marksOf(
    row({ trigger: "duress_pin", silent: true, exercise: true, linked: [{ id: "2", reference: "H" }] }),
  );

  assert.deepEqual(
    marks.map(({ text }) => text),
    ["Exercise", "Under duress", "Silent", "1 linked"],
  );
});
