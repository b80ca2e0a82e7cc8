// What somebody may do with a concern as it stands, and which of it comes first.

import type { Listed } from "./wire.ts";

export type Deed =
  | "assign"
  | "triage"
  | "reply"
  | "note"
  | "close"
  | "reopen"
  | "hand_over"
  | "share"
  | "refer"
  | "hold"
  | "recuse";

export interface Ways {
  first: Deed | null;
  others: Deed[];
}

/** Two work on a concern, and the Prevent lead refers it; whoever only reads it may stand aside. */
export function waysOf(concern: Listed, { isLead }: { isLead: boolean }): Ways {
  const { stage, mine } = concern;
  if (stage === "waiting") return { first: "assign", others: ["recuse"] };
  const refers = isLead && stage === "triaged" && concern.outcome === "prevent";
  if (!mine) return { first: refers ? "refer" : null, others: ["recuse"] };
  if (stage === "closed") return { first: null, others: ["reopen", "hold"] };
  const always: Deed[] = ["reply", "note", "hand_over", "share", "hold", "recuse"];
  if (stage === "assigned") return { first: "triage", others: always };
  return { first: "close", others: [...(refers ? (["refer"] as const) : []), "triage", ...always] };
}

/** How many days until that one, both in UTC. */
export function daysUntil(day: string, now: number): number {
  const today = new Date(now).toISOString().slice(0, 10);
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}
