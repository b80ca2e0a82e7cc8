// Where a case is, in the words of the frame; the same on the board, in the band and in the title.

import type { Row } from "./wire.ts";
import { words } from "./words/index.ts";

export function placeOf({ zone, position, inside }: Pick<Row, "zone" | "position" | "inside">): string {
  if (zone) return words.place(zone.name, position?.floor ?? null);
  return inside === false ? words.outside : words.nowhere;
}

/** `Emergency E-2026-0147`. */
export function nameOf({ kind, reference }: Pick<Row, "kind" | "reference">): string {
  return `${words.kinds[kind]} ${reference}`;
}

/** What an alarm is about; one this page does not know yet is an alarm all the same. */
export function reasonOf(reason: string): string {
  return words.alarms[reason] ?? words.otherAlarm;
}
