// One recipient's numbered stream over a socket: nothing missing, nothing twice, and receipts for what was shown.

import { Socket } from "./socket.js";
import { recall, remember } from "./session.js";

const MOST_RECEIPTS = 200;
const REFUSED_WAIT_MS = 2_000;

/**
 * A person's stream on one face ("handset" or "console").
 *
 * `on`: message(message), broadcast(told), tally(picture), live() after every connect, lost(), ended(sentence) when the sign-in is over.
 * Where the stream got to is kept in the tab together with the receipts still owed.
 */
export class Stream {
  constructor(face, session, on) {
    this.key = `bluelight.stream.${face}.${session.person.id}`;
    const { last_seq = 0, owed = [] } = recall(this.key) ?? {};
    this.last_seq = last_seq;
    this.owed = owed;
    this.shown = new Set();
    this.on = on;
    this.socket = new Socket(`/${face}`, () => ({ token: session.token, last_seq: this.last_seq }), {
      event: (name, data) => {
        if (name === "message") this.take(data);
        else if (name === "broadcast") this.takeBroadcast(data);
        else if (name === "tally") on.tally?.(data);
        else if (name === "closing") this.turnedAway(data);
      },
      live: () => {
        this.askedAfter = null;
        this.confirming = false;
        on.live();
        this.confirm();
      },
      lost: on.lost,
      refused: (problem) => on.ended(problem.title),
    });
    document.addEventListener("visibilitychange", () => this.confirm());
  }

  open = () => this.socket.open();
  close = () => this.socket.close();

  take(message) {
    if (message.type === "signed_out") {
      this.close();
      this.on.ended("You were signed out.");
      return;
    }
    if (message.seq <= this.last_seq) return;
    const gap = this.last_seq > 0 && message.seq > this.last_seq + 1;
    if (gap && this.askedAfter !== this.last_seq) {
      // Asked once for each number: what is no longer kept does not come the second time either.
      this.askedAfter = this.last_seq;
      this.socket.emit("sync", { last_seq: this.last_seq });
      return;
    }
    this.last_seq = message.seq;
    this.owed.push(message.id);
    this.save();
    this.on.message(message);
    // After the frame that shows it: a receipt says "displayed", not "arrived".
    requestAnimationFrame(() => requestAnimationFrame(() => this.confirm()));
  }

  /** The same bytes for everybody, without a number: whoever shows it says so, once for each version. */
  takeBroadcast(told) {
    this.on.broadcast(told);
    const key = `${told.broadcast_id}/${told.version}`;
    if (this.shown.has(key)) return;
    this.shown.add(key);
    this.owed.push(told.broadcast_id);
    this.save();
    requestAnimationFrame(() => requestAnimationFrame(() => this.confirm()));
  }

  /** The sign-in stands, but this page was one too many: coming back by itself would only close another. */
  turnedAway(problem) {
    if (problem.type.endsWith("/too-many-sockets")) this.socket.rest();
  }

  confirm() {
    if (document.visibilityState !== "visible" || !this.owed.length || this.confirming) return;
    const message_ids = this.owed.slice(0, MOST_RECEIPTS);
    const sent = this.socket.emit("receipt", { message_ids, stage: "displayed" }, (answer) => {
      this.confirming = false;
      if (answer?.type) {
        // Refused, so still owed: once more when the server has had time to breathe.
        setTimeout(() => this.confirm(), REFUSED_WAIT_MS);
        return;
      }
      this.owed = this.owed.filter((id) => !message_ids.includes(id));
      this.save();
      this.confirm();
    });
    this.confirming = sent;
  }

  save() {
    remember(this.key, { last_seq: this.last_seq, owed: this.owed });
  }
}
