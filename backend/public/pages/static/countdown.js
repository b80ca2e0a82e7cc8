// The seconds between a press and its sending: the whole screen is the button that stops it.

import { el, shout } from "./elements.js";
import { ring, shape } from "./shapes.js";
import { KINDS } from "./words.js";

/** A frightened finger presses twice: the second press does not stop what the first began. */
const DEAF_MS = 800;

/** Counts `seconds` down over the page; then `on.sent()`, or `on.stopped()`. */
export class Countdown {
  constructor(kind, seconds, on) {
    this.on = on;
    this.began = performance.now();
    this.ends = this.began + seconds * 1000;
    this.number = el("span", { class: "count", text: String(seconds) });
    this.circle = ring();
    const name = KINDS[kind].name;
    const stop = el(
      "button",
      { type: "button", class: "stop-all", "aria-label": `Stop. ${name} is sent in ${seconds} seconds` },
      el("span", { class: "count-title" }, shape(kind), el("span", { text: `${name} in` })),
      el("span", { class: "count-ring" }, this.circle, this.number),
      el("span", { class: "count-stop", text: "Tap to stop" }),
    );
    stop.addEventListener("click", () => performance.now() - this.began > DEAF_MS && this.close(this.on.stopped));
    this.dialog = el("dialog", { class: `countdown ${kind}`, "aria-label": `${name} countdown` }, stop);
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close(this.on.stopped);
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
    stop.focus();
    shout(`${name} in ${seconds} seconds. Press to stop.`);
    this.circle.style.setProperty("--seconds", `${seconds}s`);
    this.timer = setInterval(() => this.tick(), 100);
  }

  tick() {
    const left_ms = this.ends - performance.now();
    this.number.textContent = String(Math.max(1, Math.ceil(left_ms / 1000)));
    if (left_ms <= 0) this.close(this.on.sent);
  }

  close(then) {
    if (!this.dialog) return;
    clearInterval(this.timer);
    this.dialog.close();
    this.dialog.remove();
    this.dialog = null;
    then();
  }
}
