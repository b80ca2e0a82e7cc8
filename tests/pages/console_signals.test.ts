// What calls for a person, whose console may sound, and what is news.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mayHear, signals, silent } from "../../backend/console/web/signals.ts";
import { Watching } from "../../backend/console/web/watching.ts";
import { alarm, CONTROLLER, row, standing } from "./console_rows.ts";

test("an emergency that nobody has taken calls, with the alarms about it", () => {
  const rows = standing(row({ id: "quiet", kind: "help" }), row({ id: "loud" }));

  const [only, ...others] = signals(rows, [alarm({ alarm_id: "a", incident_id: "loud" })]);

  assert.deepEqual([only?.id, only?.alarms.length, others.length], ["loud", 1, 0]);
});

test("an alarm calls also about a case that somebody has, and about none", () => {
  const rows = standing(row({ id: "taken", taken_by: CONTROLLER }));
  const stand = [alarm({ alarm_id: "none" }), alarm({ alarm_id: "late", incident_id: "taken" })];

  const calling = signals(rows, stand);

  assert.deepEqual(
    calling.map(({ id, row }) => [id, row?.id]),
    [
      ["taken", "taken"],
      ["none", undefined],
    ],
  );
});

test("what has been taken calls no more", () => {
  const rows = standing(row({ taken_by: CONTROLLER }));

  assert.deepEqual(signals(rows, [alarm({ taken_at: "2026-11-22T14:01:00+00:00" })]), []);
});

test("a silent console is heard by nobody and named to everybody else", () => {
  const people = [
    { person_id: "1", name: "Controller 1", sound: "on" as const },
    { person_id: "2", name: "Controller 2", sound: "off" as const },
  ];

  assert.deepEqual([mayHear(people, "1"), mayHear(people, "2"), mayHear(people, "3")], [true, false, true]);
  assert.deepEqual([silent(people, "1"), silent(people, "2")], [["Controller 2"], []]);
});

test("what stands when one comes is no news; a case and a word that come later are", () => {
  const watching = new Watching();

  const first = watching.news(standing(row({ id: "old", unread: 1 })));
  const later = watching.news(standing(row({ id: "old", unread: 2 }), row({ id: "new" })));
  const read = watching.news(standing(row({ id: "old", unread: 0 }), row({ id: "new" })));

  assert.deepEqual(first, { cases: [], said: false });
  assert.deepEqual([later.cases.map(({ id }) => id), later.said], [["new"], true]);
  assert.deepEqual(read, { cases: [], said: false });
});

test("a case that is over when one hears of it is no news", () => {
  const watching = new Watching();
  watching.news(standing());

  assert.deepEqual(watching.news(standing(row({ state: "cancelled" }))).cases, []);
});
