// What an officer did, on its way: kept first, sent in order, and sent again until the server has said yes or no.

import { Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import type { OfficersCase } from "../../backend/web/browser/wire.ts";
import * as moves from "./moves.ts";
import type { Outcome } from "./queue.ts";

export interface Ways {
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  recall(): Promise<moves.Act[] | null>;
  keep(acts: moves.Act[]): Promise<void>;
}

export interface Hears {
  changed(): void;
  /** The server said yes; null where its answer holds no case. */
  done(act: moves.Act, incident: OfficersCase | null): void;
  refused(act: moves.Act, why: Refused): void;
}

export class Acting {
  acts: moves.Act[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly sending = new Set<string>();

  constructor(
    private readonly ways: Ways,
    private readonly hears: Hears,
    private readonly now: () => number = Date.now,
  ) {}

  /** Go on with what was on its way before the page was loaded. */
  async resume(): Promise<void> {
    const known = new Set(this.acts.map(({ id }) => id));
    const kept = (await this.ways.recall()) ?? [];
    this.acts = [...kept.filter(({ id }) => !known.has(id)), ...this.acts];
    this.wake();
  }

  /** Once for each answer to an offer and each move: a second press of the same says nothing new. */
  do(act: moves.Act): void {
    if (this.acts.some(({ id }) => id === act.id)) return;
    this.acts = [...this.acts, act];
    this.keep();
    this.wake();
  }

  /** Try all again now: the network is back, or the sign-in stands again. */
  wake(): void {
    this.acts = this.acts.map((act) => ({ ...act, held: false, next_at: Math.min(act.next_at, this.now()) }));
    this.goOn();
  }

  clear(): void {
    clearTimeout(this.timer);
    this.acts = [];
  }

  private goOn(): void {
    clearTimeout(this.timer);
    for (const act of moves.due(this.acts, this.now())) void this.attempt(act);
    const next = moves.nextAt(this.acts, this.sending);
    if (next !== null) this.timer = setTimeout(() => this.goOn(), Math.max(50, next - this.now()));
    this.hears.changed();
  }

  private async attempt(act: moves.Act): Promise<void> {
    if (this.sending.has(act.id)) return;
    this.sending.add(act.id);
    let outcome: Outcome = { came: "nothing" };
    let answer: OfficersCase | null = null;
    let no: Refused | null = null;
    try {
      const [path, body] = moves.request(act);
      answer = await this.ways.ask<OfficersCase | null>("POST", path, body);
      outcome = { came: "answer" };
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
      if (fault instanceof Refused) {
        no = fault;
        outcome = { came: "no", status: fault.status, problem: fault.problem, retryAfter_s: fault.retryAfter_s };
      }
    } finally {
      this.sending.delete(act.id);
    }
    // Signed out meanwhile: nobody waits for it any more.
    if (!this.acts.some(({ id }) => id === act.id)) return;
    const next = moves.after(act, outcome, this.now());
    if (next) this.acts = this.acts.map((one) => (one.id === act.id ? next : one));
    else if (no) {
      this.acts = moves.without(this.acts, act, { ...no.problem, status: no.status });
      this.hears.refused(act, no);
    } else {
      this.acts = this.acts.filter(({ id }) => id !== act.id);
      this.hears.done(act, answer);
    }
    this.keep();
    this.goOn();
  }

  private keep(): void {
    void this.ways.keep(this.acts);
  }
}
