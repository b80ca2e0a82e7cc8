// What the officers' room says.

import { words as frame, spoken } from "../../words/index.ts";
import type { Trouble } from "./attention.ts";

function skill(name: string): string {
  return name.replaceAll("_", " ");
}

function trouble(one: Trouble): string {
  if (one.what === "expired") return `${skill(one.skill)} ran out on ${frame.day(one.until)}`;
  if (one.what === "expiring") return `${skill(one.skill)} runs out on ${frame.day(one.until)}`;
  return {
    unreachable: "cannot be reached",
    no_push_target: "no phone that can be woken",
    push_failed: "the phone can no longer be woken",
    notifications_off: "notifications are off",
    location_off: "location is off",
    battery_saver: "battery saver is on",
  }[one.what];
}

const english = {
  title: "Officers",
  summary: (onDuty: number, needing: number) =>
    `${onDuty} on duty · ${needing === 0 ? "nobody needs attention" : `${needing} ${needing === 1 ? "needs" : "need"} attention`}`,
  find: "Find a name or a team",
  show: "Show",
  whom: { all: "Everybody", on: "On duty", needing: "Who needs attention" },
  columns: {
    name: "Officer",
    duty: "Duty",
    seen: "Last seen",
    skills: "Certificates",
    phone: "Phone",
    attention: "Needs attention",
    deed: "Sign-ins",
  },
  states: { on_patrol: "on patrol", at_post: "at a post", break: "on a break", off_duty: "off duty" } as Record<
    string,
    string
  >,
  unknownState: (state: string) => state.replaceAll("_", " "),
  since: "for",
  reachable: "can be reached",
  teams: (teams: string[], site: string | null) => [...teams, site].filter(Boolean).join(" · "),
  trouble,
  skill,
  until: (until: string | null) => (until ? `to ${frame.day(until)}` : "no end"),
  ranOut: (until: string) => `ran out ${frame.day(until)}`,
  noSkills: "none",
  fine: "nothing",
  noPhone: "no phone known",
  ownTime: "Off duty nobody is told when an officer was last seen, nor what they carry.",
  nothing: "–",
  phone: (platform: string, version: string | null) =>
    [{ android: "Android", ios: "iPhone", web: "Browser" }[platform] ?? platform, version].filter(Boolean).join(" "),
  more: (count: number) => (count === 1 ? "and 1 more" : `and ${count} more`),
  pushes: { ok: "push works", failed: "push failed", none: "no push" },
  end: "End…",
  endLabel: (name: string) => `End the sign-ins of ${name}`,
  endTitle: (name: string) => `End every sign-in of ${name}?`,
  endMeans:
    "Their phone, tablet and browser are signed out at once and their duty ends. They have to sign in again to be asked. Do this when a phone is lost or in the wrong hands.",
  endBusy: (name: string) => `${name} has a case right now. Give it to somebody else first.`,
  endHold: "End all sign-ins",
  ended: (name: string, count: number) => `${count} ${count === 1 ? "sign-in" : "sign-ins"} of ${name} ended.`,
  none: "No officer is known here.",
  noneSuch: "Nobody like that.",
  on: "On duty",
  off: "Off duty",
};

export const words = spoken(english);
