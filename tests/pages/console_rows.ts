// A case and an alarm as tests of the console say them: the usual, and what is special in the test.

import type { Alarm, Row } from "../../backend/console/web/wire.ts";

export const ROW: Row = {
  id: "1",
  reference: "E-2026-0001",
  kind: "emergency",
  subtype: null,
  state: "offered",
  silent: false,
  trigger: "button",
  position: null,
  zone: null,
  inside: null,
  exercise: false,
  received_at: "2026-11-22T14:00:00+00:00",
  team: "security",
  wanted: 2,
  asked: 1,
  accepted: 0,
  late: false,
  seen: false,
  next_step_at: null,
  note: null,
  caller: { name: null, number: null, person_id: null },
  taken_by: null,
  taken_at: null,
  coming: [],
  unread: 0,
  linked: [],
  major: false,
};

export const row = (traits: Partial<Row>): Row => ({ ...ROW, ...traits });

export const standing = (...rows: Row[]): Map<string, Row> => new Map(rows.map((one) => [one.id, one]));

export const alarm = (traits: Partial<Alarm>): Alarm => ({
  alarm_id: "a",
  reason: "unanswered",
  incident_id: null,
  since: "2026-11-22T14:00:45+00:00",
  taken_by: null,
  taken_at: null,
  exercise: false,
  ...traits,
});

export const CONTROLLER = { id: "2", name: "Controller 1" };
