// Whom to ring: what a mobile can ring is a button, the rest is text.

import { el } from "./elements.js";
import { spaced, tel } from "./words.js";

const LAST_RESORT = [{ label: "Emergency services", number: "999", dialable: true }];

/** The call list, the first number first; `big` where ringing is the thing to do now. */
export function calls(numbers, { big = false } = {}) {
  const listed = numbers?.length ? numbers : LAST_RESORT;
  return el(
    "ul",
    { class: big ? "calls big" : "calls", "aria-label": "Whom to ring" },
    listed.map(({ label, number, dialable }, place) =>
      el(
        "li",
        {},
        dialable
          ? el(
              "a",
              { class: place ? "call minor" : "call", href: tel(number) },
              el("strong", { text: `Ring ${spaced(number)}` }),
              el("span", { text: label }),
            )
          : el("p", { class: "call-text" }, el("strong", { text: number }), el("span", { text: label })),
      ),
    ),
  );
}
