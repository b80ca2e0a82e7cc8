// Cases as far as this page knows them: a case never goes backwards on a screen, whatever arrives late.

import { isOpen } from "./words.js";

const HOW_FAR = ["raised", "offered", "accepted", "en_route", "on_scene", "resolved", "cancelled"];

/** Known cases by id; `changed()` after every one that is new or has moved. */
export class Cases {
  constructor(changed) {
    this.byId = new Map();
    this.changed = changed;
  }

  /** Take what a message or an answer says; one that was reduced to its ids says nothing. */
  take(incident) {
    if (!incident?.state) return;
    const known = this.byId.get(incident.id);
    if (known && isOlder(incident, known)) return;
    this.byId.set(incident.id, { ...known, ...incident });
    this.changed();
  }

  forget(id) {
    if (this.byId.delete(id)) this.changed();
  }

  get(id) {
    return this.byId.get(id);
  }

  all() {
    return [...this.byId.values()];
  }
}

function isOlder(incident, known) {
  if (!isOpen(known)) return isOpen(incident);
  const [told, before] = [incident.progress?.length ?? 0, known.progress?.length ?? 0];
  return told && before ? told < before : HOW_FAR.indexOf(incident.state) < HOW_FAR.indexOf(known.state);
}
