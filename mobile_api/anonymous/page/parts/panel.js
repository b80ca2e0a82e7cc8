// What the linter found, shown before anything is sent: it warns, and "send it" stays one press.

const HEADING = "Could this tell who you are?";
const ALL_WELL = "Look once more";
const ABOUT = "Nothing has been sent yet. You decide: change it, or send it as it is.";
const NOTHING =
  "Nothing has been sent yet. We found nothing that points to you. We cannot see everything: think of who else knows " +
  "what you write, and how you write.";
const PHOTOS = "Photos: look for faces, rooms, screens, names and reflections. Place and camera are taken out.";

/** The panel with its buttons; `change` is what "Change it" does. */
export function leakPanel(form, leaks, photos, change) {
  const panel = made("section", { className: "panel", tabIndex: -1 });
  panel.setAttribute("aria-label", leaks.length ? HEADING : ALL_WELL);
  panel.append(
    made("h2", { textContent: leaks.length ? HEADING : ALL_WELL }),
    made("p", { textContent: leaks.length ? ABOUT : NOTHING }),
  );
  if (leaks.length) {
    const list = made("ul", { className: "leaks" });
    list.append(...leaks.map((leak) => itemOf(form, leak)));
    panel.append(list);
  }
  if (photos) panel.append(made("p", { textContent: PHOTOS }));
  const back = made("button", { type: "button", className: "second", textContent: "Change it" });
  back.addEventListener("click", change);
  const words = leaks.length ? "Send it as it is" : "Send it";
  const go = made("button", { name: "step", value: "send", className: "main", textContent: words });
  if (form.id !== "concern") go.value = "add";
  const buttons = made("div", { className: "do" });
  buttons.append(go, back);
  panel.append(buttons);
  return panel;
}

function itemOf(form, leak) {
  const item = made("li");
  const found = made("span", { className: "found" });
  found.append(...leak.found.map((words) => made("q", { textContent: words })));
  item.append(made("strong", { textContent: leak.says }));
  const label = form.querySelector(`label[for="${leak.field}"]`)?.firstChild?.textContent.trim();
  if (label && leak.field !== "words") item.append(made("span", { className: "quiet", textContent: `in "${label}"` }));
  item.append(found, made("span", { textContent: leak.advice }));
  return item;
}

function made(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
