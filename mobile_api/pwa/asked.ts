// What an officer is asked now: heard as it happens, and read from the server whenever that may have missed something.

import { now } from "../../backend/web/browser/clock.ts";
import { Rereading } from "../../backend/web/browser/rereading.ts";
import type { Offer } from "../../backend/web/browser/wire.ts";
import { standing } from "./offers.ts";

/** An offer that is older when it arrives may be answered long since: the server is asked before it rings. */
const FRESH_MS = 8_000;

export interface Tells {
  news(offer: Offer): void;
  gone(offer: Offer): void;
  changed(): void;
}

export class Asked {
  private offers = new Map<string, Offer>();
  private readonly answered = new Set<string>();
  private readonly reading: Rereading;

  constructor(
    private readonly ask: <T>(method: string, path: string) => Promise<T>,
    private readonly tells: Tells,
  ) {
    this.reading = new Rereading(
      () => this.readAll(),
      () => tells.changed(),
    );
  }

  get all(): Iterable<Offer> {
    return this.offers.values();
  }

  /** Said yes or no to: it is never asked on this phone again, whatever arrives late. */
  answer(offer: Offer): void {
    this.offers.delete(offer.id);
    this.answered.add(offer.id);
  }

  heard(told: Partial<Offer>): void {
    this.reading.mark();
    const { id, incident } = told;
    if (!id || !incident || this.answered.has(id) || this.offers.has(id)) return;
    if (now() - Date.parse(told.offered_at ?? "") > FRESH_MS) {
      void this.read().catch(() => undefined);
      return;
    }
    this.offers.set(id, told as Offer);
    this.tells.news(told as Offer);
  }

  withdrawn(id: string): void {
    this.reading.mark();
    const offer = this.offers.get(id);
    if (!offer) return;
    this.offers.delete(id);
    this.tells.gone(offer);
  }

  /** The case is one's own now: nobody asks about it any more. */
  taken(incident_id: string): void {
    for (const { id, incident } of [...this.offers.values()]) {
      if (incident.id === incident_id) this.offers.delete(id);
    }
  }

  clear(): void {
    this.offers.clear();
  }

  forget(): void {
    this.clear();
    this.answered.clear();
  }

  /** Asked again when something came meanwhile: an answer may be older than what was heard. */
  read(): Promise<void> {
    return this.reading.read();
  }

  private async readAll(): Promise<void> {
    const { items } = await this.ask<{ items: Offer[] }>("GET", "/v1/offers");
    const { now: stands, news, gone } = standing(this.offers, items, this.answered);
    this.offers = stands;
    for (const one of news) this.tells.news(one);
    for (const one of gone) this.tells.gone(one);
  }
}
