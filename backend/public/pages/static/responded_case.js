// A case an officer has: where it is, the one next move, and the conversation.

import { Conversation } from "./conversation.js";
import { button, el, show, ticking } from "./elements.js";
import { holdButton } from "./holding.js";
import { Story } from "./story.js";
import { titleLine } from "./titles.js";
import { FORCED, arrival, doing, isOpen, place, time } from "./words.js";

const NEXT = {
  accepted: { move: "en_route", text: "On my way" },
  en_route: { move: "on_scene", text: "I am here" },
  on_scene: { move: "resolved", text: "Resolved" },
};

/** `draw(incident)` after every change. */
export class RespondedCase {
  constructor(officer, id) {
    this.officer = officer;
    this.id = id;
    this.conversation = new Conversation(officer.desk.api, id, { to: "Say something" });
    this.head = el("header", { class: "case-head" });
    this.others = el("div");
    this.story = new Story();
    this.fault = el("p", { class: "fault", role: "alert" });
    this.next = el("div", { class: "thumb" });
    this.node = el(
      "article",
      { class: "case card", tabindex: "-1" },
      this.head,
      el("div", { class: "case-parts" }, el("div", {}, this.others, this.story.node), this.conversation.node),
      this.fault,
      this.next,
    );
  }

  draw(incident) {
    const open = isOpen(incident);
    const own = this.ownState(incident);
    this.node.classList.toggle("closed", !open);
    this.node.setAttribute("aria-label", `Your case ${incident.reference}`);
    const facts = [open, incident.kind, incident.silent, incident.trigger, incident.state, place(incident), incident.note, incident.position];
    show(this.head, facts, () => this.heading(incident));
    show(this.others, incident.responders, () => this.responders(incident));
    show(this.next, [open, own], () => this.move(incident, own));
    this.story.tell(incident.progress);
    if (!open) this.conversation.close();
  }

  /** This officer's own move; the answer names responders, and one's own name is among them. */
  ownState(incident) {
    const own = incident.responders?.find((one) => one.name === this.officer.desk.person.name);
    return own?.state in NEXT ? own.state : "accepted";
  }

  heading(incident) {
    const open = isOpen(incident);
    const { latitude, longitude } = incident.position ?? {};
    return [
      titleLine(incident),
      incident.silent && el("p", { class: "mark", text: "SILENT: do not ring, do not call out" }),
      incident.trigger === "duress_pin" && el("p", { class: "mark", text: FORCED }),
      el("h2", { text: open ? place(incident) : `Over: ${incident.state}` }),
      el(
        "p",
        { class: "received" },
        `Received ${time(incident.received_at)}`,
        open && ticking(incident.received_at, { before: " · " }),
        latitude != null && el("span", { class: "quiet", text: ` · ${latitude.toFixed(4)}, ${longitude.toFixed(4)}` }),
      ),
      incident.note && el("blockquote", { text: incident.note }),
    ];
  }

  responders(incident) {
    const others = (incident.responders ?? []).filter((one) => one.name !== this.officer.desk.person.name);
    if (!others.length) return [];
    return el(
      "ul",
      { class: "coming", "aria-label": "Who else is coming" },
      others.map((one) =>
        el("li", {}, el("strong", { text: one.name }), el("span", { text: [doing(one), arrival(one)].filter(Boolean).join(", ") })),
      ),
    );
  }

  move(incident, own) {
    if (!isOpen(incident)) return button("Done", () => this.officer.finish(this.id), { className: "first huge" });
    const { move, text } = NEXT[own];
    const go = () => this.go(move);
    const held = move === "resolved" && incident.kind === "emergency";
    return held ? holdButton(text, go, { name: "next", className: "first huge" }) : button(text, go, { name: "next", className: "first huge" });
  }

  async go(move) {
    this.fault.textContent = "";
    const path = `/v1/incidents/${this.id}`;
    try {
      this.officer.desk.cases.take(await this.officer.desk.api.post(`${path}/moves`, { move }));
    } catch (fault) {
      this.fault.textContent = fault.message;
      // Somebody else may have been quicker: show how it stands.
      if (fault.status === 409) await this.officer.desk.api.get(path).then((now) => this.officer.desk.cases.take(now), () => {});
    }
  }
}
