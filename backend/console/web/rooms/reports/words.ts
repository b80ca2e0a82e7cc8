// What the reports say.

import { words as frame, spoken } from "../../words/index.ts";
import type { Measure, Split } from "./figures.ts";

/** 8 s · 1 min · 2 min 10 s · 1 h 5 min · 2 days 3 h */
function took(seconds: number): string {
  const [days, hours, minutes, rest] = [
    Math.floor(seconds / 86400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    Math.round(seconds % 60),
  ];
  if (days) return hours ? `${days} d ${hours} h` : `${days} d`;
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes) return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

function hour(first: number): string {
  return `${String(first).padStart(2, "0")}:00`;
}

const steps: Record<Measure, string> = {
  answered_s: "First answer",
  accepted_s: "First yes",
  on_scene_s: "First on scene",
  resolved_s: "Resolved",
};

const splits: Record<Split, string> = { kind: "Kind", site: "Site", hour: "Hour of the day" };

const english = {
  title: "Response times",
  means: "From the second a case was received. Exercises are left out, and so is everybody's name.",
  days: (from: string, to: string) => (from === to ? frame.day(from) : `${frame.day(from)} to ${frame.day(to)}`),
  from: "From",
  to: "To",
  spans: [
    { days: 28, name: "4 weeks" },
    { days: 91, name: "3 months" },
    { days: 365, name: "1 year" },
  ],
  spansLabel: "Up to today",
  show: "Show",
  step: "What took how long",
  split: "Apart by",
  steps,
  splits,
  kinds: { emergency: "Emergency", first_aid: "First aid", help: "Help" },
  outside: "Outside every site",
  band: (first: number) => `${hour(first)} to ${hour((first + 4) % 24)}`,
  took,
  table: "As a table (CSV)",
  print: "Print",
  none: "No case was received on these days.",
  noneHere: "No case",
  cases: (count: number) => (count === 1 ? "1 case" : `${count} cases`),
  without: (count: number) => `${count} without`,
  target: (time: string) => `target ${time}`,
  targetOf: (kind: string, time: string) => `${kind.toLowerCase()} ${time}`,
  half: "half",
  most: "95 %",
  summary: (name: string, count: number, p50: string, p95: string) =>
    `${name}: ${count} with a time. Half took at most ${p50}, 95 of 100 at most ${p95}.`,
  stepThrough: (name: string) => `Cases, ${name}`,
  one: (reference: string, date: string, at: number, time: string) =>
    `${reference} · ${frame.day(date)}, ${hour(at)} · ${time}`,
  over: "over its target",
  point: "Point at a dot, or press the arrow keys, for one case.",
  legend:
    "Each dot is one case. A red diamond took longer than its target. Each mark to the right takes longer; the steps are ratios.",
  figures: "Figures",
  columns: {
    group: "",
    count: "Cases",
    p50: "Half within",
    p95: "95 % within",
    slowest: "Slowest",
    met: "Met target",
    without: "Without",
  },
  met: (met: number, measured: number) => `${met} of ${measured}`,
  noTarget: "no target",
  all: "All",
  fewNote: "Of fewer than twenty cases, 95 % is the slowest.",
  each: "Every case",
  eachColumns: { reference: "Case", when: "Received", site: "Site", zone: "Place", state: "Ended" },
  states: { resolved: "resolved", cancelled: "called off" } as Record<string, string>,
  stillOpen: "open",
  when: (date: string, at: number) => `${frame.day(date)}, ${hour(at)}`,
  nothing: "–",
  shown: (shown: number, all: number) => `The latest ${shown} of ${all}. The CSV has all.`,
  asOf: (time: string, zone: string) => `As of ${time}. Days and hours by the clock of ${zone}.`,
};

export const words = spoken(english);
