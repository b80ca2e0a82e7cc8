// The three steps of a broadcast: what keeps each from being complete, and what may be sent when.

import type { Fault, Thread } from "./wire.ts";

export const STEPS = ["what", "whom", "send"] as const;
export type Step = (typeof STEPS)[number];

/** At which step a fault is mended. */
export function stepOf(fault: Fault): Step {
  return fault.field.startsWith("audience") ? "whom" : "what";
}

export function faultsAt(step: Step, lint: readonly Fault[]): Fault[] {
  return lint.filter((fault) => stepOf(fault) === step);
}

/** Those that keep the words back first; missing translations are told as one, elsewhere. */
export function toMend(lint: readonly Fault[]): Fault[] {
  const told = lint.filter(({ slug }) => slug !== "missing_translation");
  return [...told.filter(({ refuses }) => refuses), ...told.filter(({ refuses }) => !refuses)];
}

/** The languages of the campus that have no words of their own. */
export function untranslated(lint: readonly Fault[]): string[] {
  return lint
    .filter(({ slug }) => slug === "missing_translation")
    .map(({ field }) => field.replace(/^languages\./, ""));
}

/** Nothing keeps this step back; a draft that the server does not know is complete nowhere. */
export function isComplete(step: Step, thread: Thread | null): boolean {
  if (!thread) return false;
  if (step === "send") return !thread.lint.some(({ refuses }) => refuses);
  return !faultsAt(step, thread.lint).some(({ refuses }) => refuses);
}

export type Standing = "unkept" | "faults" | "conflict" | "ready";

/** Whether it may be sent: exactly what the screen shows has been kept, and nothing refuses it. */
export function mayGo(thread: Thread | null, kept: boolean, conflict: boolean): Standing {
  if (conflict) return "conflict";
  if (!thread || !kept) return "unkept";
  return isComplete("send", thread) ? "ready" : "faults";
}

export type Role = "writes" | "asked" | "waits" | "tally" | "gone";

/** What somebody does with a thread: write it, confirm it as the second person, wait for one, or watch it. */
export function roleIn(thread: Thread, me: string): Role {
  if (thread.state === "dropped") return "gone";
  if (thread.state !== "draft") return "tally";
  if (!thread.second) return "writes";
  return mayConfirm(thread, me) ? "asked" : "waits";
}

/** The second person is neither who wrote the words nor who asked. */
export function mayConfirm(thread: Thread, me: string): boolean {
  const waiting = thread.versions.find(({ issued_at }) => !issued_at);
  return thread.second !== null && thread.second.asked_by.id !== me && waiting?.written_by.id !== me;
}
