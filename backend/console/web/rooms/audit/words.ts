// What the audit room says.

import { spoken } from "../../words/index.ts";

function moment(instant: string): string {
  return new Date(instant).toLocaleString("en-GB", {
    day: "2-digit",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}

const english = {
  moment,
  title: "Audit",
  means: "Who did or saw what, the newest first. Reading it is written into it. It holds ids, never names.",
  about: "About",
  everything: "everything",
  kinds: {
    incident: "a case",
    account: "a person",
    board: "the board and lists",
    broadcast: "a broadcast",
    campus: "the campus",
    audit: "the log itself",
    people: "lists of people",
    concern: "a concern",
    alarm: "an alarm",
    approval: "a second person's yes",
    check_in: "a check-in",
    profile: "a profile",
    device: "a device",
    adviser: "an adviser",
    concern_key: "an adviser's key",
    key: "a key of the server",
    backup: "a backup",
    keeping: "what was forgotten",
    exercise: "an exercise",
  } as Record<string, string>,
  aboutId: "Its id",
  actor: "By whom",
  actorHint: "A name or an id; empty: anybody.",
  search: "Search",
  which: "Which of them?",
  noOne: "Nobody of that name is known here. Somebody who left has an id and no name.",
  none: "No line about that.",
  more: "Older lines",
  columns: { at: "When", action: "What", actor: "Who", about: "About", facts: "Facts", place: "Place" },
  itself: "Bluelight",
  unknown: "left",
  notLinked: "not linked yet",
  only: (what: string) => `Only ${what}`,
  verify: "Was the log touched?",
  verifyMeans:
    "Proves that no line was edited, deleted, inserted or moved. With anchors also that none was cut off its end.",
  anchors: "Anchors, as their file has them",
  anchorsHint:
    "Paste the file that lies outside the database (BLUELIGHT_AUDIT_ANCHOR), a line for each. Without any, a cut end is not found.",
  badAnchor: (line: number) => `Line ${line} is no anchor. Paste the file as it is.`,
  tooMany: (most: number) => `More than ${most} lines: paste the last ${most}.`,
  prove: "Verify",
  stands: (lines: number, anchors: number) =>
    `The log stands: ${lines.toLocaleString("en-GB")} lines${anchors ? `, held against ${anchors} ${anchors === 1 ? "anchor" : "anchors"}` : ", without anchors"}.`,
  faults: (count: number) => `The log was touched. ${count} ${count === 1 ? "fault" : "faults"}:`,
  head: "Head",
  whoTo: "Keep the database and the anchors as they are, and tell whoever answers for the service.",
};

export const words = spoken(english);
