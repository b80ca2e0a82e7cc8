// The receipt: shown, written down, hidden, typed back from paper, and only then let go of.

/** The words as they are compared: without numbers, commas, lines or capitals. */
export function wordsOf(typed) {
  return typed.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** A sentence that names the first word that differs by its place; null when all are right. */
export function faultIn(typed, shown) {
  const given = wordsOf(typed);
  const first = given.slice(0, shown.length).findIndex((word, place) => word !== shown[place]) + 1;
  if (given.length === shown.length && !first) return null;
  if (given.length === shown.length) return `Word ${first} is not the one shown. Look at your paper.`;
  const count =
    given.length < shown.length
      ? `That is ${given.length} of ${shown.length} words.`
      : `That is more than ${shown.length} words.`;
  return first ? `${count} Word ${first} is not the one shown.` : count;
}

/** Takes the receipt out of the page into this function alone, and holds the page until it was typed back. */
export function holdUntilTyped(section, { show }) {
  const form = section.querySelector("[data-typed]");
  const shown = [...section.querySelectorAll(".word")].map((word) => word.textContent);
  const list = section.querySelector("[data-show]");
  const state = form.querySelector(".state");
  const typing = [...form.querySelectorAll(".field, .do")];
  form.querySelector("[name=receipt]")?.remove();

  const again = button("Show the words again", "second");
  const ready = button("I have written them down", "main");
  form.querySelector(".do").append(again);
  list.append(ready);

  const heading = section.querySelector("h1");
  const arrived = heading.textContent;
  const turn = (toTyping) => {
    heading.textContent = toTyping ? "Now type the twelve words." : arrived;
    list.hidden = toTyping;
    typing.forEach((part) => (part.hidden = !toTyping));
    state.textContent = "";
    (toTyping ? form.querySelector("textarea") : heading).focus();
  };
  ready.addEventListener("click", () => turn(true));
  again.addEventListener("click", () => turn(false));
  typing.forEach((part) => (part.hidden = true));
  window.onbeforeunload = (event) => event.preventDefault();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = faultIn(form.querySelector("textarea").value, shown);
    state.textContent = fault ?? "";
    if (fault) return;
    window.onbeforeunload = null;
    shown.fill("");
    show(section.querySelector("[data-kept]").content);
  });
}

function button(words, kind) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = words;
  return made;
}
