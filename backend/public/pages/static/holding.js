// A button that must be held, for what a slip must not do.

import { el, say } from "./elements.js";

const HOLD_MS = 1000;
const AGAIN_MS = 5000;

/**
 * Press and hold with a finger or the mouse. A keyboard or a screen reader cannot hold:
 * there it asks, and a second press within five seconds does it.
 */
export function holdButton(text, done, { name = text, className = "" } = {}) {
  const label = el("span", { text });
  const hint = el("span", { class: "hint", text: "Press and hold" });
  const made = el("button", { type: "button", class: `hold ${className}`, data: { name } }, label, hint);
  let timer;
  let asked = 0;
  const release = () => {
    clearTimeout(timer);
    made.classList.remove("held");
  };
  const finish = async () => {
    release();
    made.setAttribute("aria-disabled", "true");
    try {
      await done();
    } finally {
      made.removeAttribute("aria-disabled");
    }
  };
  made.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || made.hasAttribute("aria-disabled")) return;
    made.classList.add("held");
    timer = setTimeout(finish, HOLD_MS);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) made.addEventListener(end, release);
  made.addEventListener("contextmenu", (event) => event.preventDefault());
  made.addEventListener("click", (event) => {
    // A click without a pointer: `detail` counts the presses of one, and is 0 for keys and assistive technology.
    if (event.detail !== 0 || made.hasAttribute("aria-disabled")) return;
    if (performance.now() - asked < AGAIN_MS) {
      finish();
      return;
    }
    asked = performance.now();
    hint.textContent = "Press again to do it";
    say(`${text}? Press again to do it.`);
    setTimeout(() => (hint.textContent = "Press and hold"), AGAIN_MS);
  });
  return made;
}
