// What the campus room says.

import { spoken } from "../../words/index.ts";

/** at once · after 45 s · after 2 min */
function after(seconds: number): string {
  if (seconds === 0) return "at once";
  if (seconds < 60) return `after ${seconds} s`;
  return seconds % 60 ? `after ${Math.floor(seconds / 60)} min ${seconds % 60} s` : `after ${seconds / 60} min`;
}

function list(parts: string[]): string {
  return parts.join(" and ");
}

const english = {
  after,
  title: "Campus",
  edition: (name: string, version: number) => `${name} · edition ${version}`,
  proof: "Is every case somebody's?",
  proofMeans:
    "Every kind of case, at every place and quarter of an hour of the coming days, walked over the rota and the people as they are now.",
  prove: "Prove again",
  proving: "Walking every path",
  well: (days: number) => `Yes. Every case of the coming ${days} days ends with somebody.`,
  notWell: "No. This case would be nobody's:",
  others: "Also:",
  checked: (count: number, time: string) => `${count.toLocaleString("en-GB")} different paths walked at ${time}.`,
  shorter: (days: number) => `There are so many paths that only the coming ${days} days were walked.`,
  whoMends: "The rota and the routes stand in the campus's files: tell whoever imports them.",
  path: "Where would a case go?",
  kind: "Kind",
  subtype: "About",
  anything: "anything",
  place: "Place",
  unknownPlace: "not known",
  at: "When",
  atHint: "Empty: now. By this computer's clock.",
  explain: "Explain",
  goesTo: (team: string, wanted: number) =>
    `${team}. ${wanted === 1 ? "One officer is wanted." : `${wanted} officers are wanted.`}`,
  mailbox: "Its mailbox is told as well; a mailbox is not somebody.",
  why: "Why: every route of this kind",
  kinds: { emergency: "Emergency", first_aid: "First aid", help: "Help" } as Record<string, string>,
  spokenKind: (kind: string, subtype: string | null) =>
    subtype ? `${english.kinds[kind] ?? kind} (${subtype.replaceAll("_", " ")})` : (english.kinds[kind] ?? kind),
  routes: "Routes",
  routesMeans: "The most specific one wins: zone before site before everywhere, a window of time before always.",
  takes: "What",
  team: "Team",
  ladders: "Ladders",
  laddersMeans: "Who is asked, and when the next are. The first yes is enough for one place.",
  wanted: (count: number) => (count === 1 ? "1 officer wanted" : `${count} officers wanted`),
  late: (time: string) => `asked anew when nobody is on scene ${time} of the first yes`,
  targets: (accepted: string | null, onScene: string | null) =>
    [accepted && `first yes ${accepted}`, onScene && `on scene ${onScene}`].filter(Boolean).join(", "),
  targetsLabel: "Targets",
  within: (seconds: number) => after(seconds).replace("after", "within"),
  rung: ({
    ask,
    count,
    team,
    onDuty,
    by,
  }: {
    ask: string;
    count: number | null;
    team: string;
    onDuty: boolean;
    by: string[];
  }) => {
    if (!onDuty)
      return `everybody of ${team} off duty who agreed to be recalled, by ${list(by.map((way) => ({ sms: "text message", voice: "a call" })[way] ?? way))}`;
    if (ask === "nearest") return count === 1 ? `the nearest of ${team}` : `the ${count} nearest of ${team}`;
    return ask === "team_at_site" ? `everybody of ${team} at the site` : `everybody of ${team}`;
  },
  itsTeam: "its team",
  tells: "and the control room is alarmed",
  places: "Places",
  placesMeans: (sites: number, zones: number) => `${sites} sites with ${zones} places in them.`,
  inside: (count: number) => (count === 1 ? "1 place" : `${count} places`),
  floors: (floors: string[]) => `floors ${floors.join(" ")}`,
  teams: "Teams",
  skill: (name: string | null) => (name ? name.replaceAll("_", " ") : "none"),
  columns: { name: "Team", skill: "Certificate needed", mailbox: "Mailbox" },
  nothing: "none",
};

export const words = spoken(english);
