// A timer the server keeps: whoever does not end it in time is looked for.

import { Refused, Unreachable } from "./api.js";
import { now } from "./clock.js";
import { button, el, say, shout, show } from "./elements.js";
import { age, time } from "./words.js";

const MINUTES = [1, 5, 15, 30, 60, 120, 480];
const USUAL = 30;

/** Puts the card into `node`; `desk` is what all pages of one person share. */
export class CheckIn {
  constructor(desk) {
    this.desk = desk;
    this.state = null;
    this.body = el("div", { class: "stack" });
    this.fault = el("p", { class: "fault", role: "alert" });
    this.node = el(
      "section",
      { class: "card stack", "aria-labelledby": "check-in" },
      el("h2", { id: "check-in", text: "Check-in" }),
      this.body,
      this.fault,
    );
    setInterval(() => this.tick(), 1000);
    this.refresh();
  }

  get isOpen() {
    return this.state?.state === "open";
  }

  /** How it stands on the server; without an answer what was shown stays. */
  async refresh() {
    await this.ask(() => this.desk.api.get("/v1/check-in"), { quietly: true });
  }

  heard(data) {
    if (data.warned && !this.state?.warned) shout("Your check-in runs out soon. Are you safe?");
    this.refresh();
  }

  async start(minutes, note) {
    const position = this.desk.whereabouts.position();
    const started = await this.ask(() => this.desk.api.put("/v1/check-in", { minutes, note, position }));
    if (started) say(`Your check-in runs out ${time(this.state.ends_at)}.`);
  }

  async end() {
    if (await this.ask(() => this.desk.api.post("/v1/check-in/end"))) say("Ended. Nobody will look for you.");
    else await this.refresh();
  }

  /** Do it, show how it stands then; whether it was done. */
  async ask(call, { quietly = false } = {}) {
    try {
      this.state = await call();
      this.fault.textContent = "";
      this.draw();
      return true;
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
      if (!quietly) this.fault.textContent = fault.message;
      return false;
    }
  }

  draw() {
    const { state, ends_at, warned } = this.state;
    show(this.body, [state, ends_at, warned], () => (this.isOpen ? this.running() : this.form()));
    this.tick();
  }

  running() {
    this.left = el("p", { class: "lead" });
    return [
      this.left,
      this.state.note && el("p", { text: this.state.note }),
      button("I am safe", () => this.end(), { className: "first huge" }),
      button("15 minutes from now", () => this.start(15), { className: "second" }),
    ];
  }

  form() {
    const minutes = el("select", {}, MINUTES.map((one) => el("option", { value: one, selected: one === USUAL, text: words(one) })));
    const note = el("input", { maxlength: 2000, autocomplete: "off" });
    const ranOut = this.state.state === "ran_out";
    return [
      ranOut && el("p", { text: `Your last one ran out ${time(this.state.ends_at)}: an emergency was raised.` }),
      el("p", { class: "quiet", text: "If you do not end it in time, Security looks for you where you were last." }),
      el("label", { class: "field" }, el("span", { text: "Runs out after" }), minutes),
      el("label", { class: "field" }, el("span", { text: "What should Security know?" }), note),
      button("Start the timer", () => this.start(Number(minutes.value), note.value)),
    ];
  }

  /** What is left, told anew each second. */
  tick() {
    if (!this.isOpen || !this.left) return;
    const seconds = Math.floor((Date.parse(this.state.ends_at) - now()) / 1000);
    const text = seconds >= 0 ? `Runs out ${time(this.state.ends_at)}, in ${age(seconds)}` : "It has run out.";
    if (this.left.textContent !== text) this.left.textContent = text;
    this.left.classList.toggle("warned", this.state.warned);
  }
}

function words(minutes) {
  return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
}
