// The page before anybody has signed in: what this is, whom to ring, and the way in.

import { button, el } from "./elements.js";
import { keep } from "./session.js";

/** The demonstration's people; everybody knows this password, and the server serves it on loopback only. */
const DEMO_PASSWORD = "bluelight-demo";
const DEMO_PEOPLE = [
  ["student1", "Student 1", "presses a button"],
  ["officer1", "Officer 1", "is asked to come"],
  ["controller1", "Controller 1", "sees every case"],
];

/** Fill `main`; `done(session)` once somebody is in. */
export function signingIn(main, api, { demo, farewell, done }) {
  const fault = el("p", { class: "fault", role: "alert", text: farewell ?? "" });
  const enter = async (email, password) => {
    fault.textContent = "";
    try {
      done(keep(await api.post("/v1/sign-in", { email, password })));
    } catch (refused) {
      fault.textContent = refused.message;
    }
  };
  const email = el("input", { type: "email", id: "email", required: true, autocomplete: "username", inputmode: "email" });
  const password = el("input", { type: "password", id: "password", required: true, autocomplete: "current-password" });
  const form = el(
    "form",
    { class: "stack", "aria-labelledby": "sign-in" },
    el("label", { class: "field" }, el("span", { text: "College e-mail" }), email),
    el("label", { class: "field" }, el("span", { text: "Password" }), password),
    el("button", { type: "submit", class: "first", text: "Sign in" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    enter(email.value.trim(), password.value);
  });
  main.className = "door";
  main.replaceChildren(
    el(
      "section",
      { class: "about" },
      el("h1", { text: "Press once. Somebody comes." }),
      el("p", { class: "lead", text: "Bluelight calls campus security to where you are. You see who is coming and when." }),
      el(
        "div",
        { class: "warning" },
        el("p", {}, el("strong", { text: "This is not a replacement for 999. In danger ring 999." })),
        el("a", { class: "call", href: "tel:999", text: "Ring 999" }),
      ),
    ),
    el(
      "section",
      { class: "card" },
      el("h2", { id: "sign-in", text: "Sign in" }),
      fault,
      form,
    ),
    demo ? demoPeople(enter) : "",
  );
}

function demoPeople(enter) {
  const people = DEMO_PEOPLE.map(([name, shown, does]) =>
    el(
      "li",
      {},
      button(shown, () => enter(`${name}@demo.example`, DEMO_PASSWORD), { name, className: "second" }),
      el("span", { class: "quiet", text: does }),
    ),
  );
  return el(
    "section",
    { class: "card try" },
    el("h2", { text: "Try it" }),
    el("p", { text: "Open this page in two tabs and be two people: one presses, the other answers." }),
    el("ul", { class: "people" }, people),
    el("p", { class: "quiet" }, "student1 … 20, officer1 … 6, controller1, 2 @demo.example. Password: ", el("code", { text: DEMO_PASSWORD })),
  );
}
