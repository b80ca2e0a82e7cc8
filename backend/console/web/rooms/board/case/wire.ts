// What the doors of one case answer beside the case itself, as the OpenAPI document names it.

import type { Released as ToThoseWhoCome } from "../../../../../web/browser/wire.ts";
import type { Asked } from "../../../wire.ts";

export interface Released extends ToThoseWhoCome {
  changed_at: string | null;
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
