// What a key does at the console, and where it does nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deedOf, takesText } from "../../backend/console/web/keys.ts";

const press = (key: string, traits = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...traits,
});
const ROOM = { writing: false, dialog: false };

test("letters do what the list of keys says, also with Caps Lock", () => {
  assert.equal(deedOf(press("j"), ROOM), "next");
  assert.equal(deedOf(press("P"), ROOM), "phonedIn");
  assert.equal(deedOf(press("?"), ROOM), "keys");
  assert.equal(deedOf(press("x"), ROOM), null);
});

test("no letter does anything while somebody writes, and none behind a dialog", () => {
  assert.equal(deedOf(press("r"), { writing: true, dialog: false }), null);
  assert.equal(deedOf(press("r"), { writing: false, dialog: true }), null);
});

test("the browser's own keys stay the browser's", () => {
  assert.equal(deedOf(press("r", { ctrlKey: true }), ROOM), null);
  assert.equal(deedOf(press("p", { metaKey: true }), ROOM), null);
});

test("a key held down moves on, and does nothing else a second time", () => {
  assert.equal(deedOf(press("j", { repeat: true }), ROOM), "next");
  assert.equal(deedOf(press("r", { repeat: true }), ROOM), null);
});

test("text is written in fields, lists and editable parts; a box to tick takes none", () => {
  assert.equal(takesText("INPUT", "text", false), true);
  assert.equal(takesText("INPUT", "checkbox", false), false);
  assert.equal(takesText("TEXTAREA", "", false), true);
  assert.equal(takesText("SELECT", "", false), true);
  assert.equal(takesText("DIV", "", true), true);
  assert.equal(takesText("A", "", false), false);
});
