// The figures of a report: which cases stand together, how long half and nineteen of twenty of them took at most.

import type { Kind } from "../../../../web/browser/wire.ts";

export interface Reported {
  reference: string;
  kind: Kind;
  state: string;
  site: string | null;
  zone: string | null;
  day: string;
  hour: number;
  answered_s: number | null;
  accepted_s: number | null;
  on_scene_s: number | null;
  resolved_s: number | null;
  late: boolean;
  /** The steps whose target was missed, also by not having come. */
  missed: string[];
}

export interface Target {
  kind: Kind;
  accepted_s: number | null;
  on_scene_s: number | null;
}

export interface Report {
  from: string;
  to: string;
  time_zone: string;
  as_of: string;
  targets: Target[];
  cases: Reported[];
}

export type Measure = "answered_s" | "accepted_s" | "on_scene_s" | "resolved_s";
export type Split = "kind" | "site" | "hour";

export const MEASURES: readonly Measure[] = ["answered_s", "accepted_s", "on_scene_s", "resolved_s"];
export const SPLITS: readonly Split[] = ["kind", "site", "hour"];
export const KINDS: readonly Kind[] = ["emergency", "first_aid", "help"];

/** Hours that stand together: night, early, morning, midday, afternoon, evening. */
export const BAND_H = 4;

/** Cases that stand together: `key` is a kind, a site ("" for none) or the first hour of a band. */
export interface Group {
  key: string;
  cases: Reported[];
}

export interface Figures {
  count: number;
  /** Cases in which it has not come to that, whether they are open or over. */
  without: number;
  p50: number | null;
  p95: number | null;
  slowest: number | null;
  /** Of those with a target: how many met it, and how many could have. */
  met: number;
  measured: number;
}

/** The value that so many of a hundred do not exceed, one of the values themselves; null of nothing. */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** The target of this step for this kind; of an answer and of an end the institution sets none. */
export function targetOf(targets: readonly Target[], kind: Kind, measure: Measure): number | null {
  const found = targets.find((one) => one.kind === kind);
  return measure === "accepted_s" || measure === "on_scene_s" ? (found?.[measure] ?? null) : null;
}

/** The cases apart by what was asked, in an order that stays: kinds by urgency, sites by name, hours by the clock. */
export function apart(cases: readonly Reported[], split: Split, nameOf: (site: string) => string): Group[] {
  const groups = new Map<string, Reported[]>();
  if (split === "kind") for (const kind of KINDS) groups.set(kind, []);
  if (split === "hour") for (let hour = 0; hour < 24; hour += BAND_H) groups.set(String(hour), []);
  for (const one of cases) {
    const key = keyOf(one, split);
    const held = groups.get(key);
    if (held) held.push(one);
    else groups.set(key, [one]);
  }
  const found = [...groups].map(([key, held]) => ({ key, cases: held }));
  if (split !== "site") return found;
  // What happened outside every site stands last.
  return found.sort(
    (one, other) => Number(!one.key) - Number(!other.key) || nameOf(one.key).localeCompare(nameOf(other.key)),
  );
}

function keyOf(one: Reported, split: Split): string {
  if (split === "kind") return one.kind;
  if (split === "site") return one.site ?? "";
  return String(Math.floor(one.hour / BAND_H) * BAND_H);
}

export function figuresOf(cases: readonly Reported[], measure: Measure, targets: readonly Target[]): Figures {
  const values = cases
    .map((one) => one[measure])
    .filter((value) => value !== null)
    .sort((one, other) => one - other);
  const step = measure.slice(0, -"_s".length);
  const missed = cases.filter((one) => one.missed.includes(step)).length;
  // What has not come may still be in time: then it is neither.
  const met = cases.filter(
    (one) => one[measure] !== null && targetOf(targets, one.kind, measure) !== null && !one.missed.includes(step),
  ).length;
  return {
    count: cases.length,
    without: cases.length - values.length,
    p50: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    slowest: values[values.length - 1] ?? null,
    met,
    measured: met + missed,
  };
}

/** Whether this case took longer than the target of its kind. */
export function isOver(one: Reported, measure: Measure, targets: readonly Target[]): boolean {
  const target = targetOf(targets, one.kind, measure);
  const took = one[measure];
  return target !== null && took !== null && took > target;
}

/** The targets that cases of this group are measured by, the soonest first. */
export function targetsIn(cases: readonly Reported[], measure: Measure, targets: readonly Target[]): [Kind, number][] {
  const found = KINDS.filter((kind) => cases.some((one) => one.kind === kind)).flatMap((kind): [Kind, number][] => {
    const target = targetOf(targets, kind, measure);
    return target === null ? [] : [[kind, target]];
  });
  return found.sort(([, one], [, other]) => one - other);
}

/** A day so many days from this one, both `2026-11-22`. */
export function daysFrom(day: string, days: number): string {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
}

/** The day at this moment by the clock of that zone. */
export function dayAt(instant: number, zone: string | undefined): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(instant);
}
