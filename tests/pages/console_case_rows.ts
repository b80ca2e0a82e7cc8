// A case as the console's tests begin with one: an emergency that three officers were asked about.

import type { Asked, Case, Officer } from "../../backend/console/web/wire.ts";
import { ROW } from "./console_rows.ts";

const CASE: Case = {
  ...ROW,
  id: "c1",
  position: {
    latitude: 51.4985,
    longitude: -0.177,
    accuracy_m: 8,
    recorded_at: "2026-11-22T14:00:00+00:00",
    floor: "3",
  },
  zone: { id: "sherfield", name: "Sherfield Building", site: "south-kensington" },
  inside: true,
  wanted: 2,
  asked: 3,
  seen: true,
  caller: { name: "Student 1", number: null, person_id: "p1" },
  routed_because: "",
  rung: 1,
  progress: [],
  offers: [],
  taps: [],
  track: [],
  alarms: [],
  hold: null,
  protocol: [],
  methane: null,
  questions: [],
};

const OFFER: Asked = {
  offer_id: "o1",
  officer_id: "1",
  name: "Officer 1",
  state: "offered",
  late: false,
  climb: 0,
  rung: 0,
  asked_because: "nearest, 120 m away",
  distance_m: 120,
  reachable: true,
  by: [],
  offered_at: "2026-11-22T14:00:01+00:00",
  answered_at: null,
  declined_because: null,
  eta_s: null,
};

const OFFICER: Officer = {
  officer_id: "1",
  name: "Officer 1",
  state: "on_patrol",
  since: null,
  reachable: true,
  teams: ["security"],
  skills: [],
  site: "south-kensington",
  warnings: [],
  position: null,
};

export const caseOf = (traits: Partial<Case> = {}): Case => ({ ...CASE, ...traits });

export const offer = (officer: number, traits: Partial<Asked> = {}): Asked => ({
  ...OFFER,
  offer_id: `o${officer}`,
  officer_id: String(officer),
  name: `Officer ${officer}`,
  ...traits,
});

export const officer = (number: number, traits: Partial<Officer> = {}): Officer => ({
  ...OFFICER,
  officer_id: String(number),
  name: `Officer ${number}`,
  ...traits,
});
