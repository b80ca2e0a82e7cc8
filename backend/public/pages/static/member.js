// Everybody's page: three buttons, the seconds in which a press can be stopped, and what became of it.

import { CaseView } from "./case_view.js";
import { CheckIn } from "./check_in.js";
import { Countdown } from "./countdown.js";
import { button, drawEach, el, say, shout, show } from "./elements.js";
import { holdButton } from "./holding.js";
import { Pressing } from "./pressing.js";
import { shape } from "./shapes.js";
import { calls } from "./calls.js";
import { KINDS, headline, isOpen, time } from "./words.js";

/** Puts the member's page into `node`; `desk` is what all pages of one person share. */
export class Member {
  constructor(desk) {
    this.desk = desk;
    this.views = new Map();
    this.done = new Set();
    this.pressing = new Pressing(desk.api, desk.whereabouts, {
      changed: () => this.draw(),
      answered: (incident) => this.answered(incident),
    });
    this.unsent = el("div");
    this.cases = el("div", { class: "cases" });
    this.buttons = el("div");
    this.title = el("h1", { class: "ask" });
    this.where = desk.whereabouts.picker();
    this.checkIn = new CheckIn(desk);
    this.node = el("div", { class: "member" }, this.unsent, this.cases, this.title, this.buttons, this.where, this.checkIn.node);
    desk.whereabouts.onChange(() => this.moved());
    setInterval(() => this.moved(), 15_000);
    this.draw();
    this.pressing.resume();
  }

  /** Whether leaving now would lose a press. */
  get busy() {
    return this.pressing.press !== null;
  }

  answered(incident) {
    shout(`Received ${time(incident.received_at)}. ${headline(incident)}.`);
    this.done.delete(incident.id);
    this.desk.cases.take(incident);
    this.draw();
    this.views.get(incident.id)?.node.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    this.desk.settled(`Your press was received ${time(incident.received_at)}.`);
  }

  heard(type, data) {
    if (type === "check_in") this.checkIn.heard(data);
    if (type === "chat") this.views.get(data.incident_id)?.conversation.heard();
  }

  /** What the stream may not have brought. */
  refresh() {
    return this.checkIn.refresh();
  }

  mine() {
    const shown = this.desk.cases.all().filter((one) => one.call && !this.done.has(one.id) && (isOpen(one) || this.views.has(one.id)));
    return shown.sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)) || later(other, one));
  }

  draw() {
    const cases = this.mine();
    const { press, tries, refused } = this.pressing;
    show(this.unsent, [press, tries > 0, refused], () => press && this.unsentNotice());
    this.drawCases(cases);
    const open = cases.some(isOpen);
    const busy = open || press;
    this.title.textContent = busy ? "More help" : "What do you need?";
    this.node.classList.toggle("has-case", Boolean(busy || cases.length));
    show(this.buttons, [Boolean(this.desk.campus)], () => this.threeButtons());
  }

  threeButtons() {
    const made = Object.entries(KINDS).map(([kind, words]) => {
      const pressed = button("", () => this.begin(kind), { name: kind, className: `kind ${kind}` });
      pressed.append(
        shape(kind),
        el("span", { class: "kind-words" }, el("strong", { text: words.button }), el("span", { text: words.means })),
      );
      return pressed;
    });
    const wait = (kind) => this.countdown_s(kind);
    return [
      el("div", { class: "three" }, made),
      el("p", { class: "quiet", text: `A press waits ${wait("emergency")} seconds (${wait("help")} for the others): tap to stop it.` }),
    ];
  }

  countdown_s(kind) {
    return this.desk.campus?.kinds?.find((one) => one.kind === kind)?.countdown_s ?? (kind === "emergency" ? 3 : 5);
  }

  begin(kind) {
    if (this.pressing.press && !this.pressing.refused) return;
    const name = KINDS[kind].name;
    new Countdown(kind, this.countdown_s(kind), {
      sent: () => {
        this.pressing.start(kind);
        // What becomes of it is told at the top.
        window.scrollTo(0, 0);
      },
      stopped: () => say(`${name} stopped. Nothing was sent.`),
    });
  }

  unsentNotice() {
    const { press, tries, refused } = this.pressing;
    const name = KINDS[press.kind].name;
    const numbers = calls(refused?.call ?? this.desk.campus?.numbers, { big: true });
    if (refused) {
      shout(`Not sent. Ring 999 now.`);
      return el(
        "section",
        { class: "unsent" },
        el("h2", { text: `${name}: not sent. Ring 999 now.` }),
        el("p", { text: refused.title ?? "The server did not take it." }),
        numbers,
        button("Close", () => this.giveUp(), { className: "second" }),
      );
    }
    if (!tries) return el("section", { class: "sending" }, el("p", { class: "lead", text: `Sending: ${name} …` }));
    shout("Not sent yet. Trying. Ring 999 now.");
    return el(
      "section",
      { class: "unsent" },
      el("h2", { text: "Not sent yet. Trying. Ring 999 now." }),
      el("p", { text: `${name}, pressed ${time(press.pressed_at)}. It goes by itself as soon as there is a way.` }),
      numbers,
      holdButton("Stop trying", () => this.giveUp(), { className: "second" }),
    );
  }

  giveUp() {
    this.pressing.stop();
    this.desk.settled("Your press was not sent: ring 999.");
  }

  drawCases(cases) {
    drawEach(this.views, cases, (id) => new CaseView(this.desk, id, { done: () => this.finish(id) }));
    // Moved only when the order has changed: a moved element loses the focus inside it.
    const wanted = cases.map((one) => this.views.get(one.id).node);
    const order = [...this.cases.children];
    if (wanted.length !== order.length || wanted.some((node, at) => node !== order[at])) this.cases.replaceChildren(...wanted);
  }

  finish(id) {
    this.done.add(id);
    this.desk.cases.forget(id);
    this.draw();
    this.buttons.querySelector("button")?.focus();
  }

  /** A case goes on knowing where its owner is; an old place is dropped by the server. */
  async moved() {
    const position = this.desk.whereabouts.position();
    if (!position) return;
    if (this.checkIn.isOpen) await this.desk.api.post("/v1/positions", position).catch(() => {});
    for (const incident of this.mine().filter(isOpen)) {
      // Lost ones do not matter: the next is newer.
      await this.desk.api.post(`/v1/incidents/${incident.id}/positions`, position).catch(() => {});
    }
  }
}

function later(one, other) {
  return Date.parse(one.received_at) - Date.parse(other.received_at);
}
