// What the server sends and takes, as the OpenAPI document names it.

export type Kind = "emergency" | "first_aid" | "help";
export type Answer = "safe" | "need_help" | "not_here";

export interface Person {
  id: string;
  name: string;
  roles: string[];
}

export interface Welcome {
  access_token: string;
  expires_at: string;
  person: Person;
}

export interface Position {
  latitude: number;
  longitude: number;
  accuracy_m?: number | null;
  recorded_at?: string | null;
  floor?: string | null;
  source?: string | null;
}

/** A number to ring; only a `dialable` one becomes a button. */
export interface Call {
  label: string;
  number: string;
  reach?: string;
  dialable: boolean;
}

export interface Progress {
  stage: string;
  at: string;
  by: string | null;
}

export interface Responder {
  /** Only officers are told. */
  officer_id?: string;
  name: string;
  state: string;
  eta_s: number | null;
  delayed: boolean;
  updated_at: string | null;
}

/** A case as its owner sees it. */
export interface Incident {
  id: string;
  reference: string;
  kind: Kind;
  state: string;
  silent: boolean;
  received_at: string;
  position: Position | null;
  zone: { id: string; name: string; site: string | null } | null;
  inside: boolean | null;
  call: Call[];
  progress: Progress[];
  responders: Responder[];
  note: string | null;
  seen: boolean;
  quiet: boolean;
  exercise: boolean;
}

/** A case as an officer who has it sees it. */
export type OfficersCase = Omit<Incident, "call"> & { subtype: string | null; trigger: string };

/** An officer is asked. */
export interface Offer {
  id: string;
  incident: Pick<
    OfficersCase,
    | "id"
    | "reference"
    | "kind"
    | "subtype"
    | "note"
    | "position"
    | "zone"
    | "received_at"
    | "silent"
    | "trigger"
    | "exercise"
  >;
  offered_at: string;
  asked_because: string;
  distance_m: number | null;
}

export type DutyState = "on_patrol" | "at_post" | "break" | "off_duty";

/** What is shown of the person in trouble to those who come. */
export interface Released {
  name: string;
  photo: string | null;
  mobile: string | null;
  medical_notes: string | null;
  evacuation_plan: string | null;
  language: string;
  emergency_contacts: { name: string; number: string; relation: string | null }[];
  unavailable: { field: string; message: string }[];
}

export interface Said {
  message_id: string;
  author: string | null;
  mine: boolean;
  text: string;
  at: string;
}

/** A broadcast: from `/v1/broadcasts` in one language, from the socket in all of them. */
export interface Broadcast {
  id: string;
  version: number;
  hash: string;
  part: string;
  kind: string;
  severity: string;
  title: string;
  body: string;
  language?: string;
  direction?: "ltr" | "rtl";
  issued_at: string;
  next_update_at: string | null;
  exercise: boolean;
  ended?: boolean;
  my_answer?: Answer | null;
  languages?: Record<string, { title: string; body: string }>;
}

export interface CheckIn {
  state: "none" | "open" | "ended" | "ran_out";
  ends_at?: string;
  warned?: boolean;
  note?: string | null;
}

export interface Card {
  id: string;
  title: string;
  when: string;
  steps: string[];
  do_not: string[];
  call: Call[];
}

export interface Guidance {
  language: string | null;
  dir: "ltr" | "rtl";
  reviewed: boolean;
  cards: Card[];
}

export interface Zone {
  id: string;
  name: string;
  floors: string[];
}

export interface Campus {
  name: string;
  languages: string[];
  sites: Zone[];
  zones: Zone[];
  numbers: Call[];
  kinds: { kind: Kind; countdown_s: number }[];
  /** With which browsers subscribe to be woken; null where this campus wakes none. */
  vapid_key: string | null;
}

/** RFC 9457; `call` is there when a tap was refused. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  errors?: { field: string; message: string }[];
  call?: Call[];
  /** Who was quicker with an offer. */
  taken_by?: { name: string }[];
  /** The moves that are possible instead. */
  legal?: string[];
}

/** One numbered message of a stream. */
export interface Message {
  seq: number;
  id: string;
  type: string;
  at: string;
  data: Record<string, unknown>;
}
