// A case that is open on this console: read whole and again when there is news, with what is typed and not yet said.

import { Refused, Unreachable } from "../../../../../web/browser/calling.ts";
import { now } from "../../../../../web/browser/clock.ts";
import { Rereading } from "../../../../../web/browser/rereading.ts";
import { type Ask, Talk } from "../../../../../web/browser/talking.ts";
import type { Message, Said } from "../../../../../web/browser/wire.ts";
import { isOpen, newer } from "../../../board.ts";
import type { Case, Row } from "../../../wire.ts";

/** News come in bursts: one reading answers all of a breath. */
const BREATH_MS = 150;

export class Opened {
  whole: Case | null = null;
  /** When `whole` was last known to be right. */
  readAt: number | null = null;
  /** The last reading got no answer: what stands here may be old. */
  old = false;
  /** The server's sentence when it will not show the case. */
  refused = "";
  /** Somebody has decided to write to a person who called silently. */
  speaksAllTheSame = false;
  /** What was typed and not yet sent, by the name of its field. */
  readonly drafts = new Map<string, string>();
  readonly talk: Talk;
  readonly path: string;
  /** Up to which message this console has said that it was read. */
  marked: string | null = null;
  private marking = false;
  private shown = false;
  private begun = 0;
  private applied = 0;
  private readonly reading = new Rereading(() => this.change("GET", ""));
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: string,
    private readonly asks: Ask,
    private readonly changed: () => void,
    heard: (news: Said[]) => void = () => undefined,
  ) {
    this.path = `/console/api/incidents/${id}`;
    this.talk = new Talk(`${this.path}/messages`, asks, (news) => {
      if (news.length) heard(news);
      changed();
    });
  }

  /** It stands on the screen: what may have happened since is read. */
  begin(): void {
    this.shown = true;
    void this.read();
    void this.talk.read();
  }

  /** It leaves the screen. */
  rest(): void {
    this.shown = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Whether something would be lost if this were forgotten. */
  get keeps(): boolean {
    return this.drafts.size > 0 || this.talk.unsaid.length > 0;
  }

  /** Read it whole; news that come meanwhile are read once more afterwards. */
  async read(): Promise<void> {
    try {
      await this.reading.read();
    } catch (fault) {
      if (!isNoAnswer(fault)) throw fault;
      if (fault instanceof Refused && fault.status < 500) this.refused = fault.message;
      this.old = true;
      this.changed();
    }
  }

  /** Something about this case that answers with the case; the newest question's answer stands. Throws as `ask` does. */
  async change(method: string, path: string, body?: unknown): Promise<void> {
    const number = ++this.begun;
    const told = await this.ask<Case>(method, path, body);
    if (number < this.applied) {
      // Overtaken by a later question's answer, which may not know of this deed yet.
      if (method !== "GET") void this.read();
      return;
    }
    this.applied = number;
    this.show(told);
    this.readAt = now();
    this.old = false;
    this.refused = "";
    this.changed();
  }

  private show(told: Case): void {
    this.whole = told;
    if (!isOpen(told)) this.rescue();
  }

  /** What was to be said or to end the case, when somebody else has ended it: a note can still be made of it. */
  private rescue(): void {
    const left = ["message", "resolve", "note"].map((name) => this.drafts.get(name)).filter(Boolean);
    for (const name of ["message", "resolve"]) this.drafts.delete(name);
    if (left.length) this.drafts.set("note", left.join("\n"));
  }

  /** A door of this case that answers with something else, after which the case is read again. */
  async tell(method: string, path: string, body?: unknown): Promise<void> {
    await this.ask(method, path, body);
    void this.read();
  }

  /** A door of this case, by the rest of its path. Throws Refused or Unreachable. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.asks<T>(method, this.path + path, body);
  }

  /** What was said up to here has been read. A mark that does not arrive is set with the next. */
  async mark(message_id: string): Promise<void> {
    if (this.marking || this.marked === message_id) return;
    this.marking = true;
    try {
      await this.change("POST", "/messages/read", { up_to: message_id });
      this.marked = message_id;
      this.changed();
    } catch (fault) {
      // Without an answer it stays unread for everybody; nobody is to be interrupted for it.
      if (!isNoAnswer(fault)) throw fault;
    } finally {
      this.marking = false;
    }
  }

  /** Write to somebody who called silently, all the same. */
  speak(): void {
    this.speaksAllTheSame = true;
    this.changed();
  }

  /** A message of the stream: the board's line stands at once, the rest is read. */
  hear({ type, data }: Message): void {
    if ((data.id ?? data.incident_id) !== this.id && data.incident_id !== this.id) return;
    if (type === "incident" && this.whole) this.show(newer(this.whole, data as Partial<Row>) as Case);
    if (!this.shown) return;
    if (type === "chat") void this.talk.read();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.read();
    }, BREATH_MS);
  }

  /** The line is back. */
  async live(): Promise<void> {
    if (this.shown) void this.read();
    await this.talk.sayAgain();
    if (this.shown) await this.talk.read();
  }
}

/** The same as the desk's, which a test has no page for. */
function isNoAnswer(fault: unknown): boolean {
  return fault instanceof Refused || fault instanceof Unreachable;
}
