// The page's beginning: who is here, which page is theirs, and whether what they see is live.

import { Api, Refused, Unreachable } from "./api.js";
import { Broadcasts } from "./broadcasts.js";
import { Cases } from "./cases.js";
import { now } from "./clock.js";
import { Controller } from "./controller.js";
import { button, el, startTicking } from "./elements.js";
import { Member } from "./member.js";
import { Officer } from "./officer.js";
import { Whereabouts } from "./places.js";
import { forget, kept, recall, remember } from "./session.js";
import { signingIn } from "./signing_in.js";
import { Stream } from "./stream.js";
import { time } from "./words.js";

const FAREWELL = "bluelight.farewell";
/** A message older than this comes from a backlog. */
const FRESH_MS = 5000;

const main = document.getElementById("main");
const demo = document.documentElement.dataset.demo === "yes";

/** What all pages of one signed-in person share. */
class Desk {
  constructor(session, campus) {
    this.session = session;
    this.person = session.person;
    this.campus = campus;
    this.api = new Api(session.token, (sentence) => this.ended(sentence));
    this.whereabouts = new Whereabouts(demo);
    this.cases = new Cases(() => this.draw());
    this.badges = new Map();
    this.asking = new Map();
    this.lostAt = new Map();
    this.broadcasts = new Broadcasts(this);
    this.pages = {};
    const roles = this.person.roles;
    if (roles.includes("controller")) this.pages.controller = new Controller(this);
    if (roles.includes("officer")) this.pages.officer = new Officer(this);
    this.pages.member = new Member(this);
    this.names = { controller: "Control room", officer: "Duty", member: "Call for help" };
  }

  begin() {
    document.body.classList.add("has-person");
    document.getElementById("who").replaceChildren(
      el("span", { class: "person", text: this.person.name }),
      button("Sign out", () => this.signOut(), { className: "plain" }),
    );
    this.tabs = new Map(
      Object.keys(this.pages).map((page) => [page, button(this.names[page], () => this.turnTo(page), { className: "tab" })]),
    );
    this.nav = el("nav", { class: "tabs", "aria-label": "Pages" }, [...this.tabs.values()]);
    this.nav.hidden = this.tabs.size < 2;
    main.className = "desk";
    main.replaceChildren(this.broadcasts.node, this.nav, ...Object.values(this.pages).map((page) => page.node));
    this.turnTo(Object.keys(this.pages)[0]);
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
    this.listen("handset");
    if (this.pages.controller) this.listen("console");
  }

  /** Cases shown as open that the list no longer names were closed while nobody was listening. */
  async readAgain(items) {
    const open = new Set(items.map((incident) => incident.id));
    for (const known of this.cases.all().filter((one) => !open.has(one.id))) {
      await this.api.get(`/v1/incidents/${known.id}`).then((incident) => this.cases.take(incident), () => {});
    }
  }

  listen(face) {
    const stream = new Stream(face, this.session, {
      live: () => {
        this.lostAt.delete(face);
        this.showLive();
        this.refresh(face);
      },
      lost: () => {
        if (!this.lostAt.has(face)) this.lostAt.set(face, now());
        this.showLive();
      },
      message: (message) => this.heard(face, message),
      tally: (picture) => this.pages.controller.counted(picture),
      broadcast: (told) => (face === "handset" ? this.broadcasts.take(told) : this.pages.controller.warned()),
      ended: (sentence) => this.ended(sentence),
    });
    stream.open();
  }

  heard(face, { type, data, at }) {
    const known = face === "console" ? this.pages.controller.knows(type, data) : this.cases.get(data.incident_id);
    if (!known && now() - Date.parse(at) > FRESH_MS) {
      // From the backlog, about something this page does not show: it may long be over, so the server is asked.
      clearTimeout(this.asking.get(face));
      this.asking.set(face, setTimeout(() => this.refresh(face), 300));
    } else if (face === "console") {
      this.pages.controller.heard(type, data);
    } else {
      if (type === "incident") this.cases.take(data);
      this.pages.member.heard(type, data);
      this.pages.officer?.heard(type, data);
    }
  }

  /** What stands now; what an answer lacks the stream brings, and the next connect asks again. */
  async refresh(face) {
    try {
      if (face === "console") {
        await this.pages.controller.refresh();
        return;
      }
      const { items } = await this.api.get("/v1/incidents?open=true");
      items.forEach((incident) => this.cases.take(incident));
      await this.readAgain(items);
      await this.broadcasts.refresh();
      await this.pages.member.refresh();
      await this.pages.officer?.refresh();
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
    }
  }

  draw() {
    this.pages.member?.draw();
    this.pages.officer?.draw();
  }

  turnTo(page) {
    for (const [name, { node }] of Object.entries(this.pages)) {
      node.hidden = name !== page;
      this.tabs.get(name).setAttribute("aria-current", name === page ? "page" : "false");
    }
    document.body.dataset.page = page;
  }

  /** How many things wait on a page: shown on its tab and in the window's title. */
  badge(page, count) {
    this.badges.set(page, count);
    const waiting = [...this.badges.values()].reduce((sum, one) => sum + one, 0);
    document.title = waiting ? `(${waiting}) Bluelight` : "Bluelight";
    const tab = this.tabs?.get(page);
    if (tab) tab.textContent = count ? `${this.names[page]} (${count})` : this.names[page];
  }

  showLive() {
    const place = document.getElementById("live");
    const since = Math.min(...this.lostAt.values());
    const words = this.lostAt.size ? `Not live since ${time(since)}. What you see may be old.` : "";
    if (place.textContent !== words) place.textContent = words;
    document.body.classList.toggle("stale", this.lostAt.size > 0);
  }

  /** The sign-in is over; a press on its way goes first, for a tap is taken from a sign-in that ran out, too. */
  ended(sentence) {
    this.farewell ??= sentence;
    if (!this.pages.member.busy) leave(this.farewell);
  }

  /** Nothing of this person is on its way any more. */
  settled(words) {
    if (this.farewell) leave(`${words} ${this.farewell}`.trim());
  }

  async signOut() {
    if (this.pages.member.busy) {
      this.turnTo("member");
      return;
    }
    // Signed out here even if the server cannot hear it.
    await this.api.post("/v1/sign-out").catch(() => {});
    leave("");
  }
}

/** Back to the door: everything of this person is gone with the page. */
function leave(sentence) {
  forget();
  if (sentence) remember(FAREWELL, sentence);
  location.reload();
}

async function campusOrNothing(api) {
  try {
    return await api.get("/v1/campus");
  } catch {
    return null;
  }
}

async function start() {
  const api = new Api();
  startTicking();
  const campus = campusOrNothing(api).then((found) => {
    if (found) document.getElementById("campus").textContent = found.name;
    return found;
  });
  const begin = async (session) => new Desk(session, await campus).begin();
  const session = kept();
  const farewell = recall(FAREWELL);
  remember(FAREWELL, null);
  if (session) await begin(session);
  else signingIn(main, api, { demo, farewell, done: begin });
}

start();
