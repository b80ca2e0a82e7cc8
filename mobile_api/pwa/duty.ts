// An officer's duty as the phone may claim it: it ends by itself, whether or not anybody tells the phone.

import type { DutyState } from "../../backend/web/browser/wire.ts";

export interface Duty {
  state: DutyState;
  ends_at: string | null;
}

export const OFF: Duty = { state: "off_duty", ends_at: null };
export const STATES: readonly DutyState[] = ["on_patrol", "at_post", "break", "off_duty"];

/** What stands at this moment. */
export function dutyAt(duty: Duty, now: number): Duty {
  return duty.ends_at !== null && Date.parse(duty.ends_at) <= now ? OFF : duty;
}

export function onDuty(duty: Duty, now: number): boolean {
  return dutyAt(duty, now).state !== "off_duty";
}
