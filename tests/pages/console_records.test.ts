// What is pasted, asked and granted in the rooms of people, campus and audit, and which rooms are whose.

import assert from "node:assert/strict";
import { test } from "node:test";
import { factsOf, isId, MOST, pasted } from "../../backend/console/web/rooms/audit/anchors.ts";
import { bySite, pathQuery, subtypesOf } from "../../backend/console/web/rooms/campus/places.ts";
import { named } from "../../backend/console/web/rooms/index.ts";
import { difference, type FoundPerson, noEndingBy, noRolesBy } from "../../backend/console/web/rooms/people/may.ts";
import type { Place } from "../../backend/console/web/wire.ts";

const LINK = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

test("anchors are pasted as their file has them, a line for each", () => {
  const text = `{"place": 1, "link": "${LINK}", "at": "2026-11-22T14:00:00Z"}\r\n\n{"place": 2, "link": "${LINK}", "forgotten": true}\n`;
  assert.deepEqual(
    {
      anchors: [
        { place: 1, link: LINK, forgotten: false },
        { place: 2, link: LINK, forgotten: true },
      ],
    },
    pasted(text),
  );
  assert.deepEqual({ anchors: [] }, pasted(""));
});

test("the line that is no anchor is named", () => {
  const good = `{"place": 1, "link": "${LINK}"}`;
  for (const bad of [
    "{",
    "null",
    "7",
    `{"place": 1.5, "link": "${LINK}"}`,
    '{"place": 1, "link": "short"}',
    '{"place": 1}',
  ]) {
    assert.deepEqual({ bad: 2 }, pasted(`${good}\n${bad}`), bad);
  }
});

test("more anchors than the door takes are not sent", () => {
  const line = `{"place": 1, "link": "${LINK}"}\n`;
  assert.deepEqual({ tooMany: MOST }, pasted(line.repeat(MOST + 1)));
  assert.ok("anchors" in pasted(line.repeat(MOST)));
});

test("a name is told from an id", () => {
  assert.deepEqual([true, false, false], ["3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10", "Controller 1", ""].map(isId));
});

test("facts are told in words, what is empty is left out", () => {
  assert.equal(
    "kind help · asked about 3 · ok false",
    factsOf({ kind: "help", asked_about: 3, none: null, ok: false }),
  );
});

function someone(changes: Partial<FoundPerson> = {}): FoundPerson {
  return {
    id: "2",
    name: "Two",
    roles: ["member"],
    teams: [],
    site: null,
    duty: null,
    active: true,
    exercise: false,
    ...changes,
  };
}

const by = (id: string, ...roles: string[]) => ({ id, name: "One", roles: ["member", ...roles] });

test("an administrator grants roles to anybody but themselves, nobody else grants any", () => {
  assert.equal(null, noRolesBy(by("1", "admin"), someone()));
  assert.equal("oneself", noRolesBy(by("2", "admin"), someone()));
  assert.equal("onlyAdmin", noRolesBy(by("1", "controller", "auditor"), someone()));
});

test("controllers end anybody's sign-ins, administrators others', auditors none", () => {
  assert.equal(null, noEndingBy(by("2", "controller"), someone()));
  assert.equal(null, noEndingBy(by("1", "admin"), someone()));
  assert.equal("ownSignIns", noEndingBy(by("2", "admin"), someone()));
  assert.equal("onlyEnders", noEndingBy(by("1", "auditor"), someone()));
});

test("what is granted and taken is told apart, and being a member is neither", () => {
  assert.deepEqual(
    { granted: ["controller"], taken: ["officer"] },
    difference(["member", "officer", "auditor"], ["auditor", "controller"]),
  );
  assert.deepEqual({ granted: [], taken: [] }, difference(["member"], []));
});

function spot(id: string, kind: string, site: string, name = id): Place {
  return { id, name, kind, site, floors: [], geometry: { type: "Polygon", coordinates: [] } };
}

test("places stand under their sites by name, and one without a site that we know by itself", () => {
  const places = [
    spot("b", "building", "s"),
    spot("s", "site", "s", "South"),
    spot("a", "building", "s"),
    spot("n", "site", "n", "North"),
    spot("x", "building", "gone"),
  ];
  assert.deepEqual(
    [
      ["n", []],
      ["s", ["a", "b"]],
      ["x", []],
    ],
    bySite(places).map(({ site, zones }) => [site.id, zones.map(({ id }) => id)]),
  );
});

test("a kind can be about what has a route of its own", () => {
  const route = (kind: string, subtype: string | null) => ({
    kind,
    subtype,
    site: null,
    zone: null,
    team: "t",
    words: "",
  });
  assert.deepEqual(
    ["a", "b"],
    subtypesOf(
      [route("help", "b"), route("help", "a"), route("help", "b"), route("help", null), route("emergency", "c")],
      "help",
    ),
  );
});

test("only what was filled in is asked about", () => {
  assert.equal("/console/api/campus/path?kind=help", pathQuery({ kind: "help", subtype: "", zone: "", at: "" }));
  assert.equal(
    "/console/api/campus/path?kind=help&subtype=a&zone=z",
    pathQuery({ kind: "help", subtype: "a", zone: "z", at: "" }),
  );
});

test("a room that is not for these roles is no room, and says whose it is", () => {
  assert.deepEqual(["auditor"], named("#/audit", ["member", "controller"]).needs);
  assert.equal(undefined, named("#/audit", ["member", "controller"]).room);
  assert.equal("audit", named("#/audit", ["auditor"]).room?.path);
  assert.equal("people", named("#/nowhere", ["admin"]).room?.path);
  assert.equal("board", named("", ["controller"]).room?.path);
});
