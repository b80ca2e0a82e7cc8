// One recipient's numbered stream over a socket: nothing missing, nothing twice, and receipts for what was shown.

import { Socket } from "./socket.ts";
import type { Broadcast, Message, Problem } from "./wire.ts";

const MOST_RECEIPTS = 200;
const REFUSED_WAIT_MS = 2_000;

/** How far a stream got, and the receipts still owed: kept by who opens it. */
export interface Place {
  last_seq: number;
  owed: string[];
}

export interface Listens {
  message(message: Message): void;
  broadcast(told: Broadcast): void;
  /** Any other event: a picture, without a number and newest wins. */
  picture?(name: string, data: unknown): void;
  /** After every connect. */
  live(): void;
  lost(): void;
  /** The sign-in is over, or has run out. */
  ended(problem: Problem): void;
  keep(place: Place): void;
}

/** A person's stream on one face, "handset" or "console"; without a token the page's own cookie says whose. */
export class Stream {
  private readonly socket: Socket;
  private readonly shown = new Set<string>();
  private askedAfter = -1;
  private confirming = false;

  constructor(
    face: string,
    token: string | null,
    private readonly place: Place,
    private readonly on: Listens,
  ) {
    this.socket = new Socket(`/${face}`, () => ({ ...(token && { token }), last_seq: this.place.last_seq }), {
      event: (name, data) => this.heard(name, data),
      live: () => {
        this.askedAfter = -1;
        this.confirming = false;
        on.live();
        this.confirm();
      },
      lost: () => on.lost(),
      refused: (problem) => on.ended(problem),
    });
  }

  open(): void {
    document.addEventListener("visibilitychange", this.confirm);
    this.socket.open();
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.confirm);
    this.socket.close();
  }

  private heard(name: string, data: unknown): void {
    if (name === "message") this.take(data as Message);
    else if (name === "broadcast") this.warned(data as Broadcast & { broadcast_id: string });
    // The sign-in stands, but this page was one too many: coming back by itself would only close another.
    else if (name === "closing") {
      if ((data as Problem).type?.endsWith("/too-many-sockets")) this.socket.rest();
    } else this.on.picture?.(name, data);
  }

  private take(message: Message): void {
    if (message.type === "signed_out") {
      this.close();
      this.on.ended({ type: "/problems/unauthenticated" });
      return;
    }
    const { last_seq } = this.place;
    if (message.seq <= last_seq) return;
    if (last_seq > 0 && message.seq > last_seq + 1 && this.askedAfter !== last_seq) {
      // Asked once for each number: what is no longer kept does not come the second time either.
      this.askedAfter = last_seq;
      this.socket.emit("sync", { last_seq });
      return;
    }
    this.place.last_seq = message.seq;
    this.owe(message.id);
    this.on.message(message);
  }

  /** The same bytes for everybody, without a number: whoever shows it says so, once for each version. */
  private warned(told: Broadcast & { broadcast_id: string }): void {
    this.on.broadcast({ ...told, id: told.broadcast_id });
    const key = `${told.broadcast_id}/${told.version}`;
    if (this.shown.has(key)) return;
    this.shown.add(key);
    this.owe(told.broadcast_id);
  }

  private owe(id: string): void {
    this.place.owed.push(id);
    this.on.keep(this.place);
    // After the frame that shows it: a receipt says "displayed", not "arrived".
    requestAnimationFrame(() => requestAnimationFrame(() => this.confirm()));
  }

  private readonly confirm = (): void => {
    if (document.visibilityState !== "visible" || !this.place.owed.length || this.confirming) return;
    const message_ids = this.place.owed.slice(0, MOST_RECEIPTS);
    this.confirming = this.socket.emit("receipt", { message_ids, stage: "displayed" }, (answer) => {
      this.confirming = false;
      if ((answer as Problem | null)?.type) {
        // Refused, so still owed: once more when the server has had time to breathe.
        setTimeout(this.confirm, REFUSED_WAIT_MS);
        return;
      }
      this.place.owed = this.place.owed.filter((id) => !message_ids.includes(id));
      this.on.keep(this.place);
      this.confirm();
    });
  };
}
