// What is said in a case: read again when there is news, and one's own words kept until they have arrived.

import { Refused } from "./calling.ts";
import { Rereading } from "./rereading.ts";
import { uuid } from "./uuid.ts";
import type { Said } from "./wire.ts";

export interface Unsaid {
  message_id: string;
  text: string;
  /** Why the server will not have it; null while it is on its way. */
  refused: string | null;
}

export type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** One case's conversation; the same words sent again are the same message, so that nothing is said twice. */
export class Talk {
  said: Said[] = [];
  unsaid: Unsaid[] = [];
  private cursor: number | null = null;
  private readonly reading = new Rereading(() => this.readPage());
  private readonly sending = new Set<string>();

  /** `path` is where this face reads and posts the messages of the case. */
  constructor(
    private readonly path: string,
    private readonly ask: Ask,
    private readonly changed: (news: Said[]) => void,
  ) {}

  /** Read what is new; asked again when two answers cross. What fails, the next connect reads. */
  async read(): Promise<void> {
    await this.reading.read().catch(() => undefined);
  }

  private async readPage(): Promise<void> {
    const at = this.cursor ? `?cursor=${this.cursor}` : "";
    const page = await this.ask<{ items: Said[]; next_cursor: number | null }>("GET", this.path + at);
    this.add(page.items);
    if (!page.next_cursor) return;
    this.cursor = page.next_cursor;
    this.reading.mark();
  }

  async say(text: string): Promise<void> {
    const one = { message_id: uuid(), text, refused: null };
    this.unsaid.push(one);
    this.changed([]);
    await this.send(one);
  }

  /** Try again what did not arrive. */
  async sayAgain(): Promise<void> {
    for (const one of this.unsaid.filter(({ refused }) => refused === null)) await this.send(one);
  }

  private async send(one: Unsaid): Promise<void> {
    if (this.sending.has(one.message_id)) return;
    this.sending.add(one.message_id);
    try {
      const { message_id, text } = one;
      this.add([await this.ask<Said>("POST", this.path, { message_id, text })]);
    } catch (fault) {
      if (fault instanceof Refused && fault.status < 500 && fault.status !== 429) one.refused = fault.message;
      this.changed([]);
    } finally {
      this.sending.delete(one.message_id);
    }
  }

  private add(items: Said[]): void {
    const known = new Set(this.said.map(({ message_id }) => message_id));
    const news = items.filter(({ message_id }) => !known.has(message_id));
    const arrived = new Set(items.map(({ message_id }) => message_id));
    this.unsaid = this.unsaid.filter(({ message_id }) => !arrived.has(message_id));
    // One's own words may be answered before older ones of others are read.
    this.said = [...this.said, ...news].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    this.changed(news.filter(({ mine }) => !mine));
  }
}
