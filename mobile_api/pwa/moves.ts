// What an officer has answered and done, kept until the server knows: the order of it, when it is sent again, how it ends.

import type { Offer, OfficersCase, Problem } from "../../backend/web/browser/wire.ts";
import { HONEST_MS, type Outcome } from "./queue.ts";

export type Move = "en_route" | "on_scene" | "resolved";

/** One thing an officer did. What it is about is kept with it, so that it stands on the screen without a network. */
export type Act = {
  id: string;
  incident_id: string;
  at: number;
  tries: number;
  next_at: number;
  /** The sign-in is no longer good: it waits for a new one. */
  held: boolean;
} & (
  | { does: "accept"; offer: Offer }
  | { does: "decline"; offer: Offer; reason: string }
  | { does: "move"; move: Move }
);

const WAITS_MS = [500, 1000, 2000, 3000, 5000];
const LONGEST_WAIT_MS = 10_000;

const NEXT: Record<string, Move> = { accepted: "en_route", en_route: "on_scene", on_scene: "resolved" };

/** Where the server takes it: the same again is fine there. */
export function request(act: Act): [path: string, body?: Record<string, unknown>] {
  if (act.does === "accept") return [`/v1/offers/${act.offer.id}/accept`];
  if (act.does === "decline") return [`/v1/offers/${act.offer.id}/decline`, { reason: act.reason }];
  return [`/v1/incidents/${act.incident_id}/moves`, { move: act.move }];
}

/** What is to be sent now: of each case the first alone, for "I am here" must not overtake "on my way". */
export function due(acts: readonly Act[], now: number): Act[] {
  return heads(acts).filter((act) => !act.held && act.next_at <= now);
}

/** When the next of them is due that is not being sent, or null. */
export function nextAt(acts: readonly Act[], sending: ReadonlySet<string> = new Set()): number | null {
  const times = heads(acts)
    .filter(({ id, held }) => !held && !sending.has(id))
    .map(({ next_at }) => next_at);
  return times.length ? Math.min(...times) : null;
}

function heads(acts: readonly Act[]): Act[] {
  return acts.filter((act, index) => acts.findIndex((one) => one.incident_id === act.incident_id) === index);
}

/** How it goes on after an attempt; null once the server has said yes or no, as a no about a case is final. */
export function after(act: Act, outcome: Outcome, now: number): Act | null {
  if (outcome.came === "answer") return null;
  const tries = act.tries + 1;
  const wait = WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? LONGEST_WAIT_MS;
  if (outcome.came === "nothing") return { ...act, tries, next_at: now + wait };
  const { status, retryAfter_s } = outcome;
  if (status === 401) return { ...act, tries, held: true };
  if (status < 500 && status !== 408 && status !== 425 && status !== 429) return null;
  return { ...act, tries, next_at: now + Math.max(wait, Math.min((retryAfter_s ?? 0) * 1000, LONGEST_WAIT_MS)) };
}

/** After a no: what was planned behind it falls with it when the case is not one's own, or over. */
export function without(acts: readonly Act[], refused: Act, problem: Problem): Act[] {
  const over = refused.does !== "move" || problem.legal?.length === 0 || problem.status === 404;
  return acts.filter((one) => one.id !== refused.id && !(over && one.incident_id === refused.incident_id));
}

/** "sending" only while a quick answer can still be hoped for. */
export function isUnsent(act: Act, now: number): boolean {
  return act.held || act.tries > 0 || now - act.at > HONEST_MS;
}

/** One's own place in the case as the server knows it; null for who does not have it. */
export function ownState({ responders }: Pick<OfficersCase, "responders">, officer_id: string): string | null {
  return responders.find((one) => one.officer_id === officer_id)?.state ?? null;
}

/** The same with what the server has not heard of yet. */
export function stateAfter(known: string, acts: readonly Act[], incident_id: string): string {
  const moves = acts.filter((act) => act.does === "move" && act.incident_id === incident_id);
  const last = moves.at(-1);
  return last?.does === "move" ? last.move : known;
}

/** The one big button. */
export function nextMove(state: string): Move | null {
  return NEXT[state] ?? null;
}
