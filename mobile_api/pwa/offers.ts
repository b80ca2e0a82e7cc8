// What an officer is asked: which comes first, what it sounds like, and why one that is gone is gone.

import type { Kind, Offer, OfficersCase } from "../../backend/web/browser/wire.ts";

const URGENCY: Record<Kind, number> = { help: 0, first_aid: 1, emergency: 2 };

type About = Pick<OfficersCase, "kind" | "trigger" | "silent">;

/** A colleague in danger, or somebody who is being forced. */
export function underDuress({ trigger }: Pick<OfficersCase, "trigger">): boolean {
  return trigger === "responder_duress" || trigger === "duress_pin";
}

/** The most urgent first, the one that waits longest before others like it. */
export function mostUrgent(one: OfficersCase | Offer["incident"], other: OfficersCase | Offer["incident"]): number {
  const grave = (about: About) => URGENCY[about.kind] * 2 + Number(underDuress(about));
  return grave(other) - grave(one) || Date.parse(one.received_at) - Date.parse(other.received_at);
}

export function inOrder(offers: Iterable<Offer>): Offer[] {
  return [...offers].sort((one, other) => mostUrgent(one.incident, other.incident));
}

/**
 * Whether it may be heard. Of a silent case nothing sounds, it is felt and seen:
 * who comes may stand beside whoever must not hear it. But a colleague's call is
 * silent on the colleague's phone alone.
 */
export function sounds({ silent, trigger }: About): boolean {
  return !silent || trigger === "responder_duress";
}

/** What stands once the server has named all there are; who was asked before keeps what is on the screen. */
export function standing(
  known: ReadonlyMap<string, Offer>,
  told: readonly Offer[],
  answered: ReadonlySet<string>,
): { now: Map<string, Offer>; news: Offer[]; gone: Offer[] } {
  const now = new Map(told.filter(({ id }) => !answered.has(id)).map((one) => [one.id, one]));
  return {
    now,
    news: [...now.values()].filter(({ id }) => !known.has(id)),
    gone: [...known.values()].filter(({ id }) => !now.has(id)),
  };
}
