// Make elements, change only what is different, and say things to those who listen instead of look.

import { now } from "./clock.js";
import { age } from "./words.js";

const told = new WeakMap();

/** An element: `traits` are attributes, except `on` (listeners), `data` (data-…) and `text`. */
export function el(name, traits = {}, ...children) {
  const made = document.createElement(name);
  const { on = {}, data = {}, text, ...attributes } = traits;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(attribute, "");
    else if (value !== false && value != null) made.setAttribute(attribute, value);
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  Object.assign(made.dataset, data);
  if (text != null) made.textContent = text;
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/**
 * Fill `place` with what `build` returns, but only when `facts` differ from last time.
 * Focus stays on the element of the same `data-name`: a message that arrives must not move anybody's finger.
 */
export function show(place, facts, build) {
  const key = JSON.stringify(facts);
  if (told.get(place) === key) return;
  told.set(place, key);
  const active = document.activeElement;
  const name = place.contains(active) ? active.dataset.name : null;
  place.replaceChildren(...[build()].flat().filter((child) => child != null && child !== false));
  if (name) place.querySelector(`[data-name="${CSS.escape(name)}"]`)?.focus();
}

/** Draw each of `rows` in its own view, made at its first sight; the views of those that are gone go with them. */
export function drawEach(views, rows, make) {
  for (const [id, view] of views) {
    if (rows.some((one) => one.id === id)) continue;
    view.node.remove();
    views.delete(id);
  }
  for (const row of rows) {
    if (!views.has(row.id)) views.set(row.id, make(row.id));
    views.get(row.id).draw(row);
  }
}

/** A button; `press` may be asynchronous, and the button waits for it. `name` keeps its focus. */
export function button(text, press, { name = text, className = "", ...traits } = {}) {
  const made = el("button", { type: "button", class: className, text, data: { name }, ...traits });
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    made.setAttribute("aria-disabled", "true");
    try {
      await press(made);
    } finally {
      made.removeAttribute("aria-disabled");
    }
  });
  return made;
}

/** How long ago, ticking. Not a live region: a screen reader would never be silent again. */
export function ticking(since, { amber_s = Infinity, red_s = Infinity, before = "", after = "" } = {}) {
  const made = el("span", { class: "age", data: { since, amber: amber_s, red: red_s, before, after } });
  tick(made);
  return made;
}

function tick(shown) {
  const seconds = Math.max(0, Math.floor((now() - Date.parse(shown.dataset.since)) / 1000));
  const text = `${shown.dataset.before}${age(seconds)}${shown.dataset.after}`;
  if (shown.textContent !== text) shown.textContent = text;
  shown.classList.toggle("amber", seconds >= Number(shown.dataset.amber) && seconds < Number(shown.dataset.red));
  shown.classList.toggle("red", seconds >= Number(shown.dataset.red));
}

/** Start the one clock by which every age on the page moves on. */
export function startTicking() {
  setInterval(() => document.querySelectorAll("[data-since]").forEach(tick), 1000);
}

/** Say it to a screen reader when it is free. */
export function say(words) {
  speakIn("said", words);
}

/** Say it to a screen reader at once. */
export function shout(words) {
  speakIn("shouted", words);
}

function speakIn(id, words) {
  const place = document.getElementById(id);
  // The same words twice are said twice.
  place.textContent = "";
  setTimeout(() => (place.textContent = words), 50);
}
