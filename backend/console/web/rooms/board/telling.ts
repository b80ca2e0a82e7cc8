// What a row says of its case in words: how far it is, who comes, and what is special about it.

import { isUnanswered } from "../../board.ts";
import type { Row } from "../../wire.ts";
import { words } from "./words.ts";

/** `Officer 1 coming · ~4 min · 1 of 2`, or how many were asked while nobody has said yes. */
export function stageOf(row: Row): string {
  const { state, asked, accepted, wanted, coming } = row;
  if (state === "resolved") return words.resolved;
  if (state === "cancelled") return words.cancelled;
  if (isUnanswered(row)) return asked ? words.asked(asked, accepted, wanted) : words.notAsked;
  const there = coming.filter((one) => one.state === "on_scene");
  const [first] = there.length ? there : nearestFirst(row);
  const who = words.people(first?.name ?? words.officer, coming.length - 1);
  if (there.length) return parts(words.onScene(who), short(accepted, wanted));
  if (row.late) return parts(words.late(who), short(accepted, wanted));
  return parts(words.coming(who), eta(first?.eta_s ?? null), short(accepted, wanted));
}

function nearestFirst({ coming }: Row): Row["coming"] {
  return [...coming].sort((one, other) => (one.eta_s ?? Infinity) - (other.eta_s ?? Infinity));
}

function eta(seconds: number | null): string {
  return seconds === null ? "" : words.eta(Math.round(seconds / 60));
}

/** Only while fewer have said yes than are wanted. */
function short(accepted: number, wanted: number): string {
  return accepted < wanted ? words.yes(accepted, wanted) : "";
}

function parts(...said: string[]): string {
  return said.filter(Boolean).join(" · ");
}

const BY_TRIGGER: Partial<Record<string, string>> = {
  duress_pin: words.marks.duress,
  responder_duress: words.marks.officer,
  phoned_in: words.marks.phonedIn,
  check_in: words.marks.checkIn,
  fall: words.marks.fall,
  shake: words.marks.fall,
  device: words.marks.device,
  broadcast_answer: words.marks.answer,
};

export interface Mark {
  text: string;
  /** Something is wrong beyond what the kind says. */
  wrong: boolean;
}

/** What is special about a case, the gravest first. */
export function marksOf(row: Row): Mark[] {
  const trigger = BY_TRIGGER[row.trigger];
  const grave = row.trigger === "duress_pin" || row.trigger === "responder_duress";
  const found: (Mark | null)[] = [
    row.exercise ? { text: words.marks.exercise, wrong: false } : null,
    trigger && grave ? { text: trigger, wrong: true } : null,
    row.major ? { text: words.marks.major, wrong: true } : null,
    row.silent ? { text: words.marks.silent, wrong: true } : null,
    trigger && !grave ? { text: trigger, wrong: false } : null,
    row.linked.length ? { text: words.linked(row.linked.length), wrong: false } : null,
  ];
  return found.filter((mark) => mark !== null);
}
