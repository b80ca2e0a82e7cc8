// Every word that is put together from facts: times, kinds, states and the lines of a case's story.

export const KINDS = {
  emergency: { name: "Emergency", button: "EMERGENCY", means: "Danger now. Security comes." },
  first_aid: { name: "First aid", button: "FIRST AID", means: "Somebody is hurt or ill." },
  help: { name: "Help", button: "HELP", means: "Worried, followed, locked out." },
};

export const DUTIES = { off_duty: "Off duty", on_patrol: "On patrol", at_post: "At my post", break: "On a break" };

export const ALARMS = {
  unanswered: "Nobody has said yes in time",
  nobody_reachable: "No officer can be reached",
  nobody_answered: "Everybody was asked, nobody said yes",
  accepted_and_late: "Said yes, but nobody is there",
  outside_every_site: "Outside every campus",
  responder_duress: "An officer is in danger",
  update_overdue: "An update is overdue",
  dead_letter: "A message could not be sent",
  canary_missing: "The service's own test press does not come through",
};

/** What is to be known of somebody who typed their duress PIN. */
export const FORCED = "DURESS: somebody forces this person. Their phone says it is over and shows nothing that is written here";

const OPEN = new Set(["raised", "offered", "accepted", "en_route", "on_scene"]);

/** Whether a case still goes on. */
export function isOpen(incident) {
  return OPEN.has(incident.state);
}

/** 14:02:07 */
export function time(instant) {
  return new Date(instant).toLocaleTimeString("en-GB", { hour12: false });
}

/** 12 s · 3 min 05 s · 2 h 10 min */
export function age(seconds) {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** "about 4 min", "delayed", or nothing when it cannot be said. */
export function arrival(responder) {
  if (responder.state === "on_scene") return "";
  if (responder.delayed) return "delayed";
  if (responder.eta_s == null) return "";
  return responder.eta_s < 60 ? "less than 1 min" : `about ${Math.ceil(responder.eta_s / 60)} min`;
}

/** What a responder is doing. */
export function doing(responder) {
  return (
    { accepted: "said yes", en_route: "is on the way", on_scene: "is there", resolved: "has finished" }[responder.state] ??
    "has finished"
  );
}

/** The one sentence a case's owner needs most; never kinder than the truth. */
export function headline(incident) {
  const last = incident.progress?.at(-1);
  if (incident.state === "resolved") return `Resolved ${last ? time(last.at) : ""}`.trim();
  if (incident.state === "cancelled") return `Cancelled ${last ? time(last.at) : ""}`.trim();
  const coming = incident.responders ?? [];
  const there = coming.find((one) => one.state === "on_scene");
  if (there) return `${there.name} is with you`;
  if (coming.length) return coming.map(comes).join(". ");
  if (incident.seen) return "Seen. Nobody has said yes yet";
  return "Nobody has seen it yet";
}

function comes(responder) {
  const when = arrival(responder);
  return `${responder.name} is coming${when ? `, ${when}` : ""}`;
}

/** One line of a case's story. */
export function line({ stage, by }) {
  const who = by ?? "Somebody";
  return (
    {
      received: "Received",
      seen: `${who} has seen it`,
      offered: "Officers are being asked",
      accepted: `${who} said yes`,
      assigned: `${who} was sent`,
      en_route: `${who} is on the way`,
      on_scene: `${who} is there`,
      declined: `${who} cannot come`,
      withdrawn: `${who} is no longer needed`,
      note: `${who} noted`,
      asked_again: "Officers are being asked again",
      duress: `${who} is being forced: their phone shows this as cancelled`,
      resolved: `${who} has ended it: resolved`,
      cancelled: `${who} has called it off`,
    }[stage] ?? stage.replaceAll("_", " ")
  );
}

/** Where, in words. */
export function place(incident) {
  if (incident.zone) return incident.zone.name + (incident.position?.floor ? `, floor ${incident.position.floor}` : "");
  if (incident.position) return "Outside every campus";
  return "Place not known";
}

/** A distance in metres as an officer needs it. */
export function distance(metres) {
  if (metres == null) return "Distance not known";
  if (metres < 10) return "Where you are";
  return metres < 1000 ? `${metres} m away` : `${(metres / 1000).toFixed(1)} km away`;
}

/** +443001314444 → +44 300 131 4444; other numbers as they are. */
export function spaced(number) {
  return number.replace(/^(\+44)(\d{3})(\d{3})(\d{4})$/, "$1 $2 $3 $4");
}

/** +442075981000 → tel:+442075981000 */
export function tel(number) {
  return `tel:${number.replace(/[^\d+*#]/g, "")}`;
}
