// What to do when something happens: on the phone before anybody needs it.

import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { Calls } from "./calls.tsx";

export function Cards({ phone }: { phone: Phone }) {
  const { guidance } = phone.known;
  return (
    <section class="page" lang={guidance?.language ?? undefined} dir={guidance?.dir}>
      <h1>{words.cards}</h1>
      {!guidance?.cards.length && <p>{words.cardsNone}</p>}
      {guidance?.cards.map((card) => (
        <details key={card.id} class="card">
          <summary>
            <strong>{card.title}</strong>
            <span>{card.when}</span>
          </summary>
          <ol class="steps">
            {card.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {card.do_not.length > 0 && (
            <ul class="never" aria-label={words.never}>
              {card.do_not.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
          <Calls numbers={card.call} />
        </details>
      ))}
      <p class="quiet">
        {words.cardsKept} {guidance && !guidance.reviewed && words.cardsUnreviewed}
      </p>
    </section>
  );
}
