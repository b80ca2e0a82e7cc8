// What the whole campus is told: shown above everything, answered by one press, and over when it is over.

import { Refused, Unreachable } from "./api.js";
import { button, el, shout, show } from "./elements.js";
import { time } from "./words.js";

const ANSWERS = { safe: "I am safe", need_help: "I need help", not_here: "I am not here" };
const GRAVE = new Set(["extreme", "severe"]);

/** Puts the broadcasts of one person into `node`; `desk` is what all their pages share. */
export class Broadcasts {
  constructor(desk) {
    this.desk = desk;
    this.known = new Map();
    this.node = el("section", { class: "broadcasts", "aria-label": "What everybody is told" });
  }

  /** What stands on the server, with what was answered elsewhere; without an answer what was shown stays. */
  async refresh() {
    try {
      const { items } = await this.desk.api.get("/v1/broadcasts?active=true");
      for (const one of items) this.take({ ...one, broadcast_id: one.id });
      const inForce = new Set(items.map((one) => one.id));
      for (const one of this.known.values()) if (!inForce.has(one.broadcast_id)) one.ended = true;
      this.draw();
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
    }
  }

  /** A version from wherever it came: the highest wins, and what is over stays over. */
  take(told) {
    const before = this.known.get(told.broadcast_id);
    if (before && told.version < before.version) return;
    const isNews = !before || told.version > before.version;
    if (!before && told.ended) return;
    this.known.set(told.broadcast_id, { ...before, ...inOwnLanguage(told), fault: before?.fault ?? "" });
    if (isNews) shout(`${mark(told)}${told.title}. ${told.body}`);
    this.draw();
  }

  async answer(one, answer) {
    const position = this.desk.whereabouts.position();
    try {
      await this.desk.api.post(`/v1/broadcasts/${one.broadcast_id}/answer`, { answer, position });
      one.my_answer = answer;
      one.fault = "";
      if (answer === "need_help") await this.desk.refresh("handset");
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
      one.fault = answer === "need_help" ? `${fault.message} Ring 999.` : fault.message;
    }
    this.draw();
  }

  draw() {
    const shown = [...this.known.values()].filter((one) => !one.dismissed);
    show(this.node, shown, () => shown.map((one) => this.card(one)));
  }

  card(one) {
    const id = `broadcast-${one.broadcast_id}`;
    const over = one.ended || one.part === "all_clear" || one.part === "retraction";
    const heading = el("h2", { id, lang: one.language ?? false, text: `${mark(one)}${one.title}` });
    const said = el("p", { lang: one.language ?? false, text: one.body });
    const next = !over && one.next_update_at ? ` · next word by ${time(one.next_update_at)}` : "";
    const foot = el("p", { class: "quiet", text: `${over ? "Over" : "In force"} · ${time(one.issued_at)}${next} · version ${one.version}, ${one.hash}` });
    return el(
      "article",
      { class: `card stack broadcast ${!over && GRAVE.has(one.severity) ? "grave" : ""} ${one.exercise ? "exercise" : ""}`, "aria-labelledby": id },
      heading,
      said,
      foot,
      over ? button("Close", () => this.dismiss(one), { name: `close ${id}`, className: "second" }) : this.answers(one),
      one.fault && el("p", { class: "fault", role: "alert", text: one.fault }),
    );
  }

  answers(one) {
    const made = Object.entries(ANSWERS).map(([answer, text]) =>
      button(text, () => this.answer(one, answer), {
        name: `${answer} ${one.broadcast_id}`,
        className: answer === "need_help" ? "second help-now" : "second",
        "aria-pressed": String(one.my_answer === answer),
      }),
    );
    return el("div", { class: "answers", role: "group", "aria-label": "Are you safe?" }, made);
  }

  dismiss(one) {
    one.dismissed = true;
    this.draw();
  }
}

function mark(one) {
  if (one.exercise) return "EXERCISE: ";
  return one.kind === "test" ? "TEST: " : "";
}

/** The socket brings every language; a request has chosen already. */
function inOwnLanguage(told) {
  const own = navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => told.languages?.[tag]);
  return own ? { ...told, ...told.languages[own], language: own } : told;
}
