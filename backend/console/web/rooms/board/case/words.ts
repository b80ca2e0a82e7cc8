// What an opened case says.

import { english as frame } from "../../../words/en.ts";
import { spoken } from "../../../words/index.ts";
import type { Answered, Mark, Side } from "./telling.ts";

const { time } = frame;

const STATES: Record<string, string> = {
  offered: "asked",
  accepted: "said yes",
  en_route: "on the way",
  on_scene: "on scene",
  declined: "said no",
  withdrawn: "not needed any more",
  finished: "has finished",
};

const STAGES: Record<string, (who: string) => string> = {
  received: () => "Received",
  seen: (who) => `Seen by ${who}`,
  offered: () => "Officers are asked",
  accepted: (who) => `${who} said yes`,
  assigned: (who) => `${who} was sent`,
  en_route: (who) => `${who} is on the way`,
  on_scene: (who) => `${who} is on scene`,
  asked_again: () => "Officers are asked again",
  resolved: (who) => `Resolved by ${who}`,
  cancelled: (who) => `Cancelled by ${who}`,
  note: (who) => `Note by ${who}`,
  duress: (who) => `${who} cancelled with the duress PIN: they believe it is over`,
  taken: (who) => `Taken by ${who}`,
};

const TRIGGERS: Record<string, string> = {
  button: "pressed in the app",
  hold: "held in the app, silently",
  fall: "a fall that the phone felt",
  shake: "the phone was shaken",
  responder_duress: "an officer's own call for help",
  duress_pin: "pressed in the app; cancelled with the duress PIN",
  phoned_in: "phoned in",
  check_in: "a check-in timer ran out",
  device: "a fixed button",
  broadcast_answer: "answered a broadcast: need help",
};

const ALARMS: Record<string, string> = {
  unanswered: "nobody has answered",
  nobody_reachable: "no officer can be reached",
  nobody_answered: "everybody was asked",
  accepted_and_late: "said yes and is late",
  outside_every_site: "outside every site",
  responder_duress: "an officer calls for help",
};

/** 120 m · 1.4 km */
export function distance(metres: number): string {
  return metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
}

function arrival(eta_s: number | null): string {
  if (eta_s === null) return "";
  return eta_s < 60 ? "less than 1 min" : `about ${Math.ceil(eta_s / 60)} min`;
}

/** Officer 1 · Officer 1 and Officer 2 · Officer 1 and 2 more */
function people(names: readonly (string | null)[]): string {
  const [first = "somebody", second] = names.map((name) => name ?? "somebody");
  if (names.length > 2) return `${first} and ${names.length - 1} more`;
  return second ? `${first} and ${second}` : first;
}

function verb(names: readonly unknown[]): string {
  return names.length > 1 ? "are" : "is";
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The one sentence of a case's state; never kinder than the truth. */
function state(told: Answered): string {
  switch (told.came) {
    case "over": {
      const when = told.at ? ` ${time(told.at)}` : "";
      return `${upper(told.state)}${when}${told.by ? ` by ${told.by}` : ""}.`;
    }
    case "there":
      return `${upper(people(told.names))} ${verb(told.names)} on scene.`;
    case "coming": {
      const when = arrival(told.eta_s);
      return `${upper(people(told.names))} ${verb(told.names)} coming${when ? `, ${when}` : ""}.`;
    }
    case "late":
      return `${upper(people(told.names))} said yes and ${verb(told.names)} late.`;
    case "nobody_yes":
      return `${told.asked} asked. Nobody has said yes.`;
    case "nobody_asked":
      return "No officer has been asked.";
  }
}

const english = {
  time,
  distance,
  arrival,
  state,
  states: STATES,
  triggers: TRIGGERS,
  kinds: { emergency: "Emergency", first_aid: "First aid", help: "Help" },
  duties: { on_patrol: "on patrol", at_post: "at a post", break: "on a break", off_duty: "off duty" } as Record<
    string,
    string
  >,
  stage: (stage: string, by: string | null) =>
    STAGES[stage]?.(by ?? "somebody") ?? upper(`${stage.replaceAll("_", " ")}${by ? ` by ${by}` : ""}`),
  alarm: (reason: string) => `Alarm: ${ALARMS[reason] ?? reason.replaceAll("_", " ")}`,
  alarms: "Alarms",
  mark: {
    exercise: "EXERCISE",
    major: "MAJOR INCIDENT",
    duress: "DURESS",
    silent: "SILENT",
    held: "ON HOLD",
  } satisfies Record<Mark, string>,
  side: { caller: "caller", officer: "officer", room: "control room" } satisfies Record<Side, string>,

  details: "All about the case",
  opening: "Opening the case",
  closeCase: "Close the case",
  old: (at: number) => `The case cannot be read just now. This is how it stood at ${time(at)}.`,
  notOpened: "The case cannot be read just now. Trying again.",
  closed: "The case is closed. It can be read for thirty days.",
  place: (name: string, floor: string | null) => (floor ? `${name}, level ${floor}` : name),
  nowhere: "Place not known",
  outside: "Outside every site",
  accuracy: (metres: number) => `± ${distance(metres)}`,
  position: "Position",
  ago: "old",
  noPosition: "No position.",
  raised: (at: string) => `Raised ${time(at)}`,
  unseen: "Nobody has seen it.",
  nobodyThere: "Nobody on scene.",
  takenByMe: "You have this case",
  takenBy: (name: string | null) => `${name ?? "A colleague"} has this case`,
  notTaken: "Nobody at a console has taken this case.",
  since: (at: string) => `since ${time(at)}`,
  colleague: "A colleague",

  take: "Take",
  takeOver: "Take over",
  takeOverTitle: "Take the case over?",
  takeOverMeans: (name: string | null) => `${name ?? "A colleague"} has it. Afterwards it is yours.`,
  taken: "It is yours.",
  leaveIt: "Leave it",
  resolve: "Resolve",
  resolveTitle: "Resolve the case",
  howItEnded: "How it ended (not needed)",
  resolveAlone: "Nobody has been on scene in this case.",
  holdIt: "Press and hold",
  holdAgain: "Press again to resolve",
  notYet: "Not yet",
  print: "Print",
  printed: "Printed",
  printedBy: (name: string) => `by ${name}`,

  who: "Who",
  unknownCaller: "Name not known",
  noAccount: "Phoned in: there is no profile.",
  call: (number: string) => `Ring ${number}`,
  openProfile: "Open profile",
  profileMeans: "It is written down that you looked. They can read who looked, and why.",
  profileClosed: "The case is closed: the profile can no longer be opened.",
  reason: "Why",
  reasons: ["Not answering", "Officers ask about needs", "Somebody is hurt or ill", "Whom to ring for them"],
  ownReason: "In your own words",
  show: "Show it",
  putAway: "Put it away",
  profileOf: (name: string) => `Profile of ${name}`,
  profileWritten: (reason: string) => `Written down: you looked, because “${reason}”. They can read this.`,
  photoOf: (name: string) => `Photograph of ${name}`,
  fields: {
    mobile: "Mobile",
    medical_notes: "Medical",
    evacuation_plan: "Evacuation",
    language: "Language",
    emergency_contacts: "To ring",
  },
  nothingTold: "nothing told",
  changed: (at: string) => `Last changed ${new Date(at).toLocaleDateString("en-GB")}`,

  officers: "Officers",
  wanted: (count: number) => (count === 1 ? "1 wanted" : `${count} wanted`),
  away: (metres: number) => `${distance(metres)} away`,
  late: "late",
  unreachable: "phone cannot be reached",
  by: (channels: readonly string[]) => `by ${channels.join(" and ")}`,
  times: (count: number) => `asked ${count} times`,
  declined: (reason: string) => `“${reason}”`,
  others: (count: number) => (count === 1 ? "1 more" : `${count} more`),
  fewer: "Fewer",
  assign: "Assign",
  assignTitle: "Give the case to an officer",
  find: "Find by name, team, skill or site",
  send: "Send",
  sendThem: (name: string) => `Send ${name}`,
  nobodyOnDuty: "No other officer is on duty.",
  nobodyFound: "No officer on duty fits.",
  distanceUnknown: "distance not known",
  oldPosition: "old position",
  saidBefore: (state: string) => STATES[state] ?? state,
  askAgain: "Ask again",
  askedAgain: "Officers are asked again.",
  why: "Why",
  whyMeans: "these officers",
  whyTitle: "Why these officers",
};

export const words = spoken(english);
