// Which broadcast an address opens: a draft that gets its own address while somebody types is the same one.

import type { Desk } from "../../desk.ts";
import { AtHand } from "./at_hand.ts";

let owner: Desk["session"] = null;
let fresh: AtHand | null = null;
const known = new Map<string, AtHand>();

export function opened(desk: Desk, rest: string): AtHand {
  // Whoever signs in next finds none of what the one before had open.
  if (owner?.person.id !== desk.session?.person.id) {
    known.clear();
    fresh = null;
  }
  owner = desk.session;
  if (rest === "new") {
    if (fresh?.id && !known.has(fresh.id)) known.set(fresh.id, fresh);
    if (!fresh || (fresh.id && location.hash === "#/broadcasts/new")) fresh = new AtHand(desk, null);
    return fresh;
  }
  if (fresh?.id === rest) {
    known.set(rest, fresh);
    fresh = null;
  }
  const found = known.get(rest) ?? new AtHand(desk, rest);
  known.set(rest, found);
  return found;
}

export function shut(one: AtHand): void {
  if (one.id) known.delete(one.id);
  if (fresh === one) fresh = null;
}
