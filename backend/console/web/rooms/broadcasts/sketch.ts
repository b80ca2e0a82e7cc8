// A broadcast to be, as somebody writes it: what stands in each field, and whose words they are.

import type { Place } from "../../wire.ts";
import type { Audience, Languages, Purpose, Said, Severity, Template, Thread } from "./wire.ts";

/** Null is the template's own; what is typed is kept as it was typed. */
export interface Sketch {
  template: string | null;
  kind: Purpose;
  severity: Severity | null;
  title: string | null;
  body: string | null;
  languages: Languages;
  values: Record<string, string>;
  place: string;
  audience: Audience;
  next_update_min: number | null;
  end_condition: string | null;
  deputy: string | null;
  exercise: boolean;
}

export const NOBODY: Audience = {
  everyone: false,
  sites: [],
  zones: [],
  polygon: [],
  circle: null,
  teams: [],
  abroad: false,
  of: true,
  in_now: true,
};

export const EMPTY: Sketch = {
  template: null,
  kind: "alert",
  severity: null,
  title: null,
  body: null,
  languages: {},
  values: {},
  place: "",
  audience: NOBODY,
  next_update_min: null,
  end_condition: null,
  deputy: null,
  exercise: false,
};

const ENGLISH = "en";
const PLACEHOLDER = /\{([a-z][a-z_]*)\}/g;

/** Whether there is enough of it to be kept at the server. */
export function hasBegun(sketch: Sketch): boolean {
  return sketch.template !== null || sketch.severity !== null;
}

/** The place that is meant by an id or a name, as the server finds it. */
export function placeOf(places: readonly Place[], told: string): Place | undefined {
  const wanted = told.trim();
  return (
    places.find(({ id }) => id === wanted) ??
    places.find(({ name }) => name.toLowerCase() === wanted.toLowerCase() && wanted !== "")
  );
}

/** What a template's placeholders stand for so far. */
export function valuesOf(sketch: Sketch, places: readonly Place[]): Record<string, string> {
  const called = (told: string) => placeOf(places, told)?.name ?? told.trim();
  const given = Object.entries({ place: sketch.place, ...sketch.values }).filter(([, told]) => told.trim());
  return Object.fromEntries(given.map(([name, told]) => [name, called(told)]));
}

export function filled(text: string, values: Record<string, string>): string {
  return text.replace(PLACEHOLDER, (found, name: string) => values[name] ?? found);
}

/** The placeholders of a template beside the place, in their order. */
export function placeholders(template: Template): string[] {
  const texts = [template, ...template.languages].flatMap(({ title, body }) => [title, body]);
  const found = texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? ""));
  return [...new Set(found)].filter((name) => name && name !== "place");
}

/** The words of a language as they would go out; null when there are none. */
export function wordsIn(
  sketch: Sketch,
  template: Template | undefined,
  places: readonly Place[],
  language: string,
): Said | null {
  const values = valuesOf(sketch, places);
  if (language === ENGLISH) {
    return {
      title: sketch.title ?? filled(template?.title ?? "", values),
      body: sketch.body ?? filled(template?.body ?? "", values),
    };
  }
  const own = sketch.languages[language];
  if (own) return own;
  if (sketch.title !== null || sketch.body !== null) return null;
  const told = template?.languages.find((one) => one.language === language);
  return told ? { title: filled(told.title, values), body: filled(told.body, values) } : null;
}

/** Whether the words are somebody's own, in any language. */
export function isOwn(sketch: Sketch): boolean {
  return !sketch.template || sketch.title !== null || sketch.body !== null || Object.keys(sketch.languages).length > 0;
}

/**
 * Whether one person may send it: a template as it is approved, with its severity and places of the campus.
 *
 * What the server says when it is sent decides; this is what is promised before.
 */
export function goesAtOnce(sketch: Sketch, template: Template | undefined, places: readonly Place[]): boolean {
  if (!template || isOwn(sketch)) return false;
  if (sketch.severity !== null && sketch.severity !== template.severity) return false;
  const texts = [template.title, template.body].join("\n");
  const wanted = [...texts.matchAll(PLACEHOLDER)].map(([, name]) =>
    name === "place" ? sketch.place : sketch.values[name ?? ""],
  );
  return wanted.every((told) => told !== undefined && placeOf(places, told) !== undefined);
}

/** Take a template up: what was written by hand goes, where and for whom stay. */
export function withTemplate(sketch: Sketch, template: Template): Sketch {
  return {
    ...sketch,
    template: template.id,
    severity: null,
    title: null,
    body: null,
    languages: {},
    values: {},
    next_update_min: null,
    end_condition: null,
  };
}

/** Words of one's own, beginning with those that stand there. */
export function withoutTemplate(sketch: Sketch, template: Template | undefined, places: readonly Place[]): Sketch {
  const said = wordsIn(sketch, template, places, ENGLISH);
  return {
    ...sketch,
    template: null,
    severity: sketch.severity ?? template?.severity ?? "moderate",
    title: said?.title ?? "",
    body: said?.body ?? "",
    next_update_min: sketch.next_update_min ?? template?.next_update_min ?? null,
    end_condition: sketch.end_condition ?? filled(template?.end_condition ?? "", valuesOf(sketch, places)),
  };
}

/** A language's words, or none: an empty translation is no translation. */
export function withWords(sketch: Sketch, language: string, said: Said): Sketch {
  if (language === ENGLISH) return { ...sketch, title: said.title, body: said.body };
  const { [language]: _, ...others } = sketch.languages;
  if (!said.title && !said.body) return { ...sketch, languages: others };
  return { ...sketch, languages: { ...others, [language]: said } };
}

/** A draft that was kept, taken up again; words that are a template's to the letter are the template's. */
export function sketchOf(thread: Thread, templates: readonly Template[], places: readonly Place[]): Sketch {
  const own: Sketch = {
    template: null,
    kind: thread.kind,
    severity: thread.severity,
    title: thread.title,
    body: thread.body,
    languages: thread.languages,
    values: {},
    place: thread.place_name ?? thread.place ?? "",
    audience: thread.audience,
    next_update_min: thread.next_update_min,
    end_condition: thread.end_condition,
    deputy: thread.deputy?.id ?? null,
    exercise: thread.exercise,
  };
  for (const template of templates.filter(({ kind, severity }) => kind === "alert" && severity === thread.severity)) {
    const as = {
      ...withTemplate(own, template),
      next_update_min: own.next_update_min,
      end_condition: own.end_condition,
    };
    const same = [ENGLISH, ...Object.keys(thread.languages)].every((language) => {
      const said = wordsIn(as, template, places, language);
      const stands = language === ENGLISH ? thread : thread.languages[language];
      return said?.title === stands?.title && said?.body === stands?.body;
    });
    if (same) return as;
  }
  return own;
}

/** What is sent to be kept. */
export function bodyOf(sketch: Sketch): Record<string, unknown> {
  return { ...sketch, place: sketch.place.trim() || null };
}
