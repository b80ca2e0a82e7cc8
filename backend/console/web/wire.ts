// What the control room's doors and its socket send, as the OpenAPI document names it.

import type { Kind, Person, Position, Progress } from "../../web/browser/wire.ts";

export interface Session {
  person: Person;
  expires_at: string;
  /** Goes with every request that changes something. */
  csrf: string;
  stepped_up_until: string | null;
  demo: boolean;
  /** Where this person's stream stands, for a browser that has heard nothing of it yet. */
  last_seq: number;
}

/** An officer who has said yes to a case. */
export interface Coming {
  officer_id: string;
  name: string | null;
  state: string;
  eta_s: number | null;
  late: boolean;
}

/** One case as a line of the board. */
export interface Row {
  id: string;
  reference: string;
  kind: Kind;
  subtype: string | null;
  state: string;
  silent: boolean;
  trigger: string;
  position: Position | null;
  zone: { id: string; name: string; site: string | null } | null;
  inside: boolean | null;
  exercise: boolean;
  received_at: string;
  team: string;
  wanted: number;
  asked: number;
  accepted: number;
  late: boolean;
  seen: boolean;
  next_step_at: string | null;
  note: string | null;
  caller: { name: string | null; number: string | null; person_id: string | null };
  taken_by: { id: string; name: string | null } | null;
  taken_at: string | null;
  coming: Coming[];
  unread: number;
  linked: { id: string; reference: string }[];
  major: boolean;
}

export interface Asked {
  offer_id: string;
  officer_id: string;
  name: string | null;
  state: string;
  late: boolean;
  climb: number;
  rung: number;
  asked_because: string;
  distance_m: number | null;
  reachable: boolean;
  by: string[];
  offered_at: string;
  answered_at: string | null;
  declined_because: string | null;
  eta_s: number | null;
}

export interface Fix {
  latitude: number;
  longitude: number;
  accuracy_m: number | null;
  at: string;
}

export interface Step {
  id: string;
  text: string;
  done_at: string | null;
  done_by: string | null;
}

export interface Methane {
  major_incident: boolean;
  exact_location: string | null;
  type: string | null;
  hazards: string | null;
  access: string | null;
  number: string | null;
  emergency_services: string | null;
}

export interface Alarm {
  alarm_id: string;
  reason: string;
  incident_id: string | null;
  since: string;
  taken_by: string | null;
  taken_at: string | null;
  exercise: boolean;
}

/** One case whole; the board's line of it comes by the stream, the rest is read again. */
export interface Case extends Row {
  routed_because: string;
  rung: number;
  progress: (Progress & { words: string | null })[];
  offers: Asked[];
  taps: { tap_id: string; at: string; trigger: string; note: string | null }[];
  track: Fix[];
  alarms: Alarm[];
  hold: { reason: string; by: string | null; since: string; release_asked_because: string | null } | null;
  protocol: Step[];
  methane: (Methane & { version: number; by: string | null; at: string }) | null;
  questions: string[];
}

export interface Board {
  items: Row[];
  alarms: Alarm[];
  officers_on_duty: number;
  officers_reachable: number;
  as_of: string;
}

export interface Officer {
  officer_id: string;
  name: string;
  state: string;
  since: string | null;
  reachable: boolean;
  teams: string[];
  skills: string[];
  site: string | null;
  warnings: string[];
  position: (Fix & { recorded_at: string; stale: boolean }) | null;
}

export interface Place {
  id: string;
  name: string;
  kind: string;
  site: string;
  floors: string[];
  geometry: { type: string; coordinates: unknown };
}

/** How many officers a kind wants, and when the ladder by which they are asked is climbed. */
export interface Policy {
  kind: string;
  wanted: number;
  reask_after_s: number;
  steps: { after_s: number; and_tell: string | null }[];
}

/** The campus that holds; rooms that need more of it widen this in their own files. */
export interface Campus {
  name: string;
  time_zone: string;
  version: number;
  languages: string[];
  zones: Place[];
  teams: { id: string; name: string; requires_skill: string | null; mailbox: string | null }[];
  policies: Policy[];
}

/** Where everybody is, at most once a second; the newest picture is the whole truth. */
export interface PositionPicture {
  as_of: string;
  officers: {
    officer_id: string;
    latitude: number;
    longitude: number;
    accuracy_m: number | null;
    recorded_at: string;
    stale: boolean;
  }[];
  cases: {
    incident_id: string;
    latitude: number;
    longitude: number;
    accuracy_m: number | null;
    recorded_at: string;
  }[];
}

/** Who sits at a console, and whose makes no sound. */
export interface DeskPicture {
  as_of: string;
  people: { person_id: string; name: string; sound: "on" | "off"; since: string }[];
}
