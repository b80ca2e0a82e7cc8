// The control room's page: what stands alarmed, every open case, who is on duty, and one case whole.

import { Cases } from "./cases.js";
import { ControlledCase } from "./controlled_case.js";
import { button, el, shout, show, ticking } from "./elements.js";
import { shape } from "./shapes.js";
import { title } from "./titles.js";
import { Warning } from "./warning.js";
import { ALARMS, DUTIES, KINDS, isOpen, place } from "./words.js";

/** Sorted by what needs a person most: unanswered emergency, unanswered anything, late, coming, on scene. */
function need(row) {
  const unanswered = !row.accepted && row.state !== "on_scene";
  const emergency = row.kind === "emergency" ? 0 : 1;
  if (unanswered) return emergency;
  if (row.late) return 2;
  return row.state === "on_scene" ? 5 : 3 + emergency;
}

/** How a row's answer stands, in words. */
function answers(row) {
  if (row.state === "on_scene") return "on scene";
  if (row.late) return "said yes, nobody there";
  const asked = row.asked ?? 0;
  return asked ? `${asked} asked, ${row.accepted ?? 0} of ${row.wanted} said yes` : "nobody asked yet";
}

/** Puts the control room's page into `node`; `desk` is what all pages of one person share. */
export class Controller {
  constructor(desk) {
    this.desk = desk;
    this.cases = new Cases(() => this.draw());
    this.alarms = new Map();
    this.officers = new Map();
    this.chosen = null;
    this.fault = el("p", { class: "fault", role: "alert" });
    this.figures = el("p", { class: "figures" });
    this.alarmList = el("section", { class: "alarms", "aria-label": "Alarms" });
    this.caseList = el("section", { class: "card list", "aria-label": "Open cases" });
    this.detail = el("section", { class: "detail", "aria-label": "The chosen case" });
    this.warning = new Warning(this);
    this.officerList = el("section", { class: "card list", "aria-label": "Officers" });
    this.node = el(
      "div",
      { class: "control" },
      el("div", { class: "control-top" }, el("h1", { text: "Control room" }), this.figures),
      this.fault,
      this.alarmList,
      el("div", { class: "columns" }, this.caseList, this.detail, this.officerList),
      this.warning.node,
    );
    this.draw();
  }

  /** What stands now, after every connect; the stream brings what follows. */
  async refresh() {
    const api = this.desk.api;
    const [board, alarms, officers] = await Promise.all(
      ["board", "alarms", "officers"].map((name) => api.get(`/console/api/${name}`)),
    );
    board.items.forEach((row) => this.cases.take(row));
    this.alarms = new Map(alarms.items.map((alarm) => [alarm.alarm_id, alarm]));
    this.officers = new Map(officers.items.map((one) => [one.officer_id, one]));
    this.draw();
    await this.warning.refresh();
  }

  /** Whether this page shows already what a message is about. */
  knows(type, data) {
    if (type === "alarm") return this.alarms.has(data.alarm_id);
    if (type === "officer") return this.officers.has(data.officer_id);
    return this.cases.get(data.incident_id) !== undefined;
  }

  heard(type, data) {
    if (type === "incident") {
      const isNew = data.state && !this.cases.get(data.id) && isOpen(data);
      if (isNew) shout(`New case: ${KINDS[data.kind].name}, ${place(data)}.`);
      this.cases.take(data);
      if (this.view?.id === data.incident_id) this.view.read();
    } else if (type === "alarm" && data.reason) {
      if (!data.taken_by && !this.alarms.has(data.alarm_id)) shout(`Alarm: ${ALARMS[data.reason] ?? data.reason}.`);
      this.alarms.set(data.alarm_id, data);
    } else if (type === "officer" && data.officer_id) {
      this.officers.set(data.officer_id, data);
    } else if (type === "chat" && this.view?.id === data.incident_id) {
      this.view.conversation.heard();
    }
    this.draw();
  }

  /** Somebody of this control room has broadcast something. */
  warned() {
    this.attempt(() => this.warning.refresh());
  }

  /** The picture of what was answered, whole: newest wins. */
  counted(picture) {
    this.warning.count(picture.broadcasts);
  }

  open() {
    const received = (row) => Date.parse(row.received_at);
    return this.cases
      .all()
      .filter(isOpen)
      .sort((one, other) => need(one) - need(other) || received(one) - received(other));
  }

  onDuty() {
    const order = ["on_patrol", "at_post", "break"];
    return [...this.officers.values()]
      .filter((one) => order.includes(one.state))
      .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state) || one.name.localeCompare(other.name));
  }

  draw() {
    const open = this.open();
    const standing = [...this.alarms.values()].filter((alarm) => !alarm.taken_by);
    const onDuty = this.onDuty();
    this.figures.textContent = `${open.length} open · ${onDuty.length} on duty · ${standing.length || "no"} ${standing.length === 1 ? "alarm" : "alarms"}`;
    show(this.alarmList, standing, () => standing.map((alarm) => this.alarm(alarm)));
    show(this.caseList, [open.map((row) => [row.id, row.state, row.asked, row.accepted, row.late, row.zone, row.seen]), this.chosen], () => this.rows(open));
    show(this.officerList, onDuty, () => this.roll(onDuty));
    this.desk.badge("controller", standing.length);
    this.drawDetail();
  }

  drawDetail() {
    if (this.view?.id !== this.chosen) {
      this.view = this.chosen ? new ControlledCase(this, this.chosen) : null;
      this.detail.replaceChildren(this.view?.node ?? el("p", { class: "card quiet", text: "Choose a case to see it whole." }));
    } else if (!this.detail.firstChild) {
      this.detail.append(el("p", { class: "card quiet", text: "Choose a case to see it whole." }));
    }
    const row = this.chosen && this.cases.get(this.chosen);
    if (row) this.view.draw(row);
  }

  choose(id) {
    this.chosen = id;
    this.draw();
    // On a phone the case is below the list.
    this.detail.scrollIntoView({ block: "nearest" });
  }

  alarm(alarm) {
    const row = this.cases.get(alarm.incident_id);
    return el(
      "article",
      { class: "alarm" },
      el(
        "p",
        {},
        el("strong", { text: ALARMS[alarm.reason] ?? alarm.reason }),
        ticking(alarm.since, { before: " for " }),
        row && el("span", {}, ` · ${row.caller?.name ?? "unknown caller"}, `, title(row)),
      ),
      el(
        "div",
        { class: "row" },
        row && button("Show", () => this.choose(row.id), { name: `show-${alarm.alarm_id}`, className: "second" }),
        button("Take", () => this.take(alarm), { name: `take-${alarm.alarm_id}`, className: "first" }),
      ),
    );
  }

  async take(alarm) {
    await this.attempt(async () => {
      await this.desk.api.post(`/console/api/alarms/${alarm.alarm_id}/take`);
      this.alarms.set(alarm.alarm_id, { ...alarm, taken_by: this.desk.person.id });
      if (alarm.incident_id && this.cases.get(alarm.incident_id)) this.chosen = alarm.incident_id;
    });
    this.draw();
  }

  /** Do it, and say plainly when it did not work. */
  async attempt(work) {
    try {
      await work();
      this.fault.textContent = "";
      return true;
    } catch (fault) {
      this.fault.textContent = fault.message;
      return false;
    }
  }

  rows(open) {
    return [
      el("h2", { text: "Cases" }),
      open.length ? el("ul", { class: "rows" }, open.map((row) => el("li", {}, this.row(row)))) : el("p", { class: "quiet", text: "No open case." }),
    ];
  }

  row(row) {
    const unanswered = !row.accepted && row.state !== "on_scene";
    const made = button("", () => this.choose(row.id), {
      name: row.id,
      className: `case-row${unanswered || row.late ? " needs" : ""}`,
      "aria-pressed": String(row.id === this.chosen),
    });
    made.append(
      shape(row.kind),
      el(
        "span",
        { class: "row-words" },
        el("span", { class: "row-top" }, title(row), ticking(row.received_at, unanswered ? { amber_s: 20, red_s: 60 } : {})),
        el("span", { text: place(row) }),
        el("span", { class: "quiet", text: [answers(row), row.silent && "SILENT", row.exercise && "EXERCISE"].filter(Boolean).join(" · ") }),
      ),
    );
    return made;
  }

  roll(onDuty) {
    return [
      el("h2", { text: "On duty" }),
      onDuty.length
        ? el("ul", { class: "roll" }, onDuty.map((one) => this.officer(one)))
        : el("p", { class: "warn", text: "Nobody is on duty." }),
    ];
  }

  officer(one) {
    return el(
      "li",
      { class: one.reachable ? "" : "unreachable" },
      el("strong", { text: one.name }),
      el("span", { text: one.reachable ? DUTIES[one.state] : `${DUTIES[one.state]}, not reachable` }),
      one.position
        ? el("span", { class: "quiet" }, "place ", ticking(one.position.recorded_at, { after: " old", amber_s: 600 }))
        : el("span", { class: "quiet", text: "place not known" }),
    );
  }
}
