// An officer is asked: what, where, how far, how long ago; yes under the thumb, no with a reason.

import { button, el, ticking } from "./elements.js";
import { titleLine } from "./titles.js";
import { KINDS, distance, place } from "./words.js";

const REASONS = ["With another case", "Too far away", "Not able to go"];

/** One offer, filling the screen until it is answered or withdrawn. */
export class OfferView {
  constructor(officer, offer) {
    const { incident } = offer;
    const kind = KINDS[incident.kind].name;
    const marks = [incident.exercise && "EXERCISE", incident.silent && "SILENT: do not ring, do not call out"];
    this.node = el(
      "article",
      { class: `offer card ${incident.kind}`, "aria-label": `${kind}: you are asked` },
      titleLine(incident),
      marks.filter(Boolean).map((text) => el("p", { class: "mark", text })),
      el("h2", { text: place(incident) }),
      el(
        "p",
        { class: "lead" },
        distance(offer.distance_m),
        ticking(incident.received_at, { before: " · pressed ", after: " ago", amber_s: 20, red_s: 60 }),
      ),
      incident.note && el("blockquote", { text: incident.note }),
      el("p", { class: "quiet", text: `Asked because: ${offer.asked_because}` }),
      el(
        "div",
        { class: "no" },
        el("p", { class: "quiet", text: "If you cannot:" }),
        el(
          "div",
          { class: "reasons" },
          REASONS.map((reason) => button(reason, () => officer.decline(offer, reason), { className: "second" })),
        ),
      ),
      el("div", { class: "thumb" }, button("Accept", () => officer.accept(offer), { className: "first huge" })),
    );
  }
}
