// What the lint says, beside the words: each fault leads to its field.

import type { AtHand } from "./at_hand.ts";
import { faultsAt, type Step, toMend, untranslated } from "./steps.ts";
import type { Fault } from "./wire.ts";
import { words } from "./words.ts";

export function Check({ one, step }: { one: AtHand; step?: Step }) {
  const { thread } = one;
  const lint = step ? faultsAt(step, thread?.lint ?? []) : (thread?.lint ?? []);
  const missing = untranslated(lint);
  const found = toMend(lint);
  return (
    <section class="lint" aria-labelledby="check">
      <h2 id="check">{words.lint}</h2>
      <div class="findings" aria-live="polite" aria-busy={!one.isKept}>
        {!thread && <p class="quiet">{one.saving.state === "kept" ? words.lintBegin : words.lintChecking}</p>}
        {thread && !found.some(({ refuses }) => refuses) && <p class="fine">{words.lintFine}</p>}
        {found.length > 0 && (
          <ul>
            {found.map((fault) => (
              <li key={`${fault.field}${fault.slug}`} class={fault.refuses ? "refuses" : ""}>
                <button type="button" class="plain" onClick={() => lead(one, fault)}>
                  {fault.message}
                </button>
              </li>
            ))}
          </ul>
        )}
        {missing.length > 0 && <p class="quiet">{words.untranslated(missing.map(words.languageName).join(", "))}</p>}
      </div>
    </section>
  );
}

function lead(one: AtHand, fault: Fault): void {
  const whom = fault.field.startsWith("audience");
  one.go(whom ? "whom" : "what");
  const name = fault.field.split(".").at(-1) ?? "";
  setTimeout(
    () => document.querySelector<HTMLElement>(`.compose [name="${CSS.escape(whom ? "everyone" : name)}"]`)?.focus(),
    50,
  );
}
