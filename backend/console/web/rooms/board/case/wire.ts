// What the doors of one case answer beside the case itself, as the OpenAPI document names it.

import type { Asked } from "../../../wire.ts";

export interface Released {
  name: string;
  photo: string | null;
  mobile: string | null;
  medical_notes: string | null;
  evacuation_plan: string | null;
  language: string;
  emergency_contacts: { name: string; number: string; relation: string | null }[];
  changed_at: string | null;
  /** Told, and cannot be opened just now. */
  unavailable: { field: string; message: string }[];
}

/** Why a case went to whom it went. */
export interface Explained {
  team: { id: string; name: string };
  mailbox: boolean;
  because: string;
  routes: string[];
  by_todays_routes: string | null;
  wanted: number;
  holding: number;
  climb: number;
  rungs: { number: number; due_at: string; state: string; words: string }[];
  asked: Asked[];
  not_asked: { officer_id: string; name: string; why: string; words: string; rung: number | null }[];
  not_asked_in_the_other_world: number;
}
