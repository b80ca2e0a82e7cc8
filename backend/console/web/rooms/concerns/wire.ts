// What the doors of the advisers' desk send, as the OpenAPI document names it; days in ISO's form, bytes in base64.

export type Stage = "waiting" | "assigned" | "triaged" | "closed";
export type Outcome = "prevent" | "welfare" | "no_concern";

export interface OwnKey {
  key_id: string;
  public_key: string;
  made_on: string;
  retired_on: string | null;
}

export interface OwnKeys {
  items: OwnKey[];
  recovery: string | null;
}

export interface At {
  adviser_id: string;
  name: string | null;
  since: string;
  away: boolean;
}

/** A concern as a line of the list. */
export interface Listed {
  id: string;
  day: string;
  stage: Stage;
  outcome: Outcome | null;
  closed_on: string | null;
  mailbox_until: string;
  data_until: string;
  held: boolean;
  mine: boolean;
  places: At[];
  vacant: number;
  added_on?: string | null;
}

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

export interface Entry {
  id: string;
  kind: string;
  day: string;
  written_by: string | null;
  box: string;
  copies: Record<string, string>;
}

/** An adviser beside one concern; `cannot` says why they are not assigned. */
export interface Candidate {
  adviser_id: string;
  name: string;
  faculty: string | null;
  trained_on: string | null;
  keys: Record<string, string>;
  cannot: string | null;
  needs_copies: boolean;
  proposed: boolean;
}

/** A concern whole. */
export interface Concern extends Listed {
  reply_key: string;
  sealed_to: Record<string, string>;
  entries: Entry[];
  advisers: Candidate[];
}

/** An adviser as colleagues see them. */
export interface Colleague {
  adviser_id: string;
  name: string;
  faculty: string | null;
  trained_on: string | null;
  away_from: string | null;
  away_until: string | null;
  away: boolean;
  keys: Record<string, string>;
  cannot: string | null;
}

/** One that nobody at the desk can open: its entries with the recovery key's copies. */
export interface Left {
  id: string;
  day: string;
  stage: Stage;
  entries: { id: string; copies: Record<string, string> }[];
}

export interface Leave {
  from: string | null;
  until: string | null;
  to_hand_over: string[];
}

export interface Referral {
  id: string;
  decided_by: string;
  day: string;
  consent: string;
  legal_basis: string;
  sent_on: string | null;
}

export interface ReferralForm {
  headings: { name: string; title: string; asks: string }[];
  consent: string[];
  legal_basis: string[];
}

export interface Held {
  held: boolean;
  data_until: string;
  asked: "hold" | "release" | null;
  because: string | null;
  mine: boolean;
}

/** One academic year; null is fewer than five, or what would give such a number away. */
export interface Year {
  year: string;
  prevent: number | null;
  welfare: number | null;
  no_concern: number | null;
  total: number | null;
}
