// Every word of the console's frame, in English; each room has its own beside it.

/** 14:02:07 */
function time(instant: string | number): string {
  return new Date(instant).toLocaleTimeString("en-GB", { hour12: false });
}

/** 22 Nov 2026, of `2026-11-22` */
function day(date: string): string {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** 00:12 · 02:14 · 1:02:14 · 3 days: the same width while it ticks. */
function age(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  const two = (part: number) => String(part).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}

const ROLES: Record<string, string> = {
  controller: "controllers",
  adviser: "advisers",
  prevent_lead: "the Prevent lead",
  admin: "administrators",
  auditor: "auditors",
};

export const english = {
  time,
  day,
  age,
  app: "Bluelight",
  console: "Bluelight console",
  rooms: {
    board: "Board",
    broadcasts: "Broadcasts",
    officers: "Officers",
    people: "People",
    campus: "Campus",
    reports: "Reports",
    audit: "Audit",
    concerns: "Concerns",
  },
  roomsLabel: "Rooms",
  skip: "To the room",
  live: "LIVE",
  notLive: (since: number) => `Not live since ${time(since)}. What you see may be old. Trying again.`,
  connecting: "Connecting",
  open: (count: number) => (count === 1 ? "1 open" : `${count} open`),
  onDuty: (count: number) => `${count} on duty`,
  demo: "Demonstration: nobody comes",
  soundOn: "Sound on",
  soundOff: "Sound off",
  soundMeans: "Press to turn your sound off. Everybody at a console sees that.",
  soundMeansOff: "Press to turn your sound on again.",
  allowSound: "Press here to allow sound",
  noSound: "No sound in this browser",
  silent: (names: string[]) => `Sound off: ${names.join(", ")}`,
  broadcast: "Broadcast",
  phonedIn: "Phoned in",
  calls: "What calls",
  nothingCalls: "Nothing waits to be taken.",
  take: "Take",
  more: "more",
  titled: (what: string, count: number) => `▲ ${count > 1 ? `${count}: ` : ""}${what}`,
  newCase: (what: string, place: string) => `New: ${what}, ${place}.`,
  newCases: (count: number) => `${count} new cases.`,
  kinds: { emergency: "Emergency", first_aid: "First aid", help: "Help" },
  exercise: "Exercise",
  place: (name: string, floor: string | null) => (floor ? `${name}, level ${floor}` : name),
  outside: "Outside every site",
  nowhere: "Place not known",
  alarms: {
    unanswered: "Unanswered",
    nobody_reachable: "Nobody can be reached",
    nobody_answered: "Nobody has answered",
    accepted_and_late: "Accepted and late",
    outside_every_site: "Outside every site",
    responder_duress: "An officer calls for help",
    update_overdue: "A broadcast's update is overdue",
    dead_letter: "A message could not be delivered",
    canary_missing: "The test case did not come through",
  } as Record<string, string>,
  otherAlarm: "An alarm stands",
  keysTitle: "Keys",
  keysMean: "Single letters, never while you write.",
  keysUsed: "Letters work as keys",
  keys: {
    next: "Next case",
    previous: "Case before",
    open: "Open the case",
    close: "Close the case",
    fresh: "Show what is new, in order",
    take: "Take the case",
    assign: "Assign an officer",
    message: "Write a message",
    resolve: "Resolve: hold it down",
    broadcast: "Broadcast",
    phonedIn: "Phoned in",
    keys: "These keys",
  },
  toDark: "Dark",
  toLight: "Light",
  signIn: "Sign in",
  signInTitle: "The control room's console",
  signInMeans: "For people at a console: controllers, Prevent advisers, administrators and auditors.",
  email: "College e-mail",
  password: "Password",
  signOut: "Sign out",
  signedOut: "You were signed out. Sign in again.",
  unreachable: "The server cannot be reached. Check the network and try again.",
  stepUpTitle: "Your password again",
  stepUpMeans: "What you asked for needs it. It is good for fifteen minutes.",
  code: "Code of your second factor",
  codeHint: "Six digits, or a recovery code. Leave it empty if you have none.",
  go: "Go on",
  notNow: "Not now",
  loading: "Opening",
  noRoom: "There is no room for your roles here.",
  notYours: (roles: readonly string[]) =>
    `This room is not open to you. It is for ${roles.map((role) => ROLES[role] ?? role).join(", ")}.`,
  notLoaded: "This room could not be fetched.",
  again: "Try again",
  hold: "Press and hold",
  holdAgain: "Press again to do it",
  close: "Close",
};

export type FrameWords = typeof english;
