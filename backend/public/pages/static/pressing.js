// A press on its way: kept in the tab and sent again with the same tap_id until the server has answered.

import { stamp } from "./clock.js";
import { Refused } from "./api.js";
import { recall, remember } from "./session.js";

const KEY = "bluelight.press";
const WAITS_MS = [500, 1000, 2000, 3000, 5000];
const PATIENCE_MS = 8000;

/**
 * At most one press at a time; `on`: changed(), answered(incident).
 *
 * `press` is the tap or null, `tries` how often it was sent in vain, `refused` the server's final no.
 */
export class Pressing {
  constructor(api, whereabouts, on) {
    this.api = api;
    this.whereabouts = whereabouts;
    this.on = on;
    this.press = recall(KEY);
    this.tries = 0;
    this.refused = null;
    window.addEventListener("online", () => this.press && !this.refused && this.again());
  }

  /** A press begun before the page was loaded again goes on. */
  resume() {
    if (this.press) this.again();
  }

  start(kind) {
    this.press = {
      // randomUUID only exists on https and loopback; this page may be tried over plain http on a campus network.
      tap_id: uuid(),
      kind,
      trigger: "button",
      pressed_at: stamp(),
    };
    this.tries = 0;
    this.refused = null;
    remember(KEY, this.press);
    this.again();
  }

  stop() {
    clearTimeout(this.retry);
    this.press = null;
    this.refused = null;
    remember(KEY, null);
    this.on.changed();
  }

  async again() {
    clearTimeout(this.retry);
    const press = this.press;
    const attempt = (this.attempt = Symbol("attempt"));
    this.on.changed();
    try {
      const position = this.whereabouts.position();
      const incident = await this.api.call("POST", "/v1/taps", { ...press, position }, { patience_ms: PATIENCE_MS });
      if (this.press?.tap_id !== press.tap_id) return;
      this.stop();
      this.on.answered(incident);
    } catch (fault) {
      if (this.press?.tap_id !== press.tap_id || this.attempt !== attempt) return;
      this.tries += 1;
      if (fault instanceof Refused && !fault.mayPass) this.refused = fault.problem;
      else this.retry = setTimeout(() => this.again(), WAITS_MS[Math.min(this.tries, WAITS_MS.length) - 1]);
      this.on.changed();
    }
  }
}

/** A random UUID, version 4. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
