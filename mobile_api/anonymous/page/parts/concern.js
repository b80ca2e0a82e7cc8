// The page's script: it helps with what works without it as well, and keeps nothing.

import { keepNothing, letLeave } from "./leaving.js";
import { leaksIn, prepare } from "./linting.js";
import { answeredHere, keepTemplates } from "./mailbox_here.js";
import { leakPanel } from "./panel.js";
import { prepared } from "./photos.js";
import { holdUntilTyped } from "./receipt.js";
import { LookAgain, lodge, sealing } from "./sealed.js";
import { NotSent, sent, withWork } from "./sending.js";

const QUIET = { cache: "no-store", credentials: "omit" };
const SCANNED = ["words", "engagement", "intent", "capability", "place", "happened_on"];
const WAIT = "One moment.";
const WORKING = "One moment. Your browser does a little work, which keeps floods away.";

const rules = fetch("/concern/parts/leaks.json", QUIET).then((answer) => answer.json()).then(prepare);
// Without the rules there is no warning, and sending still works.
rules.catch(() => []);

document.documentElement.classList.add("scripted");
letLeave();
keepNothing();
enhance(document.querySelector("main"));

function enhance(main) {
  keepTemplates(main);
  const receipt = main.querySelector("[data-receipt]");
  if (receipt) holdUntilTyped(receipt, { show });
  const form = main.querySelector("#concern");
  if (form) helpWriting(form);
  main.querySelectorAll("form[data-post]").forEach((one) => helpPosting(one));
}

/** In place of what is shown: the address stays, and the reader begins at the heading. */
function show(content) {
  const main = document.querySelector("main");
  main.replaceChildren(...(content.children.length ? content.children : [content]));
  enhance(main);
  window.scrollTo(0, 0);
  main.querySelector("h1")?.focus();
}

/** The form: looked through, shown what was found, sent. */
function helpWriting(form) {
  const steps = { photos: [], receipt: null };
  const chosen = form.querySelector("#photos");
  chosen.addEventListener("change", async () => {
    steps.photos = await prepared(chosen.files);
    listPhotos(form.querySelector("#chosen"), steps.photos);
  });
  form.addEventListener("input", () => {
    form.querySelector(".look").replaceChildren();
    // What is sent again as it was is the same concern; what was changed is another.
    steps.receipt = null;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = event.submitter?.value ?? "check";
    if (asked === "send") await send(form, steps);
    else await lookThrough(form, steps.photos);
  });
}

async function lookThrough(form, photos) {
  const texts = textsOf(form);
  const place = form.querySelector(".look");
  const problem = wrongWith(form, texts, photos);
  say(form, problem ?? "");
  if (problem) return;
  const found = leaksIn(texts, await rules.catch(() => []));
  place.replaceChildren(leakPanel(form, found, photos.length, () => form.querySelector("#words").focus()));
  place.querySelector(".panel").focus();
  place.scrollIntoView({ block: "start" });
}

/** Sealed here; by the server when it arrives where what seals did not load, or a photo could not be written anew. */
async function send(form, steps) {
  const chosen = steps.photos.filter((photo) => photo.file);
  const code = chosen.every((photo) => photo.written) ? await sealing() : null;
  if (!code) return sendToBeSealed(form, steps.photos);
  steps.receipt ??= code.newReceipt(code.list);
  await shown(form, WORKING, async () => {
    try {
      await lodge(code, wordsOf(form, chosen), struckOut(form), steps.receipt);
    } catch (fault) {
      if (fault instanceof LookAgain) await namesAnew(form);
      throw fault;
    }
    const page = arrived(form, steps.receipt);
    steps.receipt = null;
    return page;
  });
}

function wordsOf(form, photos) {
  const { words, place, happened_on, ...about } = textsOf(form);
  const attachments = photos.map(({ preview }, nth) => ({
    name: `image-${nth + 1}.jpg`,
    type: "image/jpeg",
    data: preview.split(",")[1],
  }));
  return { words, about, place, happened_on, attachments };
}

function struckOut(form) {
  return [...form.querySelectorAll("[name=without]:checked")].flatMap((box) => box.value.split(" "));
}

/** The receipt as the server shows one, with words that it has not seen. */
function arrived(form, receipt) {
  const page = form.closest("main").querySelector("template[data-arrived]").content.cloneNode(true);
  const items = receipt.split(" ").map((word) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("span"), { className: "word", textContent: word }));
    return item;
  });
  page.querySelector(".words").append(...items);
  return page;
}

/** The advisers as they are now; nobody is left out until it is said again. */
async function namesAnew(form) {
  const answer = await fetch("/concern", QUIET).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page?.querySelector("fieldset.advisers");
  if (fresh) form.querySelector("fieldset.advisers").replaceWith(fresh);
}

async function sendToBeSealed(form, photos) {
  const fields = new FormData(form);
  fields.delete("photos");
  photos.filter((photo) => photo.file).forEach((photo) => fields.append("photos", photo.file, "photo"));
  fields.set("step", "send");
  await posted(form, fields, true);
}

/** A form that is sent as it is, and answered in place. */
function helpPosting(form) {
  form.addEventListener("input", () => form.querySelector(".look")?.replaceChildren());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const step = event.submitter?.value ?? "";
    const found = "lint" in form.dataset && step === "add" ? leaksIn(textsOf(form), await rules.catch(() => [])) : [];
    const place = form.querySelector(".look");
    if (found.length && !place.children.length) {
      place.replaceChildren(leakPanel(form, found, 0, () => form.querySelector("textarea").focus()));
      place.querySelector(".panel").focus();
      return;
    }
    const fields = new FormData(form);
    fields.set("step", step);
    const needsWork = "work" in form.dataset && step !== "read";
    const code = form.matches("[data-mailbox], [data-here] form") ? await sealing() : null;
    if (code) await shown(form, needsWork ? WORKING : WAIT, () => answeredHere(code, form, step));
    else await posted(form, fields, needsWork);
  });
}

async function posted(form, fields, needsWork) {
  const answer = async () => sent(form.action, needsWork ? await withWork(fields) : fields);
  await shown(form, needsWork ? WORKING : WAIT, answer);
}

/** What `answer` brings in place of the form, or what went wrong beside it. */
async function shown(form, meanwhile, answer) {
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((button) => (button.disabled = true));
  say(form, meanwhile);
  try {
    show(await answer());
  } catch (fault) {
    if (!(fault instanceof NotSent)) throw fault;
    say(form, fault.message);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

function textsOf(form) {
  const given = SCANNED.map((name) => [name, form.elements.namedItem(name)?.value.trim() ?? ""]);
  return Object.fromEntries(given.filter(([, text]) => text));
}

function wrongWith(form, texts, photos) {
  const advisers = [...form.querySelectorAll("[name=without]")];
  if (!texts.words) return "Write at least a few words about what worries you.";
  if (advisers.every((box) => box.checked)) return "Leave at least one adviser in: somebody must be able to read it.";
  const bad = photos.find((photo) => photo.refused);
  return bad ? `${bad.name} ${bad.refused}` : null;
}

function listPhotos(list, photos) {
  list.replaceChildren(
    ...photos.map((photo) => {
      const item = document.createElement("li");
      if (photo.preview) item.append(Object.assign(document.createElement("img"), { src: photo.preview, alt: photo.name }));
      const words = photo.refused ? `${photo.name} ${photo.refused}` : [`${photo.name}.`, ...photo.notes].join(" ");
      item.append(Object.assign(document.createElement("span"), { textContent: words }));
      return item;
    }),
  );
}

function say(form, words) {
  form.querySelector(".state").textContent = words;
}
