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
  often: Deed[];
  rarely: Deed[];
}

/** Two work on a concern, and the Prevent lead refers it; whoever only reads it may stand aside. */
export function waysOf(concern: Listed, { isLead }: { isLead: boolean }): Ways {
  const { stage, mine } = concern;
  const refers = isLead && stage === "triaged" && concern.outcome === "prevent";
  if (stage === "waiting") return { first: "assign", often: [], rarely: ["recuse"] };
  if (!mine) return { first: refers ? "refer" : null, often: [], rarely: ["recuse"] };
  if (stage === "closed") return { first: null, often: ["reopen"], rarely: ["hold"] };
  const rarely: Deed[] = ["hand_over", "share", "hold", "recuse"];
  if (stage === "assigned") return { first: "triage", often: ["reply", "note"], rarely };
  return { first: "close", often: [...(refers ? (["refer"] as const) : []), "reply", "note", "triage"], rarely };
}

/** How many days until that one, both in UTC. */
export function daysUntil(day: string, now: number): number {
  const today = new Date(now).toISOString().slice(0, 10);
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}
