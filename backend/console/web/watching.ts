// What is news at a console: cases that were not there before, and words that nobody here has read.

import { isOpen } from "./board.ts";
import type { Row } from "./wire.ts";

/** The newest of what came: cases that were not there before, and whether somebody has said something since. */
export interface News {
  cases: Row[];
  said: boolean;
}

/** Compares what stands with what stood: what stands already when one comes is no news. */
export class Watching {
  private known: ReadonlyMap<string, Row> | null = null;

  news(rows: ReadonlyMap<string, Row>): News {
    const before = this.known;
    this.known = new Map(rows);
    if (!before) return { cases: [], said: false };
    const cases = [...rows.values()].filter((row) => isOpen(row) && !before.has(row.id));
    const said = [...rows.values()].some(
      (row) => isOpen(row) && row.unread > (before.get(row.id)?.unread ?? row.unread),
    );
    return { cases, said };
  }
}
