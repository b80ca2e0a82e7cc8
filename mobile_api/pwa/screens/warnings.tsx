// What the whole campus is told: above everything, answered by one press, and over when it is over.

import { useState } from "preact/hooks";
import { Refused, Unreachable } from "../../../backend/web/browser/calling.ts";
import type { Answer, Broadcast } from "../../../backend/web/browser/wire.ts";
import type { Phone } from "../phone.ts";
import { isOver } from "../warned.ts";
import { words } from "../words/index.ts";

const GRAVE = new Set(["extreme", "severe"]);
const ANSWERS: Answer[] = ["safe", "need_help", "not_here"];

export function Warnings({ phone }: { phone: Phone }) {
  const shown = [...phone.known.broadcasts.values()].sort((one, other) => Number(isOver(one)) - Number(isOver(other)));
  if (!shown.length) return null;
  return (
    <section class="warnings" aria-label={words.warned}>
      {shown.map((one) => (
        <Warning key={one.id} phone={phone} one={one} />
      ))}
    </section>
  );
}

function Warning({ phone, one }: { phone: Phone; one: Broadcast }) {
  const [fault, setFault] = useState("");
  const over = isOver(one);
  const answer = async (given: Answer) => {
    try {
      setFault("");
      await phone.answer(one, given);
    } catch (why) {
      if (!(why instanceof Refused || why instanceof Unreachable)) throw why;
      setFault(given === "need_help" ? words.answerHelpNot : words.answeredNot);
    }
  };
  const traits = [over ? "over" : GRAVE.has(one.severity) ? "grave" : "", one.exercise ? "exercise" : ""];
  return (
    <article class={`broadcast ${traits.join(" ")}`} aria-labelledby={`b-${one.id}`}>
      <h2 id={`b-${one.id}`} lang={one.language} dir={one.direction ?? "auto"}>
        {words.mark(one)}
        {one.title}
      </h2>
      <p lang={one.language} dir={one.direction ?? "auto"}>
        {one.body}
      </p>
      <p class="quiet">
        {over ? words.over(one.issued_at) : words.inForce(one.issued_at)}
        {!over && one.next_update_at && ` · ${words.nextWord(one.next_update_at)}`}
      </p>
      {over ? (
        <button type="button" class="second" onClick={() => phone.known.dismiss(one.id)}>
          {words.close}
        </button>
      ) : (
        <fieldset class="answers">
          <legend>{words.areYouSafe}</legend>
          {ANSWERS.map((given) => (
            <button
              key={given}
              type="button"
              class={`second ${given}`}
              aria-pressed={one.my_answer === given}
              onClick={() => answer(given)}
            >
              {words.ANSWERS[given]}
            </button>
          ))}
        </fieldset>
      )}
      <p class="fault" role="alert">
        {fault}
      </p>
    </article>
  );
}
