// Which officers need somebody to look after them before the next call does, and what for.

import type { Officer } from "../../wire.ts";

export interface Carried {
  platform: string;
  app_version: string | null;
  notifications: boolean | null;
  location: boolean | null;
  battery_saver: boolean | null;
  push: "ok" | "failed" | "none";
  seen_at: string;
}

export interface Certificate {
  skill: string;
  until: string | null;
}

/** An officer as this room reads them; what comes by the stream has not the last three. */
export interface Kept extends Officer {
  skills_until: Certificate[];
  last_seen_at: string | null;
  handsets: Carried[];
}

export type Trouble =
  | { what: "unreachable" | "no_push_target" | "push_failed" | "notifications_off" | "location_off" | "battery_saver" }
  | { what: "expired" | "expiring"; skill: string; until: string };

/** Days before its end from which a certificate is worth renewing. */
export const RENEW_DAYS = 30;

/** How bad: 0 a call does not reach them, 1 it may not wake them, 2 it finds them unable or badly placed, 3 soon. */
const GRAVITY: Record<Trouble["what"], number> = {
  unreachable: 0,
  no_push_target: 1,
  push_failed: 1,
  notifications_off: 1,
  expired: 2,
  location_off: 2,
  battery_saver: 2,
  expiring: 3,
};

/** Below every trouble. */
const NOTHING = 4;

/** Whether somebody should look after it today. */
export function isPressing(trouble: Trouble): boolean {
  return trouble.what !== "expiring";
}

export function isOnDuty(one: Officer): boolean {
  return one.state !== "off_duty";
}

export function gravity(trouble: Trouble): number {
  return GRAVITY[trouble.what];
}

/** Whole days from one day to another, both `2026-11-22`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** What is wrong, the gravest first; `today` is the campus's date. Off duty a phone is nobody's business. */
export function troubles(one: Kept, today: string): Trouble[] {
  const found: Trouble[] = [];
  if (isOnDuty(one)) found.push(...ofPhones(one));
  for (const { skill, until } of one.skills_until) {
    if (until === null) continue;
    const left = daysBetween(today, until);
    if (left < 0) found.push({ what: "expired", skill, until });
    else if (left <= RENEW_DAYS) found.push({ what: "expiring", skill, until });
  }
  return found.sort((first, second) => gravity(first) - gravity(second));
}

function ofPhones(one: Kept): Trouble[] {
  const found: Trouble[] = [];
  if (!one.reachable) found.push({ what: "unreachable" });
  // The phone used last is the one in the hand; an old one in a drawer is no news.
  const [phone] = one.handsets;
  if (one.warnings.includes("no_push_target"))
    found.push({ what: phone?.push === "failed" ? "push_failed" : "no_push_target" });
  if (one.warnings.includes("notifications_off")) found.push({ what: "notifications_off" });
  if (phone?.location === false) found.push({ what: "location_off" });
  if (phone?.battery_saver) found.push({ what: "battery_saver" });
  return found;
}

export interface Kempt {
  officer: Kept;
  troubles: Trouble[];
}

/** Those first whom a call might not reach, then those on duty with less, then on duty, then off duty; by name. */
export function inOrder(officers: Iterable<Kept>, today: string): Kempt[] {
  return [...officers]
    .map((officer) => ({ officer, troubles: troubles(officer, today) }))
    .sort(
      (one, other) =>
        rank(one) - rank(other) ||
        other.troubles.length - one.troubles.length ||
        byName(one.officer.name, other.officer.name),
    );
}

function rank({ officer, troubles: found }: Kempt): number {
  const [worst] = found;
  const weight = worst ? gravity(worst) : NOTHING;
  return isOnDuty(officer) ? weight : 10 + weight;
}

/** `Officer 2` before `Officer 10`. */
export function byName(one: string, other: string): number {
  return one.localeCompare(other, undefined, { numeric: true });
}

/** What was read, with what the stream has told since: a message knows nothing of phones and certificates. */
export function merged(read: readonly Kept[], told: ReadonlyMap<string, Officer>): Kept[] {
  return read.map((one) => {
    const newer = told.get(one.officer_id);
    return newer
      ? { ...newer, skills_until: one.skills_until, last_seen_at: one.last_seen_at, handsets: one.handsets }
      : one;
  });
}
