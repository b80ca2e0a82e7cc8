// Cases as far as this phone knows them: a case never goes backwards on a screen, whatever arrives late.

import type { Incident } from "../../backend/web/browser/wire.ts";

const HOW_FAR = ["raised", "offered", "accepted", "en_route", "on_scene", "resolved", "cancelled"];
const OVER = new Set(["resolved", "cancelled"]);

/** What a case is here, whoever looks at it. */
type Case = Pick<Incident, "id" | "state" | "progress">;

export function isOpen(incident: Pick<Case, "state">): boolean {
  return !OVER.has(incident.state);
}

/** What is known after an answer or a message; one that was reduced to its ids says nothing. */
export function newer<T extends Case>(known: T | undefined, told: Partial<T>): T | undefined {
  if (!told.state || !told.id) return known;
  if (known && isOlder(told as T, known)) return known;
  return { ...known, ...told } as T;
}

function isOlder(told: Case, known: Case): boolean {
  if (!isOpen(known)) return isOpen(told);
  const [now, before] = [told.progress?.length ?? 0, known.progress?.length ?? 0];
  return now && before ? now < before : HOW_FAR.indexOf(told.state) < HOW_FAR.indexOf(known.state);
}

/** Open ones first, then the newest. */
export function inOrder(cases: Iterable<Incident>): Incident[] {
  return [...cases].sort(
    (one, other) =>
      Number(isOpen(other)) - Number(isOpen(one)) || Date.parse(other.received_at) - Date.parse(one.received_at),
  );
}
