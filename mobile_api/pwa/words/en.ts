// Every word the phone says, in English: the measure that other languages are held to.

import type { Answer, Broadcast, Incident, Kind, Progress, Responder } from "../../../backend/web/browser/wire.ts";
import { oneself } from "./en_oneself.ts";
import { officerEnglish } from "./officer_en.ts";

const KINDS: Record<Kind, { name: string; button: string; means: string }> = {
  emergency: { name: "Emergency", button: "EMERGENCY", means: "Danger now. Security comes." },
  first_aid: { name: "First aid", button: "FIRST AID", means: "Somebody is hurt or ill." },
  help: { name: "Help", button: "HELP", means: "Worried, followed, locked out." },
};

const ANSWERS: Record<Answer, string> = { safe: "I am safe", need_help: "I need help", not_here: "I am not here" };

/** 14:02:07 */
function time(instant: string | number): string {
  return new Date(instant).toLocaleTimeString("en-GB", { hour12: false });
}

/** 12 s · 3 min 05 s · 2 h 10 min */
function age(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** "about 4 min", "delayed", or nothing when it cannot be said. */
function arrival({ state, delayed, eta_s }: Responder): string {
  if (state === "on_scene") return "";
  if (delayed) return "delayed";
  if (eta_s === null) return "";
  return eta_s < 60 ? "less than 1 min" : `about ${Math.ceil(eta_s / 60)} min`;
}

function comes(one: Responder): string {
  const when = arrival(one);
  return `${one.name} is coming${when ? `, ${when}` : ""}`;
}

/** The one sentence a case's owner needs most; never kinder than the truth. */
function headline(incident: Incident): string {
  const last = incident.progress.at(-1);
  const at = last ? ` ${time(last.at)}` : "";
  if (incident.state === "resolved") return `Resolved${at}`;
  if (incident.state === "cancelled") return `Cancelled${at}`;
  const there = incident.responders.find((one) => one.state === "on_scene");
  if (there) return `${there.name} is with you`;
  if (incident.responders.length) return incident.responders.map(comes).join(". ");
  return incident.seen ? "Seen. Nobody has said yes yet" : "Nobody has seen it yet";
}

function stage({ stage, by }: Progress): string {
  const who = by ?? "Somebody";
  const lines: Record<string, string> = {
    received: "Received",
    seen: `${who} has seen it`,
    offered: "Officers are being asked",
    accepted: `${who} said yes`,
    assigned: `${who} was sent`,
    en_route: `${who} is on the way`,
    on_scene: `${who} is there`,
    asked_again: "Officers are being asked again",
    resolved: `${who} has ended it: resolved`,
    cancelled: `${who} has called it off`,
  };
  return lines[stage] ?? stage.replaceAll("_", " ");
}

function doing({ state }: Responder): string {
  const lines: Record<string, string> = { accepted: "said yes", en_route: "is on the way", on_scene: "is there" };
  return lines[state] ?? "has finished";
}

function place({ zone, position }: Pick<Incident, "zone" | "position">): string {
  if (zone) return zone.name + (position?.floor ? `, floor ${position.floor}` : "");
  return position ? "Outside every campus" : "Place not known";
}

/** What a broadcast is not, before its title. */
function mark({ exercise, kind }: Broadcast): string {
  if (exercise) return "EXERCISE: ";
  return kind === "test" ? "TEST: " : "";
}

/** +443001314444 → +44 300 131 4444; other numbers as they are. */
function spaced(number: string): string {
  return number.replace(/^(\+44)(\d{3})(\d{3})(\d{4})$/, "$1 $2 $3 $4");
}

export const english = {
  ...officerEnglish,
  ...oneself,
  KINDS,
  ANSWERS,
  time,
  age,
  arrival,
  headline,
  stage,
  doing,
  place,
  mark,
  spaced,

  app: "Bluelight",
  somebody: "Somebody",
  you: "You",
  limits: "This is not a replacement for 999.",
  ring: (number: string) => `Ring ${spaced(number)}`,
  whomToRing: "Whom to ring",
  emergencyServices: "Emergency services",
  notLive: (since: number) => `Not live since ${time(since)}. What you see may be old.`,
  ranOut: "Your sign-in has run out. The three buttons still work.",
  signInAgain: "Sign in again",
  signedOut: "You were signed out. Sign in again.",
  unreachable: "The server cannot be reached. Check your network and try again.",
  hold: "Press and hold",
  holdAgain: "Press again to do it",
  back: "Back",
  close: "Close",
  done: "Done",

  promise: "Press once. Somebody comes.",
  promiseMore: "Bluelight calls campus security to where you are. You see who is coming and when.",
  email: "College e-mail",
  password: "Password",
  signIn: "Sign in",
  inDanger: "In danger ring 999 now.",

  ask: "What do you need?",
  moreHelp: "More help",
  seesWhere: (metres: number) => `Security will see where you are, to about ${Math.ceil(metres)} m.`,
  whereAsking: "Finding where you are. Nothing waits for it.",
  whereUnknown: "Security does not see where you are yet.",
  whereRefused: "This phone does not say where you are. After a press, say it in words.",
  shareWhere: "Share where I am",
  pressHow: "Press and you have seconds to stop it. Hold for a silent call.",
  pressHint: (seconds: number) => `Sent after ${seconds} seconds. Hold for a silent call.`,
  holdingSilent: "Hold on: silent call",

  countdown: (kind: Kind) => `${KINDS[kind].name} in`,
  countdownAloud: (kind: Kind, seconds: number) => `${KINDS[kind].name} in ${seconds} seconds. Press to stop.`,
  tapToStop: "Tap to stop",
  stopped: (kind: Kind) => `${KINDS[kind].name} stopped. Nothing was sent.`,

  sending: (kind: Kind) => `Sending: ${KINDS[kind].name} …`,
  unsent: "Not sent yet. Trying.",
  unsentRing: "Ring 999 now.",
  unsentHow: (kind: Kind, at: string) =>
    `${KINDS[kind].name}, pressed ${time(at)}. It goes by itself as soon as there is a way.`,
  unsentSignIn: "Not sent: your sign-in is not valid any more.",
  unsentRefused: "Not sent. The server did not take it.",
  internally: (number: string, label: string) => `From a College phone: ${number}. ${label}.`,
  stopTrying: "Stop trying",

  received: (at: string) => `Received ${time(at)}`,
  receivedAloud: (incident: Incident) => `Received ${time(incident.received_at)}. ${headline(incident)}.`,
  whoIsComing: "Who is coming",
  placeAsOf: (at: string) => `place as of ${time(at)}`,
  story: "What has happened",
  floor: "Which floor?",
  conversation: "Conversation",
  saySomething: "Say something",
  send: "Send",
  notSaidYet: "not sent yet",
  cancel: "Cancel: I am all right",
  pinAsked: "Your PIN",
  cancelWithPin: "Cancel the call",
  silentCase: "Silent call. Security knows not to ring you.",
  exercise: "EXERCISE",

  darkName: "Dark screen. Press to look, hold to come back",
  darkUnsent: "not sent yet",
  darkSending: "sending",
  darkBack: "Hold to come back",

  warned: "What everybody is told",
  inForce: (at: string) => `In force since ${time(at)}`,
  over: (at: string) => `Over · ${time(at)}`,
  nextWord: (at: string) => `Next word by ${time(at)}`,
  areYouSafe: "Are you safe?",
  answeredNot: "Not sent. Press again.",
  answerHelpNot: "Not sent. Press again, or ring 999.",

  home: "Call",
  timer: "Timer",
  cards: "What to do",
  me: "Me",

  checkIn: "Check-in timer",
  checkInMeans:
    "If you do not end it in time, Security looks for you where you were last. The server keeps the time, not this phone.",
  checkInAfter: "Runs out after",
  checkInNote: "What should Security know?",
  checkInStart: "Start the timer",
  checkInRuns: (at: string, left_s: number) =>
    left_s >= 0 ? `Runs out ${time(at)}, in ${age(left_s)}` : "It has run out.",
  checkInSafe: "I am safe: end it",
  checkInLonger: "15 more minutes from now",
  checkInRanOut: "Your last timer ran out, and an emergency was raised.",
  checkInWarning: "Your check-in runs out soon. Are you safe?",
  minutes: (minutes: number) => (minutes < 60 ? `${minutes} min` : `${minutes / 60} h`),

  cardsKept: "Kept on this phone: they work without a network.",
  cardsNone: "There are no cards yet. They come when there is a network.",
  cardsUnreviewed: "No person has reviewed these words yet.",
  never: "Never",

  signedInAs: "Signed in as",
  signOut: "Sign out",
  signOutWaits: "A call is still on its way. Let it arrive, or stop it first.",
};

export type Words = typeof english;
