// Step one: what is said, where it happens, what is promised, and beside it what is missing.

import { useState } from "preact/hooks";
import type { RoomTraits } from "../index.ts";
import type { AtHand } from "./at_hand.ts";
import { Check } from "./check.tsx";
import {
  filled,
  isOwn,
  placeholders,
  type Sketch,
  valuesOf,
  withoutTemplate,
  withTemplate,
  withWords,
  wordsIn,
} from "./sketch.ts";
import type { BroadcastCampus, Said, Severity, Template } from "./wire.ts";
import { words } from "./words.ts";

const SEVERITIES: Severity[] = ["extreme", "severe", "moderate", "minor"];

interface Traits {
  desk: RoomTraits["desk"];
  one: AtHand;
}

export function WhatStep({ desk, one }: Traits) {
  const { campus, sketch } = one;
  if (!campus) return null;
  const template = campus.templates.find(({ id }) => id === sketch.template);
  return (
    <>
      <Templates one={one} campus={campus} template={template} />
      <div class="said-fields">
        <Where one={one} campus={campus} template={template} />
        <Words one={one} campus={campus} template={template} />
        <Promised desk={desk} one={one} template={template} />
      </div>
      <Check one={one} step="what" />
    </>
  );
}

interface Filled {
  one: AtHand;
  campus: BroadcastCampus;
  template: Template | undefined;
}

function Templates({ one, campus, template }: Filled) {
  const alerts = campus.templates.filter(({ kind }) => kind === "alert");
  const { sketch } = one;
  const begun = sketch.severity !== null && !sketch.template;
  return (
    <fieldset class="templates">
      <legend>{words.templates}</legend>
      {SEVERITIES.flatMap((severity) => alerts.filter((found) => found.severity === severity)).map((found) => (
        <label key={found.id} class="choice">
          <input
            type="radio"
            name="template"
            checked={sketch.template === found.id}
            onChange={() => one.write((before) => withTemplate(before, found), true)}
          />
          <span>
            <span class={`severity ${found.severity}`}>{words.SEVERITIES[found.severity]}</span>
            <span class="named">{found.title.replace(/\{place\}/g, "…")}</span>
          </span>
        </label>
      ))}
      <label class="choice">
        <input
          type="radio"
          name="template"
          checked={begun}
          onChange={() => one.write((before) => withoutTemplate(before, template, campus.zones), true)}
        />
        <span>
          <span class="named">{words.own}</span>
        </span>
      </label>
    </fieldset>
  );
}

function Where({ one, campus, template }: Filled) {
  const { sketch } = one;
  const write = writing(one);
  return (
    <div class="line where">
      <label class="field">
        <span>{words.where}</span>
        <input
          name="place"
          list="places"
          maxLength={200}
          placeholder={words.whereHint}
          value={sketch.place}
          onInput={(event) => write({ place: event.currentTarget.value })}
        />
      </label>
      <datalist id="places">
        {campus.zones.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      {template &&
        placeholders(template).map((name) => (
          <label key={name} class="field">
            <span>{name.replace(/_/g, " ")}</span>
            <input
              list="places"
              maxLength={200}
              value={sketch.values[name] ?? ""}
              onInput={(event) => write({ values: { ...one.sketch.values, [name]: event.currentTarget.value } })}
            />
          </label>
        ))}
      <label class="field">
        <span>{words.severity}</span>
        <select
          name="severity"
          value={sketch.severity ?? template?.severity ?? ""}
          onChange={(event) => write({ severity: event.currentTarget.value as Severity })}
        >
          {!sketch.severity && !template && <option value="" />}
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {words.SEVERITIES[severity]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Words({ one, campus, template }: Filled) {
  const [language, setLanguage] = useState("en");
  const { sketch } = one;
  const said = wordsIn(sketch, template, campus.zones, language) ?? { title: "", body: "" };
  const write = (next: Partial<Said>) =>
    one.write((before) => {
      const stands = wordsIn(before, template, campus.zones, language) ?? { title: "", body: "" };
      return withWords(before, language, { ...stands, ...next });
    });
  const begun = sketch.template !== null || sketch.severity !== null;
  return (
    <fieldset class="words">
      <legend class="unseen">{words.body}</legend>
      <div class="languages">
        {campus.languages.map((tag) => (
          <button
            key={tag}
            type="button"
            class="plain"
            aria-pressed={tag === language}
            onClick={() => setLanguage(tag)}
          >
            {words.languageName(tag)}
            {tag !== "en" && !wordsIn(sketch, template, campus.zones, tag) && <span class="quiet"> {words.none}</span>}
          </button>
        ))}
      </div>
      <label class="field">
        <span>{words.title1}</span>
        <input
          name="title"
          dir="auto"
          lang={language}
          maxLength={500}
          readOnly={!begun}
          value={said.title}
          onInput={(event) => write({ title: event.currentTarget.value })}
        />
      </label>
      <label class="field body">
        <span>{words.body}</span>
        <textarea
          name="body"
          dir="auto"
          lang={language}
          maxLength={4000}
          readOnly={!begun}
          value={said.body}
          onInput={(event) => write({ body: event.currentTarget.value })}
        />
      </label>
      {begun && (
        <p class="quiet whose">
          {isOwn(sketch) ? words.ownNow : words.sameAsTemplate}{" "}
          {template && isOwn(sketch) && (
            <button type="button" class="plain" onClick={() => one.write(backTo)}>
              {words.backToTemplate}
            </button>
          )}
        </p>
      )}
    </fieldset>
  );
}

/** Into what stands by now, which may be newer than what is drawn. */
function writing(one: AtHand): (next: Partial<Sketch>) => void {
  return (next) => one.write((before) => ({ ...before, ...next }));
}

function backTo(sketch: Sketch): Sketch {
  return { ...sketch, title: null, body: null, languages: {} };
}

function Promised({ desk, one, template }: { desk: Traits["desk"]; one: AtHand; template: Template | undefined }) {
  const { sketch, campus } = one;
  const write = writing(one);
  const me = desk.session?.person.id;
  const seated = (desk.standing.desk?.people ?? []).filter(({ person_id }) => person_id !== me);
  const named = one.thread?.deputy;
  const deputies = seated.map(({ person_id, name }) => ({ id: person_id, name }));
  if (named && !deputies.some(({ id }) => id === named.id)) deputies.push({ id: named.id, name: named.name ?? "" });
  const ends = filled(template?.end_condition ?? "", valuesOf(sketch, campus?.zones ?? []));
  return (
    <div class="line promise">
      <label class="field">
        <span>{words.nextIn}</span>
        <input
          name="next_update_min"
          type="number"
          min={1}
          max={10080}
          placeholder={template?.next_update_min ? String(template.next_update_min) : ""}
          value={sketch.next_update_min ?? ""}
          onInput={(event) => {
            const typed = Math.round(event.currentTarget.valueAsNumber);
            write({ next_update_min: typed >= 1 ? Math.min(typed, 10080) : null });
          }}
        />
      </label>
      <label class="field">
        <span>{words.deputy}</span>
        <select
          name="deputy"
          value={sketch.deputy ?? ""}
          onChange={(event) => write({ deputy: event.currentTarget.value || null })}
        >
          <option value="">{words.noDeputy}</option>
          {deputies.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div class="played">
        <label class="choice">
          <input type="checkbox" checked={sketch.exercise} onChange={() => write({ exercise: !one.sketch.exercise })} />
          {words.isExercise}
        </label>
        <label class="choice">
          <input
            type="checkbox"
            checked={sketch.kind === "test"}
            onChange={() => write({ kind: one.sketch.kind === "test" ? "alert" : "test" })}
          />
          {words.isTest}
        </label>
      </div>
      <label class="field ends">
        <span>{words.ends}</span>
        <input
          name="end_condition"
          maxLength={500}
          placeholder={ends}
          value={sketch.end_condition ?? ""}
          onInput={(event) => write({ end_condition: event.currentTarget.value || null })}
        />
      </label>
    </div>
  );
}
