// An officer's page: on duty or not, who asks, and the case at hand with its one next move.

import { drawEach, el, say, shout, show } from "./elements.js";
import { OfferView } from "./offer_view.js";
import { RespondedCase } from "./responded_case.js";
import { DUTIES, KINDS, isOpen, place } from "./words.js";

/** Puts the officer's page into `node`; `desk` is what all pages of one person share. */
export class Officer {
  constructor(desk) {
    this.desk = desk;
    this.state = "off_duty";
    this.offers = new Map();
    this.views = new Map();
    this.accepted = new Set();
    this.done = new Set();
    this.switched = 0;
    this.note = el("p", { class: "notice", role: "status", hidden: true });
    this.waiting = el("div", { class: "offers" });
    this.cases = el("div", { class: "cases" });
    this.quiet = el("p", { class: "lead quiet" });
    this.duty = this.dutySwitch();
    this.node = el("div", { class: "officer" }, this.note, this.waiting, this.cases, this.quiet, this.duty);
    desk.whereabouts.onChange(() => this.moved());
    this.draw();
  }

  get onDuty() {
    return this.state !== "off_duty";
  }

  /** What stands now, after every connect. */
  async refresh() {
    const switched = this.switched;
    const me = await this.desk.api.get("/v1/me");
    // An answer from before the last press of the switch would put the switch back.
    if (switched === this.switched) this.take(me.duty ?? "off_duty");
    const { items } = await this.desk.api.get("/v1/offers");
    this.offers = new Map(items.map((offer) => [offer.id, this.offers.get(offer.id) ?? offer]));
    this.draw();
  }

  heard(type, data) {
    if (type === "offer" && data.incident && !this.offers.has(data.id)) {
      this.offers.set(data.id, data);
      shout(`${data.incident.silent ? "Silent. " : ""}${KINDS[data.incident.kind].name}: ${place(data.incident)}. You are asked.`);
    } else if (type === "offer_withdrawn") {
      if (this.offers.delete(data.offer_id)) this.tell("Others have that case, or it is over. You can stand down.");
    } else if (type === "chat") {
      this.views.get(data.incident_id)?.conversation.heard();
    }
    this.draw();
  }

  /** The cases this officer has: not the ones they pressed for themselves, nor those they are only asked about. */
  mine() {
    const name = this.desk.person.name;
    return this.desk.cases
      .all()
      .filter((one) => !one.call && !this.done.has(one.id))
      .filter((one) => this.accepted.has(one.id) || one.responders?.some((responder) => responder.name === name))
      .filter((one) => isOpen(one) || this.views.has(one.id));
  }

  draw() {
    document.body.classList.toggle("off-duty", !this.onDuty);
    const offers = [...this.offers.values()];
    const cases = this.mine();
    show(this.waiting, offers.map((offer) => offer.id), () => offers.map((offer) => new OfferView(this, offer).node));
    this.desk.badge("officer", offers.length);
    drawEach(this.views, cases, (id) => {
      const view = new RespondedCase(this, id);
      this.cases.append(view.node);
      return view;
    });
    this.quiet.hidden = offers.length + cases.length > 0;
    this.quiet.textContent = this.onDuty ? "Nobody needs you now. You are asked here the moment somebody does." : "You are off duty: nobody asks you.";
    this.node.classList.toggle("has-case", cases.length > 0);
  }

  async accept(offer) {
    try {
      const incident = await this.desk.api.post(`/v1/offers/${offer.id}/accept`);
      this.accepted.add(incident.id);
      this.offers.delete(offer.id);
      this.tell("");
      this.desk.cases.take(incident);
      this.draw();
      this.views.get(incident.id)?.node.focus();
    } catch (fault) {
      const names = fault.problem?.taken_by?.map((one) => one.name).join(" and ");
      if (fault.status === 409 || fault.status === 404) this.offers.delete(offer.id);
      this.tell(names ? `${names} has it already. You can stand down.` : fault.message);
      this.draw();
    }
  }

  async decline(offer, reason) {
    try {
      await this.desk.api.post(`/v1/offers/${offer.id}/decline`, { reason });
      this.offers.delete(offer.id);
      this.tell("You said no. The next officer is being asked.");
    } catch (fault) {
      if (fault.status === 409 || fault.status === 404) this.offers.delete(offer.id);
      this.tell(fault.message);
    }
    this.draw();
  }

  finish(id) {
    this.done.add(id);
    this.desk.cases.forget(id);
    this.draw();
  }

  tell(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }

  dutySwitch() {
    this.radios = new Map();
    const choices = Object.entries(DUTIES).map(([state, words]) => {
      const radio = el("input", { type: "radio", name: "duty", value: state, checked: state === this.state });
      radio.addEventListener("change", () => this.change(state));
      this.radios.set(state, radio);
      return el("label", { class: "choice" }, radio, el("span", { text: words }));
    });
    this.until = el("p", { class: "quiet" });
    return el(
      "section",
      { class: "card duty" },
      el("fieldset", {}, el("legend", { text: "Duty" }), el("div", { class: "choices" }, choices)),
      this.until,
      this.desk.whereabouts.picker(),
    );
  }

  async change(state) {
    this.switched += 1;
    try {
      const position = state === "off_duty" ? null : this.desk.whereabouts.position();
      const duty = await this.desk.api.put("/v1/duty", { state, position }).finally(() => (this.switched += 1));
      this.take(duty.state, duty.ends_at);
      say(`${DUTIES[duty.state]}.`);
      this.tell("");
      if (!this.onDuty) this.offers.clear();
      await this.refresh();
    } catch (fault) {
      this.take(this.state);
      this.tell(`Your duty has not changed. ${fault.message}`);
    }
    this.draw();
  }

  take(state, ends_at) {
    this.state = state;
    this.radios.get(state).checked = true;
    if (ends_at || !this.onDuty) {
      const end = ends_at && new Date(ends_at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      this.until.textContent = this.onDuty ? `Ends by itself at ${end}.` : "";
    }
  }

  /** On duty the nearest is asked, so the service must know where this officer is. */
  async moved() {
    const position = this.onDuty && this.desk.whereabouts.position();
    if (position) await this.desk.api.post("/v1/positions", position).catch(() => {});
  }
}
