// A press on its way: kept first, sent at once, and sent again with the same tap_id until the server has answered.

import { call, Refused } from "../../backend/web/browser/calling.ts";
import type { Incident, Position } from "../../backend/web/browser/wire.ts";
import type { Drawer } from "./keeping.ts";
import * as queue from "./queue.ts";

/** A drawer that does not answer must not hold a call for help up. */
const KEEPING_MS = 250;
const OPENING_MS = 2_000;
const PATIENCE_MS = 8_000;

export type Send = (body: Record<string, unknown>, token: string) => Promise<Incident>;

/** Over HTTP, and on its way even when the page is left meanwhile. */
export const overHttp: Send = (body, token) =>
  call<Incident>("POST", "/v1/taps", body, { token, patience_ms: PATIENCE_MS, keepalive: true });

export interface Who {
  id: string;
  token: string;
}

export interface Tells {
  changed(): void;
  answered(incident: Incident, one: queue.Waiting): void;
}

/** All presses on their way from this phone; only those of who is signed in are sent. */
export class Pressing {
  waiting: queue.Waiting[] = [];
  private who: Who | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly sending = new Set<string>();

  constructor(
    private readonly drawer: Drawer,
    private readonly tells: Tells,
    private readonly send: Send = overHttp,
    private readonly now: () => number = Date.now,
  ) {}

  /** Go on with what was on its way before the page was loaded; `who` may be nobody. */
  async resume(who: Who | null): Promise<void> {
    this.who = who;
    const reading = this.drawer.all().then(
      (kept) => {
        const known = new Set(this.waiting.map((one) => one.tap_id));
        this.waiting.push(...kept.filter((one) => !known.has(one.tap_id)));
        this.wake({ signedIn: true });
      },
      () => undefined,
    );
    await within(OPENING_MS, reading);
    this.wake({ signedIn: true });
  }

  /** Those of who is signed in, the most urgent first. */
  get own(): queue.Waiting[] {
    return this.who ? queue.mine(this.waiting, this.who.id) : [];
  }

  async press(press: Omit<queue.Press, "person_id">): Promise<void> {
    if (!this.who) return;
    const whole = { ...press, person_id: this.who.id };
    if (queue.sameAs(whole, this.waiting)) {
      this.wake();
      return;
    }
    const one = queue.waiting(whole, this.now());
    this.waiting.push(one);
    this.tells.changed();
    await within(
      KEEPING_MS,
      this.drawer.put(one).catch(() => undefined),
    );
    this.goOn();
  }

  /** A position that came late goes with the next attempt. */
  locate(position: Position): void {
    this.waiting = this.waiting.map((one) => (one.position ? one : { ...one, position }));
  }

  /** The person has got help otherwise, or never wanted it. */
  giveUp(tap_id: string): void {
    this.settle(tap_id);
    this.tells.changed();
  }

  /** Try all again now. */
  wake({ signedIn = false } = {}): void {
    this.waiting = this.waiting.map((one) => queue.woken(one, this.now(), { signedIn }));
    this.goOn();
  }

  private goOn(): void {
    clearTimeout(this.timer);
    if (!this.who) return;
    for (const one of queue.due(this.waiting, this.who.id, this.now())) void this.attempt(one, this.who);
    const idle = this.waiting.filter((one) => !this.sending.has(one.tap_id));
    const next = queue.nextAt(idle, this.who.id);
    if (next !== null) this.timer = setTimeout(() => this.goOn(), Math.max(0, next - this.now()));
    this.tells.changed();
  }

  private async attempt(one: queue.Waiting, who: Who): Promise<void> {
    if (this.sending.has(one.tap_id)) return;
    this.sending.add(one.tap_id);
    let incident: Incident | null = null;
    let outcome: queue.Outcome = { came: "nothing" };
    try {
      incident = await this.send(queue.body(one), who.token);
      outcome = { came: "answer" };
    } catch (fault) {
      if (fault instanceof Refused) {
        outcome = { came: "no", status: fault.status, problem: fault.problem, retryAfter_s: fault.retryAfter_s };
      }
    }
    this.sending.delete(one.tap_id);
    // Read anew: it may have got a position, or been given up, while it was on its way.
    const now = this.waiting.find(({ tap_id }) => tap_id === one.tap_id);
    if (incident) {
      this.settle(one.tap_id);
      this.tells.answered(incident, one);
    } else if (now) {
      const next = queue.after(now, outcome, this.now());
      if (next) this.change(next);
    }
    this.goOn();
  }

  private change(next: queue.Waiting): void {
    this.waiting = this.waiting.map((one) => (one.tap_id === next.tap_id ? next : one));
    void this.drawer.put(next).catch(() => undefined);
  }

  private settle(tap_id: string): void {
    this.waiting = this.waiting.filter((one) => one.tap_id !== tap_id);
    void this.drawer.remove(tap_id).catch(() => undefined);
  }
}

/** Waits for it, but no longer than so long; what comes later still happens. */
async function within(most_ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    work,
    new Promise((resolve) => {
      timer = setTimeout(resolve, most_ms);
    }),
  ]);
  clearTimeout(timer);
}
