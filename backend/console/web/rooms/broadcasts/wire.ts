// What the doors to broadcasts send and take, as the OpenAPI document names it.

import type { Campus } from "../../wire.ts";

export type Severity = "extreme" | "severe" | "moderate" | "minor";
export type Purpose = "alert" | "test";
export type State = "proposed" | "draft" | "in_force" | "dropped" | "cleared" | "retracted" | "expired";
export type Said = { title: string; body: string };
export type Languages = Record<string, Said>;

export interface Named {
  id: string;
  name: string | null;
}

export interface Corner {
  latitude: number;
  longitude: number;
}

export interface Circle extends Corner {
  radius_m: number;
}

/** Whom to tell: the union of all that is named; `of` belong to an area, `in_now` are there. */
export interface Audience {
  everyone: boolean;
  sites: string[];
  zones: string[];
  polygon: Corner[];
  circle: Circle | null;
  teams: string[];
  abroad: boolean;
  of: boolean;
  in_now: boolean;
}

export interface Template {
  id: string;
  kind: "alert" | "all_clear";
  severity: Severity;
  title: string;
  body: string;
  next_update_min: number | null;
  end_condition: string | null;
  languages: (Said & { language: string })[];
}

export interface BroadcastCampus extends Campus {
  templates: Template[];
}

export interface Fault {
  slug: string;
  field: string;
  message: string;
  refuses: boolean;
}

export interface Reach {
  people: number;
  by_channel: Record<string, number>;
  unreachable: { reason: string; people: number }[];
  named: { id: string; name: string; reason: string }[];
}

export interface Second {
  asked_by: Named;
  asked_at: string;
  expires_at: string;
  digest: string;
}

export interface Version extends Said {
  number: number;
  part: "alert" | "update" | "all_clear" | "retraction";
  languages: Languages;
  template: string | null;
  written_by: Named;
  written_at: string;
  issued_by: Named | null;
  issued_at: string | null;
  seconded_by: Named | null;
  next_update_at: string | null;
}

export interface ThreadRow extends Said {
  id: string;
  state: State;
  kind: Purpose;
  severity: Severity;
  exercise: boolean;
  languages: Languages;
  place: string | null;
  place_name: string | null;
  audience: Audience;
  owner: Named | null;
  deputy: Named | null;
  made_at: string;
  next_update_min: number | null;
  end_condition: string | null;
  version: number;
  issued_at: string | null;
  next_update_at: string | null;
  ended_at: string | null;
  overdue: boolean;
  from_outside: boolean;
}

export interface Thread extends ThreadRow {
  versions: Version[];
  lint: Fault[];
  second: Second | null;
  reach: Reach | null;
}

export const STATES = [
  "need_help",
  "safe",
  "not_here",
  "silent",
  "displayed",
  "accepted",
  "sent",
  "asked",
  "failed",
  "unreachable",
] as const;
export type Standing = (typeof STATES)[number];

export interface Count {
  people: number;
  unaccounted: number;
  states: Record<Standing, number>;
}

export interface ZoneCount extends Count {
  zone: string | null;
  name: string | null;
  site: string | null;
}

export interface Tally extends Count {
  broadcast_id: string;
  version: number;
  title: string;
  severity: Severity;
  exercise: boolean;
  ended: boolean;
  next_update_at: string | null;
  is_fanning_out: boolean;
  zones: ZoneCount[];
  silent_after_s: number;
}

/** What is in force, counted; `waiting` are words that wait for a second person. */
export interface TallyPicture {
  as_of: string;
  items: Tally[];
  waiting?: Waiting[];
}

export interface Waiting {
  broadcast_id: string;
  asked_by: Named;
  asked_at: string;
  expires_at: string;
}

export interface Missed {
  person_id: string;
  name: string | null;
  zone_name: string | null;
  site: string | null;
  state: Standing;
  unreachable: string | null;
  by?: string[];
  displayed_at: string | null;
  last_heard_at: string | null;
}

export interface Proposal {
  id: string;
  severity: Severity;
  exercise: boolean;
  place: string | null;
  received_at: string;
  touches_us: boolean;
  source: {
    sender: string;
    sender_name: string | null;
    event: string | null;
    msg_type: string;
    expires: string | null;
    is_signed: boolean;
    words: Languages;
  };
  follows: { id: string; state: string }[];
}
