// Where somebody is: the device's own position if it may be asked, and in a demonstration a spot to choose.

import { stamp } from "./clock.js";
import { el } from "./elements.js";
import { recall, remember } from "./session.js";

/** Spots for a demonstration, WGS84 degrees; nobody has to be in London to try it. */
const SPOTS = [
  ["Sherfield Building", 51.4985, -0.177],
  ["Abdus Salam Library", 51.4982, -0.1784],
  ["White City: research hub", 51.5168, -0.2244],
  ["Outside every campus: Hyde Park", 51.5073, -0.1657],
];

const KEY = "bluelight.place";
const DEVICE = "device";

/** One person's whereabouts, shared by everything on the page. */
export class Whereabouts {
  constructor(demo) {
    this.demo = demo;
    this.fix = null;
    this.listeners = new Set();
    this.chosen = recall(KEY) ?? (demo ? "0" : DEVICE);
    // Asked only by a press of a button, unless the browser has been told already.
    navigator.permissions
      ?.query({ name: "geolocation" })
      .then((permission) => {
        if (permission.state === "granted" && this.chosen === DEVICE) this.follow();
      })
      .catch(() => {});
  }

  /** The position to send now, or null; a tap never waits for it. */
  position() {
    if (this.chosen === DEVICE) return this.fix;
    const [, latitude, longitude] = SPOTS[Number(this.chosen)];
    return { latitude, longitude, accuracy_m: 10, recorded_at: stamp(), source: "chosen" };
  }

  onChange(listener) {
    this.listeners.add(listener);
  }

  /** Ask the device, and go on asking. */
  follow() {
    if (this.watch !== undefined || !navigator.geolocation) return;
    this.watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        this.fix = {
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracy_m: coords.accuracy,
          recorded_at: new Date(timestamp).toISOString(),
          source: "device",
        };
        this.tell();
      },
      () => {
        this.refused = true;
        this.tell();
      },
      { enableHighAccuracy: true, maximumAge: 10_000 },
    );
  }

  choose(value) {
    this.chosen = value;
    remember(KEY, value);
    if (value === DEVICE) this.follow();
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener();
  }

  /** A line that says what is known and lets one change it. */
  picker(label = "Where you are") {
    if (!this.demo) return this.device();
    const options = [...SPOTS.map(([name], number) => [String(number), name]), [DEVICE, "Where this device is"]];
    const select = el(
      "select",
      { data: { name: "place" }, on: { change: () => this.choose(select.value) } },
      options.map(([value, name]) => el("option", { value, text: name, selected: value === this.chosen })),
    );
    this.onChange(() => (select.value = this.chosen));
    return el("label", { class: "field" }, el("span", { text: `${label} (to try it)` }), select);
  }

  device() {
    const words = el("p", { class: "quiet" });
    const ask = el("button", { type: "button", class: "plain", text: "Share where I am", on: { click: () => this.follow() } });
    const told = () => {
      words.textContent = this.fix
        ? `Your place is known to about ${Math.round(this.fix.accuracy_m)} m and goes with the press.`
        : this.refused
          ? "This device does not tell where you are. Say it in words after the press."
          : "Your place is not known yet.";
      ask.hidden = Boolean(this.fix || this.refused);
    };
    this.onChange(told);
    told();
    return el("div", {}, words, ask);
  }
}
