// The escalation proof over what holds now, with the counter-example when there is one.

import type { Desk } from "../../desk.ts";
import { useReading } from "../../parts/reading.ts";
import { words as frame } from "../../words/index.ts";
import type { Proof } from "./places.ts";
import { words } from "./words.ts";

const FORTNIGHT = 14;

export function ProofCard({ desk }: { desk: Desk }) {
  const { found, fault, busy, again } = useReading<Proof>(desk, "/console/api/campus/proof");
  return (
    <section
      class={`card stack proof ${found && !found.ends_well ? "wrong" : ""}`}
      aria-labelledby="proof"
      aria-busy={busy}
    >
      <h2 id="proof">{words.proof}</h2>
      <p class="fault" role="alert">
        {fault}
      </p>
      <div role="status" class="stack">
        {!found && !fault && <p>{words.proving}</p>}
        {found?.ends_well && <p class="verdict">{words.well(found.days)}</p>}
        {found && !found.ends_well && (
          <>
            <p class="verdict red">{words.notWell}</p>
            <p>{found.counterexample}</p>
            {found.others.length > 0 && <h3>{words.others}</h3>}
            <ul class="stack">
              {found.others.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
            <p class="quiet">{words.whoMends}</p>
          </>
        )}
        {found && found.days < FORTNIGHT && <p class="amber">{words.shorter(found.days)}</p>}
      </div>
      <p class="quiet">{words.proofMeans}</p>
      {found && <p class="quiet">{words.checked(found.checked, frame.time(found.as_of))}</p>}
      <div class="deeds">
        <button type="button" class="second" aria-disabled={busy} onClick={again}>
          {words.prove}
        </button>
      </div>
    </section>
  );
}
