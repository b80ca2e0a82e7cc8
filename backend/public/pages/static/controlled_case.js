// One case as the control room sees it whole: who, where, who was asked, what was said, and what can be done.

import { Conversation } from "./conversation.js";
import { button, el, show, ticking } from "./elements.js";
import { holdButton } from "./holding.js";
import { Story } from "./story.js";
import { titleLine } from "./titles.js";
import { FORCED, KINDS, arrival, isOpen, place, time } from "./words.js";

const STATES = {
  raised: "nobody asked yet",
  offered: "officers are asked",
  accepted: "somebody said yes",
  en_route: "somebody is on the way",
  on_scene: "somebody is there",
  resolved: "resolved",
  cancelled: "cancelled",
};

/** `draw(row)` after every change of the board's row; `read()` when more has happened. */
export class ControlledCase {
  constructor(controller, id) {
    this.controller = controller;
    this.id = id;
    this.whole = null;
    this.path = `/console/api/incidents/${id}`;
    this.conversation = new Conversation(controller.desk.api, id, { to: "Say something", door: "/console/api" });
    this.head = el("header", { class: "case-head" });
    this.asked = el("div");
    this.story = new Story();
    this.ways = el("div", { class: "ways" });
    this.node = el(
      "article",
      { class: "case card", tabindex: "-1" },
      this.head,
      el("div", { class: "case-parts" }, el("div", {}, this.asked, this.story.node), this.conversation.node),
      this.ways,
    );
    this.read();
  }

  async read() {
    // Each look is written down: news that comes while one is under way is one more look, however much it is.
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    await this.controller.attempt(async () => {
      this.whole = await this.controller.desk.api.get(this.path);
      this.controller.cases.take(this.whole);
      this.draw(this.controller.cases.get(this.id));
    });
    this.reading = false;
    if (this.again) {
      this.again = false;
      await this.read();
    }
  }

  draw(row) {
    const open = isOpen(row);
    const who = row.caller?.name ?? "Unknown caller";
    const officers = this.controller.onDuty();
    this.node.setAttribute("aria-label", `${KINDS[row.kind].name} ${row.reference}`);
    show(this.head, [row.kind, row.silent, row.trigger, row.state, row.note, who, place(row), row.late], () => this.heading(row, who, open));
    show(this.asked, this.whole?.offers, () => this.offers(this.whole?.offers ?? []));
    show(this.ways, [open, officers.map((one) => [one.officer_id, one.name])], () => (open ? this.can(row, officers) : []));
    this.story.tell(this.whole?.progress);
    if (!open) this.conversation.close();
  }

  heading(row, who, open) {
    return [
      titleLine(row),
      row.silent && el("p", { class: "mark", text: "SILENT: do not ring this person" }),
      row.trigger === "duress_pin" && el("p", { class: "mark", text: FORCED }),
      el("h2", { text: place(row) }),
      el("p", { class: "received" }, `${who} · received ${time(row.received_at)}`, open && ticking(row.received_at, { before: " · " })),
      el("p", { class: "lead", text: STATES[row.state] }),
      row.note && el("blockquote", { text: row.note }),
    ];
  }

  offers(offers) {
    if (!offers.length) return [];
    return el(
      "ul",
      { class: "coming", "aria-label": "Who was asked" },
      offers.map((one) =>
        el(
          "li",
          {},
          el("strong", { text: one.name ?? "Officer" }),
          el("span", { text: [told(one), arrival(one)].filter(Boolean).join(", ") }),
          el("span", { class: "quiet", text: one.asked_because }),
        ),
      ),
    );
  }

  can(row, officers) {
    const select = el(
      "select",
      { "aria-label": "Officer to send", data: { name: "officer" } },
      officers.map((one) => el("option", { value: one.officer_id, text: one.name })),
    );
    const send = button("Send this officer", () => this.act("assign", { officer_id: select.value }), { name: "assign", className: "second" });
    const end = () => this.act("resolve", {});
    return [
      officers.length ? el("div", { class: "row grow" }, select, send) : "",
      row.kind === "emergency"
        ? holdButton("Resolve", end, { name: "resolve", className: "first" })
        : button("Resolve", end, { name: "resolve", className: "first" }),
    ];
  }

  async act(way, body) {
    if (await this.controller.attempt(() => this.controller.desk.api.post(`${this.path}/${way}`, body))) await this.read();
  }
}

function told(offer) {
  const words = {
    offered: "is asked",
    accepted: "said yes",
    en_route: "is on the way",
    on_scene: "is there",
    declined: offer.declined_because ? `said no: ${offer.declined_because}` : "said no",
    withdrawn: "no longer needed",
    finished: "has finished",
  };
  return words[offer.state] + (offer.state === "offered" && !offer.reachable ? ", not reachable" : "");
}
