// What a case is called on every page: its kind and its reference, which never breaks in the middle.

import { el } from "./elements.js";
import { shape } from "./shapes.js";
import { KINDS } from "./words.js";

/** "Emergency E-2026-0147". */
export function title({ kind, reference }) {
  return el("strong", {}, `${KINDS[kind].name} `, el("span", { class: "reference", text: reference }));
}

/** The same behind its shape, as a case's first line. */
export function titleLine(incident) {
  return el("p", { class: "case-kind" }, shape(incident.kind), title(incident));
}
