// Socket.IO 5 over Engine.IO 4 over one WebSocket: connect, speak, answer pings, come back by itself.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * One namespace's socket.
 *
 * `auth()` is asked anew at every CONNECT, so that it can carry how far the stream got.
 * `on`: event(name, data), live(), lost(), refused(problem) — after refused it does not come back.
 */
export class Socket {
  constructor(namespace, auth, on) {
    this.namespace = namespace;
    this.auth = auth;
    this.on = on;
    this.live = false;
    this.failures = 0;
    this.waiting = new Map();
    this.lastId = 0;
    this.wake = () => this.live || this.connect();
    this.sleep = () => this.drop();
    this.seen = () => document.visibilityState === "visible" && this.wake();
  }

  open() {
    window.addEventListener("online", this.wake);
    // A radio that is off may leave the socket looking open for half a minute.
    window.addEventListener("offline", this.sleep);
    document.addEventListener("visibilitychange", this.seen);
    this.connect();
  }

  close() {
    window.removeEventListener("online", this.wake);
    window.removeEventListener("offline", this.sleep);
    document.removeEventListener("visibilitychange", this.seen);
    this.ended = true;
    this.drop();
  }

  /** Send an event; `answered` gets the server's acknowledgement, if one ever comes. False when not live. */
  emit(name, data, answered) {
    if (!this.live) return false;
    const id = answered ? ++this.lastId : "";
    if (answered) this.waiting.set(id, answered);
    this.socket.send(`42${this.namespace},${id}${JSON.stringify([name, data])}`);
    return true;
  }

  connect() {
    if (this.ended) return;
    clearTimeout(this.retry);
    this.discard();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/socket.io/?EIO=4&transport=websocket`);
    this.socket = socket;
    // A server that takes the connection and says nothing is as good as none.
    this.expect(10_000);
    socket.addEventListener("message", ({ data }) => socket === this.socket && this.heard(String(data)));
    socket.addEventListener("close", () => socket === this.socket && this.drop());
  }

  heard(packet) {
    const kind = packet[0];
    if (kind === "0") {
      const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1));
      this.patience_ms = pingInterval + pingTimeout;
      this.socket.send(`40${this.namespace},${JSON.stringify(this.auth())}`);
    } else if (kind === "2") {
      this.socket.send("3");
    } else if (kind === "1") {
      this.drop();
      return;
    } else if (kind === "4") {
      this.message(packet.slice(1));
    }
    this.expect(this.patience_ms);
  }

  message(packet) {
    const [, kind, namespace = "/", id, body] = /^(\d)(?:(\/[^,]*),)?(\d*)(.*)$/s.exec(packet) ?? [];
    if (namespace !== this.namespace) return;
    const told = body ? JSON.parse(body) : null;
    if (kind === "0") {
      this.live = true;
      this.failures = 0;
      this.on.live();
    } else if (kind === "1") {
      this.drop();
    } else if (kind === "2") {
      this.on.event(told[0], told[1]);
    } else if (kind === "3") {
      const answered = this.waiting.get(Number(id));
      this.waiting.delete(Number(id));
      answered?.(told?.[0]);
    } else if (kind === "4") {
      // Refused for who we are: coming back would only be refused again. Anything else may pass.
      if (/unauthenticated|sign-in-expired|forbidden/.test(told?.type ?? "")) {
        this.close();
        this.on.refused(told);
      } else {
        this.drop();
      }
    }
  }

  expect(patience_ms) {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.drop(), patience_ms);
  }

  /** The connection is gone, or as good as gone: say so and plan the next try. */
  drop() {
    const wasLive = this.live;
    this.discard();
    if (wasLive || this.failures === 0) this.on.lost();
    if (this.ended) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures++);
    // Ten thousand phones that lost their network together must not come back together.
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  /** Let go, and come back only when somebody looks at this page again. */
  rest() {
    this.discard();
    this.on.lost();
  }

  discard() {
    clearTimeout(this.watch);
    clearTimeout(this.retry);
    const socket = this.socket;
    this.socket = null;
    this.live = false;
    this.waiting.clear();
    socket?.close();
  }
}
