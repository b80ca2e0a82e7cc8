// One broadcast that somebody has open: its draft as it is typed, and its thread as the server last told it.

import { Refused, Unreachable } from "../../../../web/browser/calling.ts";
import { Rereading } from "../../../../web/browser/rereading.ts";
import type { Desk } from "../../desk.ts";
import { Saving } from "./saving.ts";
import { bodyOf, EMPTY, hasBegun, type Sketch, sketchOf } from "./sketch.ts";
import { roleIn, type Step } from "./steps.ts";
import { Unsaved } from "./unsaved.ts";
import type { BroadcastCampus, Tally, Thread } from "./wire.ts";

const DOOR = "/console/api/broadcasts";

const clock = {
  after(ms: number, then: () => void): () => void {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

export class AtHand {
  sketch: Sketch = EMPTY;
  thread: Thread | null = null;
  tally: Tally | null = null;
  step: Step = "what";
  /** Somebody else has written on the draft meanwhile, in the server's words. */
  conflict = "";
  /** Why the draft cannot be kept as it is. */
  refused = "";
  /** Why it cannot be shown. */
  missing = "";
  readonly saving: Saving<Sketch>;
  private readonly person_id: string;
  private readonly unsaved: Unsaved;
  private readonly reading = new Rereading(
    () => this.readThread(),
    () => this.desk.changed(),
  );

  constructor(
    private readonly desk: Desk,
    public id: string | null,
  ) {
    this.person_id = desk.session?.person.id ?? "";
    this.unsaved = new Unsaved(this.person_id);
    this.saving = new Saving((sketch) => this.put(sketch), clock, desk.changed);
    const kept = this.unsaved.kept(id);
    if (!kept) return;
    this.sketch = kept;
    if (!id) this.write(() => kept);
  }

  get campus(): BroadcastCampus | null {
    return this.desk.standing.campus as BroadcastCampus | null;
  }

  get isExercise(): boolean {
    return this.sketch.exercise || (this.thread?.exercise ?? false);
  }

  get isKept(): boolean {
    return this.thread !== null && this.saving.state === "kept";
  }

  go(step: Step): void {
    this.step = step;
    this.saving.flush();
    this.desk.changed();
  }

  /** Take what was typed: it stands on the screen at once, and at the server soon. */
  write(change: (before: Sketch) => Sketch, now = false): void {
    const sketch = change(this.sketch);
    this.sketch = sketch;
    if (hasBegun(sketch)) {
      this.unsaved.keep(this.id, sketch);
      if (!this.conflict) this.saving.want(sketch, { now });
    }
    this.desk.changed();
  }

  /** Somebody else's words in place of mine, or mine in place of theirs. */
  async settle(mine: boolean): Promise<void> {
    const thread = await this.desk.ask<Thread>("GET", `${DOOR}/${this.id}`);
    this.conflict = "";
    this.thread = thread;
    if (mine) this.saving.want(this.sketch, { now: true });
    else {
      this.saving.forget();
      this.take(thread);
    }
    this.desk.changed();
  }

  /** The thread again; of several wishes at once one more request comes of it. */
  async read(): Promise<void> {
    if (!this.id) return;
    try {
      await this.reading.read();
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
      if (fault instanceof Refused && fault.status === 404) this.missing = fault.message;
      this.desk.changed();
    }
  }

  private async readThread(): Promise<void> {
    const thread = await this.desk.ask<Thread>("GET", `${DOOR}/${this.id}`);
    this.missing = "";
    this.hear(thread);
    if (thread.version) await this.count();
  }

  /** How far it got, counted now. */
  async count(): Promise<void> {
    try {
      this.tally = await this.desk.ask<Tally>("GET", `${DOOR}/${this.id}/tally`);
    } catch (fault) {
      // What was counted last stands, with its age in the line that says it is not live.
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
    }
    this.desk.changed();
  }

  /** A deed on the thread: its answer is the thread as it is now. */
  async does(deed: string, body?: unknown): Promise<void> {
    try {
      this.thread = await this.desk.ask<Thread>("POST", `${DOOR}/${this.id}/${deed}`, body);
    } catch (fault) {
      // Done already, perhaps by the answer that got lost: the thread says so itself.
      if (fault instanceof Refused && fault.status === 409) await this.read();
      if (fault instanceof Refused && fault.slug === "broadcast-issued") return;
      throw fault;
    }
    if (this.thread.version) await this.read();
    this.desk.changed();
  }

  async drop(): Promise<void> {
    if (this.id) await this.desk.ask("DELETE", `${DOOR}/${this.id}`);
    this.saving.forget();
    this.unsaved.forget(this.id);
  }

  /** Back to writing; what a second person was asked is void as soon as it is kept again. */
  change(): void {
    this.step = "what";
    this.write((before) => before, true);
  }

  private hear(thread: Thread): void {
    const first = this.thread === null;
    const stood = this.thread?.versions.at(-1)?.written_at;
    if (first || this.saving.state === "kept") {
      const unsaved = first && thread.state === "draft" ? this.unsaved.kept(this.id) : null;
      const moved = thread.versions.at(-1)?.written_at !== stood;
      this.thread = thread;
      if (unsaved) this.write(() => unsaved);
      else if (first || moved) this.take(thread);
      return;
    }
    // Words of mine are under way: what is out is out, a draft is told by their answer.
    if (roleIn(thread, this.desk.session?.person.id ?? "") === "tally") {
      this.saving.forget();
      this.thread = thread;
    }
  }

  private take(thread: Thread): void {
    this.unsaved.forget(this.id);
    this.sketch = sketchOf(thread, this.campus?.templates ?? [], this.campus?.zones ?? []);
  }

  private async put(sketch: Sketch): Promise<"kept" | "again" | "refused"> {
    // Whoever sits here now must not write what somebody else has typed.
    if (this.desk.session?.person.id !== this.person_id) return "refused";
    const over = this.thread?.versions.at(-1)?.written_at;
    try {
      this.thread = this.id
        ? await this.desk.ask<Thread>("PUT", `${DOOR}/${this.id}`, { ...bodyOf(sketch), over })
        : await this.desk.ask<Thread>("POST", DOOR, bodyOf(sketch));
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
      if (fault instanceof Unreachable || fault.status >= 500) return "again";
      if (fault.status === 409) this.conflict = fault.message;
      else this.refused = [fault.message, ...(fault.problem.errors ?? []).map(({ message }) => message)].join(" ");
      return "refused";
    }
    this.refused = "";
    if (sketch === this.sketch) this.unsaved.forget(this.id);
    if (!this.id) {
      this.unsaved.forget(null);
      this.id = this.thread.id;
      // Its own address from now on: another visit, another tab and the way back find this draft.
      if (location.hash === "#/broadcasts/new") location.replace(`#/broadcasts/${this.id}`);
    }
    return "kept";
  }
}
