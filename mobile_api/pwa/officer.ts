// An officer's side of the phone: the duty, who asks, the cases at hand, and what of it the server has not heard yet.

import { Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import { now } from "../../backend/web/browser/clock.ts";
import { message as chime } from "../../backend/web/browser/sounds.ts";
import type { DutyState, Offer, OfficersCase, Person, Released } from "../../backend/web/browser/wire.ts";
import { Acting } from "./acting.ts";
import { Asked } from "./asked.ts";
import { isOpen, newer } from "./cases.ts";
import { type Duty, dutyAt, OFF, onDuty } from "./duty.ts";
import { Heading } from "./heading.ts";
import type { Holder } from "./holder.ts";
import { recall, remember } from "./keeping.ts";
import * as moves from "./moves.ts";
import { inOrder, mostUrgent } from "./offers.ts";
import { Ringing } from "./ringing.ts";
import { words } from "./words/index.ts";

type Me = Person & { duty: DutyState | null; duty_ends_at: string | null; warnings: string[] };

const WHERE_EVERY_MS = 45_000;

export class Officer {
  duty: Duty = OFF;
  /** What the switch was pressed to, until the server has answered. */
  changing: DutyState | null = null;
  dutyFault = "";
  warnings: string[] = [];
  /** The last thing that happened of itself, until it is put away. */
  notice = "";
  readonly ringing = new Ringing();
  readonly heading = new Heading(() => this.draw());
  readonly acting: Acting;
  private readonly offers: Asked;
  private readonly cases = new Map<string, OfficersCase>();
  private switched = 0;
  private locating: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly holder: Holder,
    private readonly draw: () => void,
  ) {
    this.offers = new Asked(holder.ask, {
      news: (offer) => {
        holder.say(this.about(offer, words.askedAloud), { loudly: true });
        this.draw();
      },
      gone: (offer) => this.tell(this.about(offer, words.withdrawn), { loudly: true }),
      changed: () => this.draw(),
    });
    this.acting = new Acting(
      {
        ask: (...request) => holder.ask(...request),
        recall: () => recall("acts"),
        keep: (acts) => remember("acts", acts),
      },
      {
        changed: () => this.draw(),
        done: (act, incident) => this.done(act, incident),
        refused: (act, why) => this.refused(act, why),
      },
    );
  }

  get is(): boolean {
    return this.holder.session?.person.roles.includes("officer") ?? false;
  }

  get on(): boolean {
    return this.is && onDuty(this.duty, now());
  }

  /** What waits for an answer; off duty that is nothing. */
  get asked(): Offer[] {
    return this.on ? inOrder(this.offers.all) : [];
  }

  /** One's own, the most urgent first. */
  get mine(): OfficersCase[] {
    return [...this.cases.values()].sort(mostUrgent);
  }

  /** What was said yes to, and the server does not know. */
  get unheard(): Extract<moves.Act, { does: "accept" }>[] {
    return this.acting.acts.filter((act) => act.does === "accept");
  }

  /** One's own place in a case, with what is on its way. */
  stateIn(incident: OfficersCase): string {
    const known = moves.ownState(incident, this.holder.session?.person.id ?? "") ?? "accepted";
    return moves.stateAfter(known, this.acting.acts, incident.id);
  }

  /** From the phone itself first. */
  async enter(): Promise<void> {
    if (!this.is) return;
    this.duty = (await recall<Duty>("duty")) ?? OFF;
    for (const one of (await recall<OfficersCase[]>("officers_cases")) ?? []) this.cases.set(one.id, one);
    await this.acting.resume();
    clearInterval(this.locating);
    this.locating = setInterval(() => this.on && this.holder.whereabouts.again(), WHERE_EVERY_MS);
  }

  leave(): void {
    clearInterval(this.locating);
    this.ringing.be("still");
    this.acting.clear();
    this.duty = OFF;
    this.dutyFault = this.notice = "";
    this.offers.forget();
    this.cases.clear();
  }

  /** What stands now, after every connect; `open` are the cases that the server has just named. */
  async refresh(open: OfficersCase[]): Promise<void> {
    if (!this.is) return;
    this.acting.wake();
    for (const one of open) this.take(one);
    try {
      await this.offers.read();
      await this.readDuty();
    } catch (why) {
      // What could not be read stays as it was; the next connect reads it.
      sentence(why);
    }
    const named = new Set(open.map(({ id }) => id));
    for (const one of this.mine.filter(({ id }) => !named.has(id))) await this.readAgain(one.id);
  }

  /** Whether a message was an officer's. */
  heard(type: string, data: Record<string, unknown>): boolean {
    if (!this.is) return false;
    const id = String(data.incident_id);
    if (type === "offer" && !this.cases.has(id)) this.offers.heard(data as unknown as Partial<Offer>);
    else if (type === "offer_withdrawn") this.offers.withdrawn(String(data.offer_id));
    else if (type === "chat" && this.cases.has(id)) {
      void this.holder.talk(id).read();
      if (!data.mine && !data.quiet && !this.holder.quiet) chime.start();
    } else if (type === "incident" && data.state && !("call" in data)) this.take(data as unknown as OfficersCase);
    else if (type === "incident" && this.cases.has(id)) void this.readAgain(id);
    else return false;
    return true;
  }

  async change(state: DutyState): Promise<void> {
    this.switched += 1;
    this.changing = state;
    this.dutyFault = "";
    this.draw();
    if (state !== "off_duty") this.holder.whereabouts.follow();
    const position = state === "off_duty" ? null : this.holder.whereabouts.position;
    try {
      const duty = await this.holder.ask<Duty>("PUT", "/v1/duty", { state, position });
      this.stand(duty);
      this.holder.say(words.DUTIES[duty.state]);
      await this.readDuty();
      await this.offers.read();
    } catch (why) {
      this.dutyFault = words.dutyNotChanged(sentence(why));
    } finally {
      this.switched += 1;
      this.changing = null;
      this.draw();
    }
  }

  accept(offer: Offer): void {
    void this.heading.begin();
    this.holder.whereabouts.follow();
    this.answer(offer, { does: "accept", offer });
  }

  decline(offer: Offer, reason: string): void {
    this.answer(offer, { does: "decline", offer, reason });
  }

  move(incident: OfficersCase, move: moves.Move): void {
    this.notice = "";
    void this.heading.begin();
    this.acting.do({ ...begun(`${incident.id} ${move}`, incident.id), does: "move", move });
  }

  /** What was told of the person: asked for with a reason, shown and not kept. */
  needs(incident: OfficersCase, reason: string): Promise<Released> {
    return this.holder.ask<Released>("POST", `/v1/incidents/${incident.id}/profile`, { reason });
  }

  tell(notice: string, how?: { loudly?: boolean }): void {
    this.notice = notice;
    if (notice) this.holder.say(notice, how);
    this.draw();
  }

  private answer(
    offer: Offer,
    what: { does: "accept"; offer: Offer } | { does: "decline"; offer: Offer; reason: string },
  ) {
    this.notice = "";
    this.offers.answer(offer);
    this.acting.do({ ...begun(`${offer.id} ${what.does}`, offer.incident.id), ...what });
  }

  private done(act: moves.Act, incident: OfficersCase | null): void {
    if (act.does === "decline") this.tell(words.declined);
    else if (incident) this.take(incident, act);
  }

  private refused(act: moves.Act, why: Refused): void {
    const names = why.problem.taken_by?.map(({ name }) => name).join(", ");
    if (act.does === "accept") this.tell(names ? words.takenBy(names) : why.message, { loudly: true });
    else if (act.does === "move") {
      if (why.problem.legal?.length !== 0) this.tell(words.notPossible(why.problem.legal ?? []), { loudly: true });
      void this.readAgain(act.incident_id);
    }
  }

  /** A sentence about what one is, or is no longer, asked; off duty there is none. */
  private about({ incident }: Offer, sentence: (kind: string, place: string) => string): string {
    return this.on ? sentence(words.KINDS[incident.kind].name, words.place(incident)) : "";
  }

  private async readDuty(): Promise<void> {
    const switched = this.switched;
    const me = await this.holder.ask<Me>("GET", "/v1/me");
    // An answer from before the last press of the switch would put the switch back.
    if (switched !== this.switched) return;
    this.warnings = me.warnings;
    this.stand({ state: me.duty ?? "off_duty", ends_at: me.duty_ends_at });
  }

  private stand(duty: Duty): void {
    const was = this.duty;
    this.duty = duty;
    void remember("duty", duty);
    if (was.state !== "off_duty" && dutyAt(was, now()).state === "off_duty" && !this.on) this.tell(words.dutyEnded);
    if (!this.on) this.offers.clear();
    this.draw();
  }

  private take(told: Partial<OfficersCase>, act?: moves.Act): void {
    const known = told.id ? this.cases.get(told.id) : undefined;
    const after = newer(known, told);
    if (!after) return;
    const own = moves.ownState(after, this.holder.session?.person.id ?? "");
    if (!isOpen(after)) {
      this.cases.delete(after.id);
      const byMe = act?.does === "move" || this.acting.acts.some((one) => one.id === `${after.id} resolved`);
      if (known) this.tell(byMe ? words.resolvedByYou(after.reference) : over(after), { loudly: !byMe });
    } else if (own) {
      this.cases.set(after.id, after);
      this.offers.taken(after.id);
      if (!known) this.taken(after, act);
    }
    void remember("officers_cases", this.mine);
    this.draw();
  }

  /** New on this phone: said yes to here, or given by the control room. */
  private taken(incident: OfficersCase, act?: moves.Act): void {
    const asked = act ?? this.acting.acts.find((one) => one.incident_id === incident.id);
    if (asked) this.holder.say(words.accepted(words.place(incident)));
    else this.tell(words.given(words.KINDS[incident.kind].name, words.place(incident)), { loudly: true });
  }

  /** One that the server no longer names, or that it said no about: over, or another's. */
  private async readAgain(id: string): Promise<void> {
    try {
      this.take(await this.holder.ask<OfficersCase>("GET", `/v1/incidents/${id}`));
    } catch (why) {
      sentence(why);
      if (!(why instanceof Refused && why.status === 404)) return;
      const known = this.cases.get(id);
      this.cases.delete(id);
      if (known) this.tell(words.gone(known.reference), { loudly: true });
    }
  }
}

function begun(id: string, incident_id: string) {
  return { id, incident_id, at: Date.now(), tries: 0, next_at: Date.now(), held: false };
}

function over(incident: OfficersCase): string {
  const last = incident.progress.at(-1) ?? { stage: incident.state, at: "", by: null };
  return words.overNow(incident.reference, words.stage(last));
}

/** Why not, for whoever reads it. Throws what is a fault of this page. */
function sentence(why: unknown): string {
  if (why instanceof Refused) return why.message;
  if (why instanceof Unreachable) return words.unreachable;
  throw why;
}
