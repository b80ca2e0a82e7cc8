// The mailbox opened in this browser: the twelve words stay in this file's memory, and go with the page.

import { add, look } from "./sealed.js";
import { NotSent } from "./sending.js";

const NO_ANSWER = "There is no answer yet. Look again in a few days.";
const NO_WORDS = "Type the twelve words first.";
const NOTHING_ADDED = "Write at least a few words.";
const NO_NAME = "Write your name first, or stay without one.";
const ADDED = "It has arrived. The advisers are told of it from tomorrow.";
const REVEALED = "It has arrived. The advisers who read your concern will know who you are.";
const CLOSED_MEANWHILE = "The advisers have closed this concern. What you have just written may not have reached them.";

const held = { receipt: null, reveal: null, templates: {} };

/** Keeps the page's templates while it is drawn anew. */
export function keepTemplates(main) {
  for (const one of main.querySelectorAll("template[data-opened], template[data-reveal]")) {
    Object.assign(held.templates, { [Object.keys(one.dataset)[0]]: one });
  }
}

/** What to show for what was pressed in one of the mailbox's forms. Raises NotSent. */
export async function answeredHere(code, form, step) {
  const fields = new FormData(form);
  const text = (name) => (fields.get(name) ?? "").trim();
  if (form.matches("[data-mailbox]")) {
    if (!text("receipt")) throw new NotSent(NO_WORDS);
    // What never was a receipt is asked for like one: nobody can tell the two apart by what is sent.
    held.receipt = code.readReceipt(text("receipt"), code.list) ?? code.newReceipt(code.list);
    return opened(code, await look(code, held.receipt));
  }
  if (step === "add") {
    if (!text("words")) throw new NotSent(NOTHING_ADDED);
    return added(code, { words: text("words") }, ADDED);
  }
  if (step === "reveal") {
    if (!text("name")) throw new NotSent(NO_NAME);
    held.reveal = { name: text("name"), contact: text("contact") };
    return reveal();
  }
  if (step === "reveal_sure") return added(code, { words: "", reveal: held.reveal }, REVEALED);
  return opened(code, await look(code, held.receipt));
}

async function added(code, words, done) {
  const told = await add(code, held.receipt, words);
  return opened(code, told, told?.may_add ? { done } : { problem: told && CLOSED_MEANWHILE });
}

function reveal() {
  const page = held.templates.reveal.content.cloneNode(true);
  page.querySelector("section").dataset.here = "";
  page.querySelector("[data-name]").textContent = held.reveal.name;
  page.querySelector("[data-contact]").textContent = held.reveal.contact || "You leave it out";
  return page;
}

function opened(code, told, { done = "", problem = "" } = {}) {
  const page = held.templates.opened.content.cloneNode(true);
  const today = new Date().toISOString().slice(0, 10);
  const replies = told?.replies ?? [];
  const older = told?.left_out ? `${told.left_out} older answers are not shown.` : "";
  const parts = {
    done,
    problem,
    replies: replies.length,
    nothing: replies.length ? "" : told ? NO_ANSWER : true,
    left_out: older,
    sentence: told?.sentence,
    clocks: told,
    data_until: told && !told.held,
    may_add: told?.may_add,
  };
  for (const part of page.querySelectorAll("[data-if]")) {
    const said = parts[part.dataset.if];
    if (!said) part.remove();
    else if (typeof said === "string") part.textContent = said;
  }
  page.querySelector("[data-replies]").append(...replies.map((reply) => article(code, reply)));
  page.querySelector("[data-warnings]").append(...(told?.warnings ?? []).map((words) => paragraph(words, "panel soon")));
  for (const place of page.querySelectorAll("[data-day]")) {
    const days = told[place.dataset.day];
    place.textContent = Array.isArray(days) ? [...new Set(days)].map(code.dayInWords).join(", ") : code.dayInWords(days);
    if (!Array.isArray(days)) place.append(" ", quiet(`(${code.daysLeft(days, today)})`));
  }
  return page;
}

function article(code, reply) {
  const made = document.createElement("article");
  made.className = "reply";
  const heading = document.createElement("h3");
  heading.textContent = `On ${code.dayInWords(reply.on)}`;
  const lines = reply.words.split("\n").filter((line) => line.trim());
  made.append(heading, ...lines.map((line) => paragraph(line, "")));
  return made;
}

function paragraph(words, kind) {
  return Object.assign(document.createElement("p"), { textContent: words, className: kind });
}

function quiet(words) {
  return Object.assign(document.createElement("span"), { textContent: words, className: "quiet" });
}
