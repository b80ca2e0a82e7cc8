// The rules of a press on its way: when it is sent again, what an answer means for it, and what the screen may claim.

import type { Kind, Position, Problem } from "../../backend/web/browser/wire.ts";

/** A press that has not been answered. It is kept on the phone, and sent with the same `tap_id` until it is. */
export interface Waiting {
  tap_id: string;
  person_id: string;
  kind: Kind;
  silent: boolean;
  trigger: "button" | "hold" | "responder_duress";
  pressed_at: string;
  position: Position | null;
  tries: number;
  next_at: number;
  /** The server could not read the whole: only what it cannot do without is sent from now on. */
  bare: boolean;
  /** Why it waits for the person: to sign in again, or to do something else since the server will not have it. */
  held: "sign_in" | "refused" | null;
  problem: Problem | null;
}

export type Outcome =
  | { came: "answer" }
  | { came: "nothing" }
  | { came: "no"; status: number; problem: Problem; retryAfter_s: number | null };

/** What the screen says of it; never kinder than the truth. */
export type Standing = "sending" | "unsent" | "sign_in" | "refused";

const WAITS_MS = [500, 1000, 2000, 3000, 5000];
/** Whatever a server asks for, a call for help is not put off for longer. */
const LONGEST_WAIT_MS = 10_000;
/** An answer that is not there by then is told as none, though it may still come. */
export const HONEST_MS = 4_000;
/** Sent again now and then, for what a server refuses today it may take after its next start. */
const REFUSED_WAIT_MS = 30_000;

const URGENCY: Record<Kind, number> = { help: 0, first_aid: 1, emergency: 2 };

export interface Press {
  tap_id: string;
  person_id: string;
  kind: Kind;
  silent: boolean;
  pressed_at: string;
  position: Position | null;
  /** An officer in danger. */
  trigger?: "responder_duress";
}

/** A press as it is kept, due at once. */
export function waiting(press: Press, now: number): Waiting {
  const trigger = press.trigger ?? (press.silent ? "hold" : "button");
  return { ...press, trigger, tries: 0, next_at: now, bare: false, held: null, problem: null };
}

/**
 * The press of the same kind that is still on its way, when this one says nothing new.
 *
 * A silent or more urgent one always goes by itself: the server never lets it join a quieter one. Nor does an
 * officer's own danger join anything else.
 */
export function sameAs(press: Press, among: readonly Waiting[]): Waiting | undefined {
  return among.find(
    (one) =>
      one.person_id === press.person_id &&
      one.kind === press.kind &&
      (one.silent || !press.silent) &&
      (press.trigger ?? one.trigger) === one.trigger,
  );
}

/** What is sent; the server drops what it cannot read, so that only a body that is none can be refused. */
export function body(one: Waiting): Record<string, unknown> {
  const { tap_id, kind, silent, trigger, pressed_at, position } = one;
  const least = { tap_id, kind, silent, trigger, pressed_at };
  return one.bare || !position ? least : { ...least, position };
}

/** How it goes on after an attempt: null once it was answered, as nothing but an answer ends it. */
export function after(one: Waiting, outcome: Outcome, now: number): Waiting | null {
  if (outcome.came === "answer") return null;
  const tries = one.tries + 1;
  const wait = WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? LONGEST_WAIT_MS;
  if (outcome.came === "nothing") return { ...one, tries, held: null, problem: null, next_at: now + wait };
  const { status, problem, retryAfter_s } = outcome;
  if (status === 401) return { ...one, tries, held: "sign_in", problem, next_at: Number.POSITIVE_INFINITY };
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    const asked = Math.min((retryAfter_s ?? 0) * 1000, LONGEST_WAIT_MS);
    return { ...one, tries, held: null, problem, next_at: now + Math.max(wait, asked) };
  }
  if (!one.bare) return { ...one, tries, bare: true, problem, next_at: now };
  return { ...one, tries, held: "refused", problem, next_at: now + REFUSED_WAIT_MS };
}

/** Due at once: the network is back, somebody looks, or the sign-in stands again. */
export function woken(one: Waiting, now: number, { signedIn = false } = {}): Waiting {
  if (one.held === "sign_in" && !signedIn) return one;
  return { ...one, held: one.held === "sign_in" ? null : one.held, next_at: Math.min(one.next_at, now) };
}

/** Those of this person that may be sent now. Nobody's press is ever sent as somebody else's. */
export function due(among: readonly Waiting[], person_id: string, now: number): Waiting[] {
  return mine(among, person_id).filter((one) => one.next_at <= now);
}

/** When the next of them is due, or null when none waits for a time. */
export function nextAt(among: readonly Waiting[], person_id: string): number | null {
  const times = mine(among, person_id).map((one) => one.next_at);
  const first = Math.min(...times);
  return Number.isFinite(first) ? first : null;
}

/** What may be claimed of it: "sending" only while a quick answer can still be hoped for. */
export function standing(one: Waiting, now: number): Standing {
  if (one.held) return one.held;
  return one.tries > 0 || now - Date.parse(one.pressed_at) > HONEST_MS ? "unsent" : "sending";
}

/** This person's presses, the most urgent first. */
export function mine(among: readonly Waiting[], person_id: string): Waiting[] {
  return among
    .filter((one) => one.person_id === person_id)
    .sort((one, other) => URGENCY[other.kind] - URGENCY[one.kind] || one.pressed_at.localeCompare(other.pressed_at));
}
