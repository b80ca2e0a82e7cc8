// How it looks on a phone, in light and in dark, whatever this console is set to.

import { useState } from "preact/hooks";
import { now } from "../../../../web/browser/clock.ts";
import { words as frame } from "../../words/index.ts";
import { Scrolls } from "./scrolls.tsx";
import type { Languages, Said, ThreadRow } from "./wire.ts";
import { words } from "./words.ts";

type Shown = Said & Pick<ThreadRow, "severity" | "exercise" | "kind" | "next_update_min">;

const GRAVE = new Set(["extreme", "severe"]);

export function Preview({ one, languages }: { one: Shown; languages: Languages }) {
  const [language, setLanguage] = useState("en");
  const told = ["en", ...Object.keys(languages)];
  const said = languages[language] ?? one;
  return (
    <section class="preview" aria-labelledby="preview">
      <h2 id="preview">{words.phone}</h2>
      {told.length > 1 && (
        <div class="languages">
          {told.map((tag) => (
            <button
              key={tag}
              type="button"
              class="plain"
              aria-pressed={tag === language}
              onClick={() => setLanguage(tag)}
            >
              {words.languageName(tag)}
            </button>
          ))}
        </div>
      )}
      <div class="phones">
        <Phone theme="light" one={{ ...one, ...said }} language={language} />
        <Phone theme="dark" one={{ ...one, ...said }} language={language} />
      </div>
    </section>
  );
}

function Phone({ theme, one, language }: { theme: "light" | "dark"; one: Shown; language: string }) {
  const until = one.next_update_min === null ? null : now() + one.next_update_min * 60_000;
  const traits = [GRAVE.has(one.severity) ? "grave" : "", one.exercise ? "exercise" : ""].join(" ");
  return (
    <figure class={`phone ${theme}`}>
      <figcaption class="quiet">{words[theme]}</figcaption>
      <Scrolls class="screen" name={`${words.phone}: ${words[theme]}`}>
        <div class={`warned ${traits}`}>
          <p class="heading" lang={language} dir="auto">
            {one.exercise && `${words.exercise} · `}
            {one.kind === "test" && `${words.test} · `}
            {one.title}
          </p>
          <p lang={language} dir="auto">
            {one.body}
          </p>
          <p class="small">
            {words.now}
            {until !== null && ` · ${words.next} ${frame.time(until).slice(0, 5)}`}
          </p>
          <ul>
            {words.answers.map((answer) => (
              <li key={answer}>{answer}</li>
            ))}
          </ul>
        </div>
      </Scrolls>
    </figure>
  );
}
