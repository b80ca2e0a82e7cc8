// The proof that the log is whole, with the anchors somebody pastes.

import { useState } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { pasted } from "./anchors.ts";
import { words } from "./words.ts";

interface Proof {
  stands: boolean;
  lines: number;
  head: string | null;
  anchors: number;
  faults: string[];
}

export function Verifying({ desk }: { desk: Desk }) {
  const [proof, setProof] = useState<Proof | null>(null);
  const [wrong, setWrong] = useState("");
  const { busy, fault, act } = useDoing();
  const verify = (event: SubmitEvent) => {
    const found = pasted(fieldsOf(event).anchors ?? "");
    setProof(null);
    setWrong("bad" in found ? words.badAnchor(found.bad) : "tooMany" in found ? words.tooMany(found.tooMany) : "");
    if (!("anchors" in found)) return;
    void act(async () =>
      setProof(await desk.ask<Proof>("POST", "/console/api/audit/verify", { anchors: found.anchors })),
    );
  };
  return (
    <section class={`card stack ${proof && !proof.stands ? "wrong" : ""}`} aria-labelledby="verify">
      <h2 id="verify">{words.verify}</h2>
      <p class="quiet">{words.verifyMeans}</p>
      <form class="verify" onSubmit={verify}>
        <label class="field">
          <span>{words.anchors}</span>
          <textarea name="anchors" rows={2} spellcheck={false} aria-describedby="anchors-hint" />
        </label>
        <button type="submit" class="second" aria-disabled={busy}>
          {words.prove}
        </button>
        <p class="quiet" id="anchors-hint">
          {words.anchorsHint}
        </p>
      </form>
      <p class="fault" role="alert">
        {wrong || fault}
      </p>
      <div role="status" class="stack">
        {proof?.stands && (
          <p class="verdict">
            {words.stands(proof.lines, proof.anchors)}
            {proof.head && (
              <span class="quiet head">
                {words.head} {proof.head}
              </span>
            )}
          </p>
        )}
        {proof && !proof.stands && (
          <>
            <p class="verdict red">{words.faults(proof.faults.length)}</p>
            <ul class="stack">
              {proof.faults.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
            <p class="quiet">{words.whoTo}</p>
          </>
        )}
      </div>
    </section>
  );
}
