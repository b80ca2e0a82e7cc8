// In which language one is told: the campus's languages, each by its own name, and honestly how far it is translated.

import { useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import { OTHERS, wanted, words } from "../words/index.ts";
import { sentenceOf } from "./asked.ts";
import { Backwards } from "./me.tsx";

export function Language({ phone }: { phone: Phone }) {
  const [fault, setFault] = useState("");
  const languages = phone.known.campus?.languages ?? ["en"];
  const first = wanted().find((tag) => languages.includes(tag)) ?? "en";
  const choose = async (language: string) => {
    setFault("");
    await phone.oneself.choose(language).catch((why) => setFault(sentenceOf(why)));
  };
  return (
    <section class="page">
      <Backwards />
      <h1>{words.language}</h1>
      <p>{words.languageMeans}</p>
      <fieldset class="choices">
        <legend class="unseen">{words.language}</legend>
        {languages.map((one) => (
          <label key={one} class="card">
            <input type="radio" name="language" checked={one === first} onChange={() => void choose(one)} />
            <span>
              <strong>
                <bdi lang={one}>{nameOf(one)}</bdi>
              </strong>
              <span class="quiet">{howFar(one)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="quiet" role="status">
        {fault || (phone.oneself.languageUntold ? words.languageUntold : words.languageKept)}
      </p>
    </section>
  );
}

/** In itself, as who speaks it looks for it. */
export function nameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

function howFar(language: string): string {
  if (language === "en") return words.languageWhole;
  const translation = OTHERS.find((one) => one.language === language);
  if (!translation) return words.languageNone;
  return translation.reviewed ? words.languageWhole : words.languagePart;
}
