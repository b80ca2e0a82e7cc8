// What the parts of an opened case say: the ladder, the conversation, the checklist, the report, links and holds.

import { english as frame } from "../../../words/en.ts";
import { spoken } from "../../../words/index.ts";
import { distance } from "./words.ts";

const { time } = frame;

const english = {
  rungs: "The ladder",
  rung: { taken: "done", waiting: "due", not_needed: "not needed" } as Record<string, string>,
  notAsked: "Not asked",
  notAskedNobody: "Everybody on duty was asked.",
  otherWorld: (count: number) => `${count} of the other world: exercise and real life are kept apart.`,
  todaysRoutes: (team: string) => `Today's routes would name ${team}.`,
  mailed: "The team was told by mail.",
  climbs: (count: number) =>
    count === 1 ? "The ladder has begun anew once." : `The ladder has begun anew ${count} times.`,
  close: "Close",

  conversation: "Conversation",
  nothingSaid: "Nothing has been said.",
  you: "You",
  somebody: "Somebody",
  say: "Say something to everybody in the case",
  sayToOfficers: "Say something to the officers who have it",
  questions: "Questions",
  notSaidYet: "Not sent yet. Trying again.",
  notSaid: (why: string) => `Not sent: ${why}`,
  silentWarning:
    "They called silently. A message may light up their phone, or sound on it, where somebody must not hear.",
  speak: "Write all the same",
  closedTalk: "The case is closed: nothing more can be said.",

  checklist: "Checklist",
  done: (done: number, all: number) => `${done} of ${all} done`,
  doneBy: (by: string | null, at: string) => `${by ?? "somebody"}, ${time(at)}`,
  noChecklist: "There is no checklist for this kind.",

  timeline: "Timeline",
  note: "A note that only the control room reads",
  addNote: "Add note",
  presses: (count: number) => (count === 1 ? "1 press" : `${count} presses`),
  whereAndWhen: "Presses and positions",
  track: (count: number) => (count === 1 ? "1 position" : `${count} positions`),
  metresOff: (metres: number | null) => (metres === null ? "" : `± ${distance(metres)}`),
  noTrack: "Positions are no longer shown once a case is closed.",

  methane: "METHANE",
  methaneMeans: "The report to the emergency services for a major incident, in its order.",
  letters: {
    major_incident: "Major incident",
    exact_location: "Exact location",
    type: "Type",
    hazards: "Hazards",
    access: "Access",
    number: "Number of casualties",
    emergency_services: "Emergency services",
  },
  declared: "Declared",
  standby: "Not declared",
  version: (version: number, by: string | null, at: string) => `Version ${version}, ${time(at)} by ${by ?? "somebody"}`,
  noReport: "No report yet",
  saveReport: "Save the report",
  overtaken: (by: string | null, version: number) =>
    `${by ?? "A colleague"} has saved version ${version} meanwhile. Saving puts yours above it.`,
  showTheirs: "Show theirs",
  notKnown: "not known",

  links: "Linked cases",
  noLinks: "No other case belongs to this one.",
  link: "Link",
  unlink: "Unlink",
  unlinkOf: (reference: string) => `Unlink ${reference}`,
  linkTo: (reference: string) => `Link ${reference}`,
  findCase: "Find an open case by number or place",
  noCase: "No other open case fits.",
  moreCases: (count: number) => `${count} more: type a number or a place.`,

  hold: "Legal hold",
  holdMeans: "While a case is on hold nothing about it is forgotten. To release it takes two people.",
  held: (by: string | null, at: string) =>
    `On hold since ${new Date(at).toLocaleString("en-GB")} by ${by ?? "somebody"}`,
  notHeld: "Not on hold",
  holdReason: "Why it must be kept",
  setHold: "Put on hold",
  releaseReason: "Why it may be released",
  askRelease: "Ask a second person to release it",
  releaseAsked: "Release is asked for",
  agree: "Agree: release it",
  refuse: "Keep it on hold",
  agreeMeans: "A second person has to agree; whoever asked cannot.",
};

export const words = spoken(english);
