// Copies made with the recovery key: only a file that holds all of a concern is sent to the desk.

import assert from "node:assert/strict";
import { test } from "node:test";
import { copiesIn } from "../../backend/console/web/rooms/concerns/left.ts";
import type { Left } from "../../backend/console/web/rooms/concerns/wire.ts";

const CONCERN: Left = {
  id: "c",
  day: "2026-11-23",
  stage: "waiting",
  entries: [
    { id: "first", copies: {} },
    { id: "second", copies: {} },
  ],
};
const COPY = { "0011223344556677": "c2VhbGVk" };

test("a file with copies of every entry is taken as it is", () => {
  const copies = { first: COPY, second: COPY };

  assert.deepEqual(copiesIn(JSON.stringify({ concern_id: "c", copies }), CONCERN), copies);
});

test("half of it, another concern's, or something else is no copy", () => {
  for (const told of [{ copies: { first: COPY } }, { copies: { other: COPY } }, { copies: "none" }, {}, null, 7]) {
    assert.equal(copiesIn(JSON.stringify(told), CONCERN), null);
  }
  assert.equal(copiesIn("not JSON", CONCERN), null);
});
