// Socket.IO 5 over Engine.IO 4 over one WebSocket: connect, speak, answer pings, come back by itself.

import type { Problem } from "./wire.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A server that takes the connection and says nothing is as good as none. */
const GREETING_MS = 10_000;

export interface Hears {
  event(name: string, data: unknown): void;
  live(): void;
  lost(): void;
  /** Refused for who we are: it does not come back. */
  refused(problem: Problem): void;
}

/** One namespace's socket. `auth()` is asked anew at every CONNECT, so that it can carry how far a stream got. */
export class Socket {
  live = false;
  private socket: WebSocket | null = null;
  private failures = 0;
  private ended = false;
  private patience_ms = GREETING_MS;
  private lastId = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Map<number, (answer: unknown) => void>();

  constructor(
    private readonly namespace: string,
    private readonly auth: () => object,
    private readonly hears: Hears,
  ) {}

  open(): void {
    window.addEventListener("online", this.wake);
    // A radio that is off may leave the socket looking open for half a minute.
    window.addEventListener("offline", this.sleep);
    document.addEventListener("visibilitychange", this.seen);
    this.connect();
  }

  close(): void {
    window.removeEventListener("online", this.wake);
    window.removeEventListener("offline", this.sleep);
    document.removeEventListener("visibilitychange", this.seen);
    this.ended = true;
    this.discard();
  }

  /** Send an event; `answered` gets the acknowledgement, if one ever comes. False when not live. */
  emit(name: string, data: unknown, answered?: (answer: unknown) => void): boolean {
    if (!this.live || !this.socket) return false;
    const id = answered ? ++this.lastId : "";
    if (answered && id) this.waiting.set(id, answered);
    this.socket.send(`42${this.namespace},${id}${JSON.stringify([name, data])}`);
    return true;
  }

  /** Let go, and come back only when somebody looks at this page again. */
  rest(): void {
    this.discard();
    this.hears.lost();
  }

  private readonly wake = () => {
    if (!this.live) this.connect();
  };
  private readonly sleep = () => this.drop();
  private readonly seen = () => {
    if (document.visibilityState === "visible") this.wake();
  };

  private connect(): void {
    if (this.ended) return;
    this.discard();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/socket.io/?EIO=4&transport=websocket`);
    this.socket = socket;
    this.expect(GREETING_MS);
    socket.addEventListener("message", ({ data }) => socket === this.socket && this.heard(String(data)));
    socket.addEventListener("close", () => socket === this.socket && this.drop());
  }

  private heard(packet: string): void {
    const kind = packet[0];
    if (kind === "0") {
      const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1));
      this.patience_ms = pingInterval + pingTimeout;
      this.socket?.send(`40${this.namespace},${JSON.stringify(this.auth())}`);
    } else if (kind === "1") {
      this.drop();
      return;
    } else if (kind === "2") this.socket?.send("3");
    else if (kind === "4") this.told(packet.slice(1));
    if (this.socket) this.expect(this.patience_ms);
  }

  private told(packet: string): void {
    const [, kind, namespace = "/", id, body] = /^(\d)(?:(\/[^,]*),)?(\d*)(.*)$/s.exec(packet) ?? [];
    if (namespace !== this.namespace) return;
    const data = body ? JSON.parse(body) : null;
    if (kind === "0") {
      this.live = true;
      this.failures = 0;
      this.hears.live();
    } else if (kind === "1") this.drop();
    else if (kind === "2") this.hears.event(data[0], data[1]);
    else if (kind === "3") {
      const answered = this.waiting.get(Number(id));
      this.waiting.delete(Number(id));
      answered?.(data?.[0]);
    } else if (kind === "4") this.turnedAway(data ?? {});
  }

  private turnedAway(problem: Problem): void {
    if (/unauthenticated|sign-in-expired|forbidden/.test(problem.type ?? "")) {
      this.close();
      this.hears.refused(problem);
    } else this.drop();
  }

  private expect(patience_ms: number): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.drop(), patience_ms);
  }

  /** The connection is gone, or as good as gone: say so and plan the next try. */
  private drop(): void {
    const news = this.live || this.failures === 0;
    this.discard();
    if (news) this.hears.lost();
    if (this.ended) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures++);
    // Ten thousand phones that lost their network together must not come back together.
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  private discard(): void {
    clearTimeout(this.watch);
    clearTimeout(this.retry);
    const socket = this.socket;
    this.socket = null;
    this.live = false;
    this.waiting.clear();
    socket?.close();
  }
}
