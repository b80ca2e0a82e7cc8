// The control room warns the campus: a template and a place, what it would say and whom it would reach, and then a hold.

import { button, el, shout, show, ticking } from "./elements.js";
import { holdButton } from "./holding.js";
import { time } from "./words.js";

const STATES = [
  ["need_help", "need help"],
  ["silent", "silent"],
  ["displayed", "displayed"],
  ["accepted", "accepted by a provider"],
  ["sent", "sent"],
  ["asked", "to be sent"],
  ["safe", "safe"],
  ["not_here", "not here"],
  ["failed", "failed"],
  ["unreachable", "unreachable"],
];
const THREADS = "/console/api/broadcasts";

/** Puts the card into `node`; `page` is the control room's. */
export class Warning {
  constructor(page) {
    this.page = page;
    this.api = page.desk.api;
    this.campus = null;
    this.draft = null;
    this.writing = false;
    this.inForce = [];
    this.tallies = new Map();
    this.body = el("div", { class: "stack" });
    this.node = el("section", { class: "card stack", "aria-label": "Broadcasts" }, this.body);
    this.drawBody();
  }

  /** What is in force, after every connect and after every broadcast that comes. */
  async refresh() {
    this.campus ??= await this.api.get("/console/api/campus");
    const { items } = await this.api.get(`${THREADS}?open=true`);
    this.inForce = items.filter((one) => one.state === "in_force");
    this.drawBody();
  }

  /** How far each that is in force got, as the live picture tells it. */
  count(tallies) {
    this.tallies = new Map(tallies.map((one) => [one.broadcast_id, one]));
    this.drawBody();
  }

  attempt(work) {
    return this.page.attempt(async () => {
      await work();
      await this.refresh();
    });
  }

  drawBody() {
    const facts = [this.writing, this.draft, this.inForce, [...this.tallies.values()].map((one) => one.states), !this.campus];
    show(this.body, facts, () => [
      el("h2", { text: "Broadcasts" }),
      ...this.inForce.map((one) => this.thread(one)),
      this.draft ? this.preview() : this.writing ? this.form() : this.beginning(),
    ]);
  }

  beginning() {
    return button("Warn the campus", () => this.turn({ writing: true }), { name: "warn", className: "second", disabled: !this.campus });
  }

  form() {
    const option = ({ id, name }) => el("option", { value: id, text: name });
    const alerts = this.campus.templates.filter((one) => one.kind !== "all_clear");
    const template = el("select", {}, alerts.map((one) => el("option", { value: one.id, text: one.title.replace("{place}", "…") })));
    const sites = this.campus.zones.filter((zone) => zone.site === zone.id);
    const place = el("select", {}, sites.map((site) => [option(site), ...this.campus.zones.filter((zone) => zone.site === site.id && zone.id !== site.id).map(option)]).flat());
    const whom = el("select", {}, el("option", { value: "everyone", text: "Everyone" }), el("option", { value: "site", text: "People of that campus" }), el("option", { value: "place", text: "People of that place" }));
    const field = (text, control) => el("label", { class: "field" }, el("span", { text }), control);
    const audience = () => {
      const zone = this.campus.zones.find((one) => one.id === place.value);
      return { everyone: { everyone: true }, site: { sites: [zone.site] }, place: zone.site === zone.id ? { sites: [zone.id] } : { zones: [zone.id] } }[whom.value];
    };
    return el(
      "div",
      { class: "stack" },
      field("What has happened", template),
      field("Where", place),
      field("Whom to tell", whom),
      el(
        "div",
        { class: "row" },
        button("Close", () => this.turn({ writing: false }), { className: "plain" }),
        button("Look at it", () => this.look(template.value, place.value, audience()), { name: "look", className: "first" }),
      ),
    );
  }

  look(template, place, audience) {
    return this.attempt(async () => {
      this.draft = await this.api.post(THREADS, { template, place, audience });
    });
  }

  preview() {
    const { title, body, lint, reach } = this.draft;
    const refusing = lint.filter((fault) => fault.refuses);
    const channels = Object.entries(reach?.by_channel ?? {}).map(([channel, people]) => `${channel} ${people}`).join(" · ");
    return el(
      "div",
      { class: "stack" },
      el("h3", { text: title }),
      el("p", { text: body }),
      el("ul", {}, lint.map((fault) => el("li", { class: fault.refuses ? "fault" : "quiet", text: fault.message }))),
      el("p", { text: `Reaches ${reach?.people ?? 0} people. ${channels}` }),
      el(
        "div",
        { class: "row" },
        button("Back", () => this.turn({ draft: null }), { className: "plain" }),
        refusing.length === 0 && holdButton("Send it to everybody named", () => this.send(), { name: "send", className: "first" }),
      ),
    );
  }

  send() {
    const { id } = this.draft;
    return this.attempt(async () => {
      const sent = await this.api.post(`${THREADS}/${id}/issue`);
      shout(sent.second ? "A second person has to confirm it." : "It is out.");
      this.draft = null;
      this.writing = false;
    });
  }

  thread(one) {
    const tally = this.tallies.get(one.id);
    const press = (what, body) => () => this.attempt(() => this.api.post(`${THREADS}/${one.id}/${what}`, body));
    return el(
      "article",
      { class: `thread stack ${one.overdue ? "overdue" : ""}` },
      el("p", {}, el("strong", { text: `${one.exercise ? "EXERCISE: " : ""}${one.title}` }), ticking(one.issued_at, { before: " · for " })),
      el("p", { class: "quiet", text: `Version ${one.version}, ${one.hash}${one.next_update_at ? ` · next word by ${time(one.next_update_at)}` : ""}${one.overdue ? " · OVERDUE" : ""}` }),
      tally && el("ul", { class: "tally" }, STATES.filter(([state]) => tally.states[state]).map(([state, words]) => el("li", { class: state }, el("strong", { text: tally.states[state] }), ` ${words}`))),
      tally && el("p", { class: "quiet", text: `${tally.people} people` }),
      el(
        "div",
        { class: "row" },
        button("No change, still in force", press("update", { no_change: true }), { name: `same-${one.id}`, className: "second" }),
        holdButton("All clear", press("clear"), { name: `clear-${one.id}`, className: "second" }),
        holdButton("Sent in error", press("retract"), { name: `retract-${one.id}`, className: "second" }),
      ),
    );
  }

  turn(change) {
    Object.assign(this, change);
    this.drawBody();
  }
}
