// The cases this person has had open: kept while something typed or unsent lies in them, and for nobody else.

import type { Said } from "../../../../../web/browser/wire.ts";
import type { Desk } from "../../../desk.ts";
import { Opened } from "./opened.ts";

/** What of the desk a shelf needs. */
type Seat = Pick<Desk, "session" | "ask" | "changed" | "listen">;

const shelves = new WeakMap<Seat, Shelf>();

/** The shelf of whoever sits here; the next person begins with an empty one. */
export function shelfOf(desk: Seat): Shelf {
  const person = desk.session?.person.id ?? "";
  const before = shelves.get(desk);
  if (before?.person === person) return before;
  before?.clear();
  const made = new Shelf(desk, person);
  shelves.set(desk, made);
  return made;
}

export class Shelf {
  private readonly cases = new Map<string, Opened>();
  private readonly unhear: () => void;

  constructor(
    private readonly desk: Seat,
    readonly person: string,
  ) {
    this.unhear = desk.listen({
      message: (message) => {
        for (const one of this.own()) one.hear(message);
      },
      live: () => {
        for (const one of this.own()) void one.live();
      },
    });
  }

  take(id: string, heard: (news: Said[]) => void): Opened {
    const kept = this.cases.get(id);
    if (kept) return kept;
    const made = new Opened(id, this.desk.ask, this.desk.changed, heard);
    this.cases.set(id, made);
    return made;
  }

  putBack(one: Opened): void {
    one.rest();
    if (!one.keeps) this.cases.delete(one.id);
  }

  /** Whoever sits here now must not send what somebody else has written. */
  private own(): Iterable<Opened> {
    if (this.desk.session?.person.id !== this.person) this.clear();
    return this.cases.values();
  }

  clear(): void {
    this.unhear();
    for (const one of this.cases.values()) one.rest();
    this.cases.clear();
  }
}
