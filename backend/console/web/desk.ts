// One person's console: who sits here, what stands, whether it is live, and who else wants to hear of it.

import { Refused, Unreachable } from "../../web/browser/calling.ts";
import { now } from "../../web/browser/clock.ts";
import { type Place, Stream } from "../../web/browser/stream.ts";
import type { Broadcast, Message } from "../../web/browser/wire.ts";
import { Calls } from "./calling_desk.ts";
import { Standing } from "./standing.ts";
import type { DeskPicture, PositionPicture, Session } from "./wire.ts";
import { words } from "./words/index.ts";

/** What a room hears besides what stands: every message, every picture, every broadcast, and that all was read anew. */
export interface Hearing {
  message?(message: Message): void;
  picture?(name: string, data: unknown): void;
  broadcast?(told: Broadcast): void;
  /** After every connect, when what stands has been read again. */
  live?(): void;
}

/** Whom the console's socket is open to; an administrator or a Prevent lead alone has nothing to hear there. */
const HEARERS = ["controller", "adviser", "auditor"];

export class Desk {
  session: Session | null = null;
  /** Whether it is known yet if somebody is signed in. */
  begun = false;
  /** Since when nothing is told as it happens; null while live. */
  lostAt: number | null = null;
  farewell = "";
  heard = { calmly: "", loudly: "" };
  standing = new Standing();
  readonly calls: Calls;
  readonly ask: Calls["ask"];
  /** Set while somebody is asked for password and code; the dialog answers it. */
  steppingUp: ((given: boolean) => void) | null = null;
  private stream: Stream | null = null;
  private readonly hearings = new Set<Hearing>();

  constructor(private readonly draw: () => void) {
    this.calls = new Calls(
      () => this.leave(words.signedOut),
      () => this.askToStepUp(),
    );
    this.ask = this.calls.ask;
  }

  async begin(): Promise<void> {
    try {
      const session = await this.calls.session();
      if (session) this.enter(session);
    } catch (fault) {
      if (!isNoAnswer(fault)) throw fault;
      this.farewell = words.unreachable;
    }
    this.begun = true;
    this.draw();
  }

  async signIn(email: string, password: string): Promise<void> {
    this.enter(await this.calls.signIn(email, password));
  }

  async signOut(): Promise<void> {
    // Left here even if the server cannot hear it; its cookie runs out with the shift.
    await this.ask("POST", "/console/api/sign-out").catch(() => undefined);
    sessionStorage.clear();
    this.leave("");
  }

  async stepUp(password: string, code: string | null): Promise<void> {
    const session = await this.ask<Session>("POST", "/console/api/step-up", { password, code });
    this.session = session;
    this.steppingUp?.(true);
  }

  has(...roles: string[]): boolean {
    return this.session?.person.roles.some((role) => roles.includes(role)) ?? false;
  }

  /** Whether anything is told to this person as it happens. */
  get hears(): boolean {
    return this.has(...HEARERS);
  }

  /** Hear what comes from now on; what it gives ends that. */
  listen(hearing: Hearing): () => void {
    this.hearings.add(hearing);
    return () => this.hearings.delete(hearing);
  }

  /** Draw anew, once for all that changed in the same breath. */
  readonly changed = (): void => this.draw();

  say(text: string, { loudly = false } = {}): void {
    this.heard = loudly ? { calmly: "", loudly: text } : { calmly: text, loudly: "" };
    this.draw();
  }

  private enter(session: Session): void {
    this.session = session;
    this.calls.csrf = session.csrf;
    this.farewell = "";
    this.lostAt = this.hears ? now() : null;
    this.stream?.close();
    this.stream = null;
    if (this.hears) this.open(session.last_seq);
    this.draw();
  }

  private open(last_seq: number): void {
    const place: Place = { last_seq, owed: [] };
    this.stream = new Stream("console", null, place, {
      message: (message) => this.hear(message),
      broadcast: (told) => this.tell((one) => one.broadcast?.(told)),
      picture: (name, data) => this.see(name, data),
      live: () => void this.catchUp(),
      lost: () => {
        this.lostAt ??= now();
        this.draw();
      },
      ended: () => this.leave(words.signedOut),
      keep: () => undefined,
    });
    this.stream.open();
  }

  private async catchUp(): Promise<void> {
    try {
      if (this.has("controller")) await this.standing.read(this.ask);
      this.lostAt = null;
      this.tell((one) => one.live?.());
    } catch (fault) {
      if (!isNoAnswer(fault)) throw fault;
      // Still not live: a socket without what stands would show a board with holes.
      setTimeout(() => this.stream && this.lostAt !== null && void this.catchUp(), 2000);
    }
    this.draw();
  }

  private hear(message: Message): void {
    this.standing.take(message.type, message.data);
    this.tell((one) => one.message?.(message));
    this.draw();
  }

  private see(name: string, data: unknown): void {
    if (name === "position") this.standing.positions = data as PositionPicture;
    else if (name === "desk") this.standing.desk = data as DeskPicture;
    this.tell((one) => one.picture?.(name, data));
    this.draw();
  }

  private tell(say: (hearing: Hearing) => void): void {
    for (const hearing of this.hearings) say(hearing);
  }

  private askToStepUp(): Promise<boolean> {
    return new Promise((resolve) => {
      this.steppingUp = (given) => {
        this.steppingUp = null;
        this.draw();
        resolve(given);
      };
      this.draw();
    });
  }

  private leave(farewell: string): void {
    this.stream?.close();
    this.stream = null;
    this.session = null;
    this.calls.csrf = null;
    this.steppingUp?.(false);
    this.standing = new Standing();
    this.heard = { calmly: "", loudly: "" };
    this.farewell = farewell;
    this.draw();
  }
}

/** Refused by a server that is there, or no answer at all. */
export function isNoAnswer(fault: unknown): fault is Refused | Unreachable {
  return fault instanceof Refused || fault instanceof Unreachable;
}

/** What is said of a fault to whoever pressed the button. */
export function sentenceOf(fault: unknown, unanswered = words.unreachable): string {
  if (!isNoAnswer(fault)) throw fault;
  return fault instanceof Refused ? fault.message : unanswered;
}
