// The words of an officer's phone, in English.

import type { DutyState } from "../../../backend/web/browser/wire.ts";
import type { Wind } from "../bearing.ts";
import type { Move } from "../moves.ts";

const DUTIES: Record<DutyState, string> = {
  on_patrol: "On patrol",
  at_post: "At my post",
  break: "On a break",
  off_duty: "Off duty",
};

const MOVES: Record<Move, string> = { en_route: "On my way", on_scene: "I am here", resolved: "Resolved" };

const WINDS: Record<Wind, string> = {
  n: "north",
  ne: "north-east",
  e: "east",
  se: "south-east",
  s: "south",
  sw: "south-west",
  w: "west",
  nw: "north-west",
};

/** What no push would wake, as the server names it. */
const WARNINGS: Record<string, string> = {
  no_push_target: "You are only asked while this page is open: keep it open.",
  notifications_off: "Notifications are off on this phone: keep this page open.",
};

function metres(distance_m: number): string {
  return distance_m < 1000 ? `${Math.round(distance_m)} m` : `${(distance_m / 1000).toFixed(1)} km`;
}

export const officerEnglish = {
  DUTIES,
  MOVES,
  WINDS,
  WARNINGS,
  metres,
  /** Sent to the server with a no. */
  REASONS: ["With another case", "Too far away", "Not able to go"],
  LOOK_REASONS: ["To help them when I am there", "They may need medical help", "I cannot find them"],

  duty: "Duty",
  dutyUntil: (at: string) =>
    `until ${new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`,
  dutyFolded: "Duty, sound and place",
  dutyChange: "What do you do now?",
  dutyChanging: "Telling the server …",
  dutyNotChanged: (why: string) => `Your duty has not changed. ${why}`,
  dutyEnded: "Your shift has ended: you are off duty.",
  dutyOffMeans: "Nobody asks you. Nothing sounds, and nobody sees where you are.",
  nobodyNeedsYou: "Nobody needs you now.",
  askedHere: "You are asked here the moment somebody does.",
  roomSeesWhere: (meters: number) => `The control room sees where you are, to about ${Math.ceil(meters)} m.`,
  roomSeesNothing: "The control room does not see where you are, so the nearest may not be you.",
  roomRefused: "This phone does not say where it is. Allow location for this page in the phone's settings.",

  sound: "Sound",
  soundOn: "Sound is on.",
  soundTry: "Try it",
  soundBlocked: "This browser keeps the page silent until you touch it.",
  soundAllow: "Tap to allow sound",
  soundNone: "This phone makes no sound here: look at it.",

  asked: (kind: string) => `${kind}: you are asked`,
  askedAloud: (kind: string, place: string) => `${kind}: ${place}. You are asked.`,
  ago: (age: string) => `pressed ${age} ago`,
  away: (distance_m: number | null) => (distance_m === null ? "Distance not known" : `${metres(distance_m)} away`),
  silentMark: "SILENT: do not ring them, do not call out",
  colleagueMark: "OFFICER IN DANGER",
  forcedMark: "DURESS: somebody forces this person. Their phone says it is over",
  /** As the campus's own file names it: facility_defect. */
  subtype: (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " "),
  because: (why: string) => `Asked because: ${why}`,
  rings: "It rings until you answer.",
  ringsNot: "It makes no sound: a silent call.",
  alsoAsked: "You are also asked:",
  accept: "Accept",
  orDecline: "If you cannot go:",
  declined: "You said no. The next officer is being asked.",
  accepted: (place: string) => `It is yours: ${place}`,
  given: (kind: string, place: string) => `The control room gives you a case. ${kind}: ${place}.`,
  withdrawn: (kind: string, place: string) => `${kind}, ${place}: you are no longer needed. Stand down.`,
  takenBy: (names: string) => `Taken by ${names}. You can stand down.`,

  yesSending: "Sending your yes …",
  yesUnsent: "Your yes is not sent yet. Trying.",
  yesUnsentHow: "Nobody knows yet that you come. Tell the control room by radio or telephone.",
  moveUnsent: (move: Move) => `“${MOVES[move]}” is not sent yet. Trying.`,
  notPossible: (legal: string[]) => {
    const names = legal.map((move) => MOVES[move as Move] ?? move).join(", ");
    return names ? `That is not possible now. Possible: ${names}.` : "That is not possible now.";
  },

  otherCases: "Your other cases",
  yourCase: (reference: string) => `Your case ${reference}`,
  bearing: (wind: Wind) => `to the ${WINDS[wind]}`,
  hereAlready: "You are there: look around.",
  placeUnknown: "Where they are is not known. Ask them.",
  ownPlaceUnknown: "This phone does not know where it is: no direction.",
  theirPlace: (age: string, accuracy_m: number | null | undefined) =>
    `Their place is ${age} old${accuracy_m ? `, to about ${Math.ceil(accuracy_m)} m` : ""}.`,
  ownPlaceOld: (age: string) => `Your own place is ${age} old.`,
  state: (state: string) =>
    ({ accepted: "You said yes", en_route: "You are on the way", on_scene: "You are there" })[state] ?? state,
  othersComing: "Who else is coming",
  nobodyElse: "Nobody else is coming yet.",
  resolveHint: "Hold to end it for everybody",
  overNow: (reference: string, how: string) => `${reference} is over. ${how}.`,
  resolvedByYou: (reference: string) => `${reference} is resolved. Thank you.`,
  gone: (reference: string) => `${reference} is not yours any more.`,

  needs: "What to know of them",
  needsWhy: "Say why you look. They can read it.",
  needsNothing: "They have told nothing about themselves.",
  needsUnavailable: "Some of it cannot be opened just now: do not take it for nothing.",
  needsMedical: "Medical notes",
  needsPlan: "To get them out",
  needsContacts: "Who to ring for them",
  needsPhoto: (name: string) => `Photo of ${name}`,

  danger: "I am in danger",
  dangerHint: "Hold",
  ownCall: "Your own call",
};
