// What this phone knows, kept through reloads and without a network: cases, broadcasts, the timer, the campus, the cards.

import { now } from "../../backend/web/browser/clock.ts";
import type { Broadcast, Campus, CheckIn, Guidance, Incident } from "../../backend/web/browser/wire.ts";
import { inOrder, isOpen, newer } from "./cases.ts";
import { forget, recall, remember } from "./keeping.ts";
import { isOver, newest } from "./warned.ts";

/** Members put a closed case away by hand; one of long ago is not brought back by a reload. */
const KEEP_CLOSED_MS = 3_600_000;

export class Known {
  campus: Campus | null = null;
  guidance: Guidance | null = null;
  checkIn: CheckIn | null = null;
  readonly cases = new Map<string, Incident>();
  readonly broadcasts = new Map<string, Broadcast>();

  constructor(private readonly changed: () => void) {}

  async recall(): Promise<void> {
    this.campus = await recall("campus");
    this.guidance = await recall("guidance");
    this.checkIn = await recall("check_in");
    for (const one of (await recall<Incident[]>("cases")) ?? []) {
      if (isOpen(one) || now() - Date.parse(one.received_at) < KEEP_CLOSED_MS) this.cases.set(one.id, one);
    }
    for (const one of (await recall<Broadcast[]>("broadcasts")) ?? []) this.broadcasts.set(one.id, one);
  }

  /** What an answer or a message says of a case; what is known of it after that, with what was known before. */
  take(told: Partial<Incident>): { before: Incident | undefined; after: Incident } | null {
    const before = told.id ? this.cases.get(told.id) : undefined;
    const after = newer(before, told);
    if (!after) return null;
    this.cases.set(after.id, after);
    this.keepCases();
    return { before, after };
  }

  putAway(id: string): void {
    this.cases.delete(id);
    this.keepCases();
  }

  get inOrder(): Incident[] {
    return inOrder(this.cases.values());
  }

  get open(): Incident[] {
    return this.inOrder.filter(isOpen);
  }

  /** A version from wherever it came; what it became, when that is news. */
  warn(told: Broadcast, languages: readonly string[]): Broadcast | null {
    const before = this.broadcasts.get(told.id);
    const after = newest(before, told, languages);
    if (!after || after === before) return null;
    this.broadcasts.set(after.id, after);
    this.keepBroadcasts();
    return after.version === before?.version ? null : after;
  }

  /** Only these are in force: the rest ended while nobody was listening. */
  inForce(ids: ReadonlySet<string>): void {
    for (const one of this.broadcasts.values()) {
      if (!ids.has(one.id) && !isOver(one)) this.broadcasts.set(one.id, { ...one, ended: true });
    }
    this.keepBroadcasts();
  }

  answered(one: Broadcast, my_answer: NonNullable<Broadcast["my_answer"]>): void {
    this.broadcasts.set(one.id, { ...one, my_answer });
    this.keepBroadcasts();
  }

  dismiss(id: string): void {
    this.broadcasts.delete(id);
    this.keepBroadcasts();
  }

  timer(checkIn: CheckIn): void {
    this.checkIn = checkIn;
    void remember("check_in", checkIn);
    this.changed();
  }

  learn(campus: Campus | null, guidance: Guidance | null): void {
    this.campus = campus ?? this.campus;
    this.guidance = guidance ?? this.guidance;
    void remember("campus", this.campus);
    void remember("guidance", this.guidance);
    this.changed();
  }

  /** Everything of the person who leaves; what anybody may know stays. */
  async forget(): Promise<void> {
    this.cases.clear();
    this.broadcasts.clear();
    this.checkIn = null;
    await forget();
    this.learn(null, null);
  }

  private keepCases(): void {
    void remember("cases", [...this.cases.values()]);
    this.changed();
  }

  private keepBroadcasts(): void {
    void remember("broadcasts", [...this.broadcasts.values()]);
    this.changed();
  }
}
