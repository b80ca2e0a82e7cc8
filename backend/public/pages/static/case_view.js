// One's own case: whether anybody has seen it, who is coming and when, whom to ring, what is said.

import { calls } from "./calls.js";
import { Conversation } from "./conversation.js";
import { button, el, say, show, ticking } from "./elements.js";
import { holdButton } from "./holding.js";
import { shape } from "./shapes.js";
import { Story } from "./story.js";
import { KINDS, arrival, doing, headline, isOpen, place, time } from "./words.js";

/** From when on a silence is shown as one, seconds: the first rung of the ladders is 20 to 30. */
const UNSEEN_AMBER_S = 20;
const UNSEEN_RED_S = 60;

/** A case on its owner's page; `draw(incident)` after every change, `done` when it is put away. */
export class CaseView {
  constructor(desk, id, { done }) {
    this.desk = desk;
    this.id = id;
    this.done = done;
    this.conversation = new Conversation(desk.api, id);
    this.head = el("header", { class: "case-head" });
    this.coming = el("div");
    this.numbers = el("div");
    this.story = new Story();
    this.ways = el("div", { class: "ways" });
    this.node = el(
      "article",
      { class: "case card", tabindex: "-1" },
      this.head,
      el("div", { class: "case-parts" }, el("div", {}, this.coming, this.numbers, this.story.node), this.conversation.node),
      this.ways,
    );
  }

  draw(incident) {
    const open = isOpen(incident);
    const sentence = headline(incident);
    if (this.sentence && this.sentence !== sentence) say(sentence);
    this.sentence = sentence;
    this.node.classList.toggle("closed", !open);
    this.node.setAttribute("aria-label", `${KINDS[incident.kind].name} ${incident.reference}`);
    show(this.head, [incident.kind, incident.received_at, sentence, incident.seen, place(incident)], () => this.heading(incident));
    show(this.coming, [incident.responders, open], () => this.responders(incident.responders));
    show(this.numbers, [open, incident.call], () => open && calls(incident.call));
    this.story.tell(incident.progress);
    show(this.ways, [open], () => (open ? this.cancel() : button("Done", this.done, { className: "first" })));
    if (!open) this.conversation.close();
  }

  heading(incident) {
    const open = isOpen(incident);
    const alone = open && !incident.responders.length;
    const limits = alone && !incident.seen ? { amber_s: UNSEEN_AMBER_S, red_s: UNSEEN_RED_S } : {};
    return [
      el("p", { class: "case-kind" }, shape(incident.kind), el("span", { text: `${KINDS[incident.kind].name} · ${place(incident)}` })),
      el("p", { class: "received" }, `Received ${time(incident.received_at)}`, open && ticking(incident.received_at, { before: " · ", ...limits })),
      el("h2", { class: alone && !incident.seen ? "unseen-case" : "", text: headline(incident) }),
    ];
  }

  responders(responders) {
    if (!responders.length) return [];
    return el(
      "ul",
      { class: "coming", "aria-label": "Who is coming" },
      responders.map((one) =>
        el(
          "li",
          {},
          el("strong", { text: one.name }),
          el("span", { text: [doing(one), responders.length > 1 && arrival(one)].filter(Boolean).join(", ") }),
          one.eta_s > 0 && el("span", { class: "quiet", text: `place as of ${time(one.updated_at)}` }),
        ),
      ),
    );
  }

  cancel() {
    const fault = el("p", { class: "fault", role: "alert" });
    // Shown when the server asks for it: only there is it known whether this person has PINs.
    const pin = el("input", { type: "password", inputmode: "numeric", autocomplete: "off", maxlength: "8", name: "pin" });
    const asked = el("div", { hidden: true }, el("label", { class: "field" }, "Your PIN", pin));
    const call_off = holdButton(
      "Cancel: I am all right",
      async () => {
        const body = { reason: null, pin: pin.value || null };
        pin.value = "";
        try {
          this.desk.cases.take(await this.desk.api.post(`/v1/incidents/${this.id}/cancel`, body));
        } catch (refused) {
          fault.textContent = refused.message;
          if (!refused.problem?.errors?.some((one) => one.field === "pin")) return;
          asked.hidden = false;
          pin.focus();
        }
      },
      { name: "cancel", className: "second" },
    );
    return [fault, asked, call_off];
  }
}
