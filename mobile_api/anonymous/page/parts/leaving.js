// "Leave now": the page is gone at once, "back" does not lead here, and the browser's cache of it is thrown away.

const ELSEWHERE = "/status";
const DOOR = "/concern/leave";
const TIMES = 3;
const WITHIN_MS = 2000;

/** Makes the button, and Escape pressed three times, leave by script. */
export function letLeave() {
  document.querySelector("form.leave").addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (presses.length >= TIMES) leave();
  });
}

function leave() {
  window.onbeforeunload = null;
  document.documentElement.hidden = true;
  document.title = "";
  document.body.replaceChildren();
  navigator.sendBeacon(DOOR);
  location.replace(ELSEWHERE);
}

/** What a browser keeps of a page to show it again is an empty one, and that one asks for itself anew. */
export function keepNothing() {
  window.addEventListener("pagehide", () => document.querySelector("main")?.replaceChildren());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace(location.pathname);
  });
  history.replaceState(null, "", location.pathname);
}
