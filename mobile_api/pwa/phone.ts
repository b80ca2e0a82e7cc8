// The phone of one person: who it is, what it hears, and what it does about it. Screens draw it and press its buttons.

import { call, Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import { now, stamp } from "../../backend/web/browser/clock.ts";
import { type Place, Stream } from "../../backend/web/browser/stream.ts";
import { uuid } from "../../backend/web/browser/uuid.ts";
import type {
  Answer,
  Broadcast,
  CheckIn,
  Incident,
  Kind,
  Message,
  OfficersCase,
  Problem,
  Welcome,
} from "../../backend/web/browser/wire.ts";
import { drawer, recall, remember } from "./keeping.ts";
import { Known } from "./known.ts";
import { Officer } from "./officer.ts";
import { Oneself } from "./oneself.ts";
import { Pressing } from "./pressing.ts";
import { type Session, sessionOf, wantsRenewal } from "./session.ts";
import { Talk } from "./talking.ts";
import { Whereabouts } from "./whereabouts.ts";
import { wanted, words } from "./words/index.ts";

/** Sends what waits once there is a network, though the page is closed: where the browser can. */
type Background = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

export class Phone {
  session: Session | null = null;
  /** Since when nothing is told as it happens; null while live. */
  lostAt: number | null = null;
  /** The sign-in has run out: taps are still taken, everything else waits for a new one. */
  ranOut = false;
  farewell = "";
  /** After a silent press the screen looks like nothing. */
  dark = false;
  heard = { calmly: "", loudly: "" };
  readonly known = new Known(() => this.draw());
  readonly pressing: Pressing;
  readonly whereabouts: Whereabouts;
  readonly officer: Officer;
  readonly oneself: Oneself;
  private stream: Stream | null = null;
  private traced = 0;
  private readonly talks = new Map<string, Talk>();

  constructor(private readonly draw: () => void) {
    this.pressing = new Pressing(drawer, {
      changed: () => this.draw(),
      answered: (incident, { person_id }) => {
        if (person_id !== this.session?.person.id) return;
        this.take(incident);
        this.say(words.receivedAloud(incident), { loudly: true });
        void this.trace();
      },
    });
    this.whereabouts = new Whereabouts((position) => {
      if (position) this.pressing.locate(position);
      void this.trace();
      this.draw();
    });
    this.officer = new Officer(this, draw);
    const pushed = () => {
      this.pressing.wake();
      if (this.session) void this.refresh();
    };
    this.oneself = new Oneself(this.ask, this.known, { changed: () => this.draw(), pushed });
  }

  /** Everything from the phone itself first, so that it stands there without a network too. */
  async begin(): Promise<void> {
    this.session = await recall<Session>("session");
    await this.known.recall();
    window.addEventListener("online", () => this.pressing.wake());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.pressing.wake();
    });
    this.draw();
    await this.enter();
    if (!this.session) await this.oneself.learn();
  }

  async signIn(email: string, password: string): Promise<void> {
    const session = sessionOf(await call<Welcome>("POST", "/v1/sign-in", { email, password }));
    if (this.session && this.session.person.id !== session.person.id) await this.clear();
    this.session = session;
    this.ranOut = false;
    this.farewell = "";
    await remember("session", session);
    await this.enter();
  }

  async signOut(): Promise<void> {
    // Signed out here even if the server cannot hear it.
    await this.ask("POST", "/v1/sign-out").catch(() => undefined);
    await this.leave("");
  }

  /** A request as who is signed in; who has left meanwhile gets no answer. Throws Refused or Unreachable. */
  readonly ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const { session } = this;
    try {
      const answer = await call<T>(method, path, body, { token: session?.token ?? null });
      if (session === this.session) return answer;
    } catch (fault) {
      if (fault instanceof Refused && fault.status === 401 && session === this.session) this.ended(fault.problem);
      throw fault;
    }
    throw new Unreachable();
  };

  press(kind: Kind, silent: boolean, pressed_at = stamp(), more: { trigger?: "responder_duress" } = {}): void {
    this.dark = silent;
    const { position } = this.whereabouts;
    void this.pressing.press({ tap_id: uuid(), kind, silent, pressed_at, position, ...more });
    void navigator.serviceWorker?.ready
      .then((worker: Background) => worker.sync?.register("presses"))
      .catch(() => undefined);
  }

  /** Back from the dark screen. */
  light(): void {
    this.dark = false;
    this.draw();
  }

  /** Whether this phone has to stay silent: nothing is said aloud beside somebody who must not hear it. */
  get quiet(): boolean {
    return this.dark || this.known.open.some((one) => one.quiet || one.silent);
  }

  say(text: string, { loudly = false } = {}): void {
    if (this.quiet) return;
    if (text) this.heard = loudly ? { calmly: "", loudly: text } : { calmly: text, loudly: "" };
    this.draw();
  }

  async cancel(incident: Incident, pin: string | null): Promise<void> {
    this.take(await this.ask<Incident>("POST", `/v1/incidents/${incident.id}/cancel`, { reason: null, pin }));
  }

  talk(id: string): Talk {
    let talk = this.talks.get(id);
    if (!talk) {
      talk = new Talk(id, this.ask, (news) => {
        for (const { author, text } of news) this.say(`${author ?? words.somebody}: ${text}`);
        this.draw();
      });
      this.talks.set(id, talk);
      void talk.read();
    }
    return talk;
  }

  async answer(one: Broadcast, answer: Answer): Promise<void> {
    const body = { answer, position: this.whereabouts.position };
    const { case: raised } = await this.ask<{ case: Incident | null }>("POST", `/v1/broadcasts/${one.id}/answer`, body);
    this.known.answered(one, answer);
    if (raised) this.take(raised);
  }

  private take(told: Partial<Incident>): void {
    const taken = this.known.take(told);
    if (!taken?.before) return;
    const sentence = words.headline(taken.after);
    if (words.headline(taken.before) !== sentence) this.say(sentence);
  }

  private async enter(): Promise<void> {
    const { session } = this;
    await this.pressing.resume(session && { id: session.person.id, token: session.token });
    if (!session) return;
    void this.whereabouts.begin();
    await this.officer.enter();
    void this.oneself.begin(session.person.id);
    if (wantsRenewal(session)) {
      // The token stays the same: whoever holds it need not be told.
      this.ask<Welcome>("POST", "/v1/renew").then(
        (welcome) => remember("session", sessionOf(welcome)),
        () => undefined,
      );
    }
    this.stream?.close();
    this.lostAt = now();
    this.stream = new Stream("handset", session.token, (await recall<Place>("place")) ?? { last_seq: 0, owed: [] }, {
      message: (message) => this.hear(message),
      broadcast: (told) => this.warn(told),
      live: () => {
        this.lostAt = null;
        this.pressing.wake();
        void this.refresh();
        void this.oneself.catchUp();
        this.draw();
      },
      lost: () => {
        this.lostAt ??= now();
        this.draw();
      },
      ended: (problem) => this.ended(problem),
      keep: (place) => void remember("place", place),
    });
    this.stream.open();
    this.draw();
  }

  private hear({ type, data }: Message): void {
    const id = String(data.incident_id);
    if (this.officer.heard(type, data)) return;
    if (type === "incident") this.take(data as Partial<Incident>);
    else if (type === "chat" && this.known.cases.has(id)) void this.talk(id).read();
    else if (type === "check_in") {
      if (data.warned) this.say(words.checkInWarning, { loudly: true });
      void this.readTimer().catch(() => undefined);
    }
  }

  private async readTimer(): Promise<void> {
    this.known.timer(await this.ask<CheckIn>("GET", "/v1/check-in"));
  }

  private warn(told: Broadcast): void {
    const news = this.known.warn(told, wanted());
    if (news) this.say(`${words.mark(news)}${news.title}. ${news.body}`, { loudly: true });
  }

  /** What stands now; what an answer lacks the stream brings, and the next connect asks again. */
  private async refresh(): Promise<void> {
    try {
      const { items } = await this.ask<{ items: Incident[] }>("GET", "/v1/incidents?open=true");
      for (const one of items.filter(({ call }) => call)) this.take(one);
      void this.officer.refresh(items.filter(({ call }) => !call) as unknown as OfficersCase[]);
      const open = new Set(items.map(({ id }) => id));
      for (const one of this.known.open.filter(({ id }) => !open.has(id))) await this.readAgain(one.id);
      const warned = await this.ask<{ items: Broadcast[] }>("GET", "/v1/broadcasts?active=true");
      for (const one of warned.items) this.warn(one);
      this.known.inForce(new Set(warned.items.map(({ id }) => id)));
      await this.readTimer();
      for (const talk of this.talks.values()) {
        await talk.sayAgain();
        await talk.read();
      }
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
    }
  }

  /** One shown as open that the list no longer names: closed while nobody was listening, or no longer to be seen. */
  private async readAgain(id: string): Promise<void> {
    try {
      this.take(await this.ask<Incident>("GET", `/v1/incidents/${id}`));
    } catch (fault) {
      if (fault instanceof Refused && fault.status === 404) this.known.putAway(id);
    }
  }

  /** An open case and a running timer go on knowing where their owner is; a lost one is followed by a newer. */
  private async trace(): Promise<void> {
    const { position } = this.whereabouts;
    if (!position || !this.session) return;
    this.traced = Math.max(this.traced + 1, Date.now());
    const numbered = { ...position, seq: this.traced };
    if (this.known.checkIn?.state === "open" || this.officer.on)
      await this.ask("POST", "/v1/positions", numbered).catch(() => undefined);
    for (const { id } of this.known.open) {
      await this.ask("POST", `/v1/incidents/${id}/positions`, numbered).catch(() => undefined);
    }
  }

  /** A sign-in that ran out keeps its three buttons: the server takes a tap from it for thirty days. */
  private ended(problem: Problem): void {
    if (problem.type?.endsWith("/sign-in-expired")) {
      this.ranOut = true;
      this.draw();
    } else if (this.session) void this.leave(words.signedOut);
  }

  private async leave(farewell: string): Promise<void> {
    await this.clear();
    await this.pressing.resume(null);
    this.farewell = farewell;
    this.draw();
  }

  private async clear(): Promise<void> {
    this.stream?.close();
    this.stream = null;
    this.whereabouts.rest();
    this.session = null;
    this.lostAt = null;
    this.dark = false;
    this.talks.clear();
    this.officer.leave();
    // First of what is waited for: whoever signs in meanwhile is kept, and not forgotten with the one before.
    await this.known.forget();
    await this.oneself.forget();
  }
}
