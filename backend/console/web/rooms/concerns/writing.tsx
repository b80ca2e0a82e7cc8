// What advisers write: an answer, a note, a reason, and the decision with what speaks against it; sealed before it is sent.

import { fieldsOf, useDoing } from "../../parts/form.ts";
import { Deeds, Long } from "./parts.tsx";
import { sealed } from "./reading.ts";
import type { Outcome } from "./wire.ts";
import { words } from "./words.ts";
import { sendSealed, type Work } from "./working.ts";

type Written = "reply" | "note" | "reopen";

const FORMS = {
  reply: { path: "replies", label: words.replyWords, hint: words.replyHint, go: words.send },
  note: { path: "notes", label: words.noteWords, hint: "", go: words.send },
  reopen: { path: "reopen", label: words.because, hint: "", go: words.reopenSend },
};

export function Writing({ what, work }: { what: Written; work: Work }) {
  const { busy, fault, act } = useDoing();
  const { path, label, hint, go } = FORMS[what];
  const toReporter = what === "reply";
  const send = async (event: SubmitEvent) => {
    const said = { words: fieldsOf(event).words ?? "" };
    const body = (concern: Work["concern"]) => {
      const box = sealed(concern, said, { toReporter });
      return what === "reopen" ? { because: box } : { sealed: box };
    };
    if (await act(() => sendSealed(work, path, body))) work.done();
  };
  return (
    <form class="stack" onSubmit={(event: SubmitEvent) => void send(event)}>
      <Long name="words" label={label} hint={hint} rows={8} />
      <Deeds fault={fault} busy={busy} go={go} cancel={work.cancel}>
        <p class="quiet">
          {toReporter ? words.sealedToReporter : words.sealedTo(Object.keys(work.concern.sealed_to).length)}
        </p>
      </Deeds>
    </form>
  );
}

const OUTCOMES: Outcome[] = ["prevent", "welfare", "no_concern"];

export function Deciding({ work }: { work: Work }) {
  const { busy, fault, act } = useDoing();
  const decide = async (event: SubmitEvent) => {
    const { outcome, rationale = "", against = "" } = fieldsOf(event);
    const body = (concern: Work["concern"]) => ({
      outcome,
      rationale: sealed(concern, { words: rationale }),
      against: sealed(concern, { words: against }),
    });
    if (await act(() => sendSealed(work, "triage", body))) work.done();
  };
  return (
    <form class="stack" onSubmit={(event: SubmitEvent) => void decide(event)}>
      <fieldset class="outcomes">
        <legend>{words.outcome}</legend>
        {OUTCOMES.map((one) => (
          <label key={one}>
            <input type="radio" name="outcome" value={one} required defaultChecked={one === work.concern.outcome} />
            <span>{words.outcomes[one]}</span>
          </label>
        ))}
      </fieldset>
      <Long name="rationale" label={words.rationale} hint={words.rationaleHint} />
      <Long name="against" label={words.against} hint={words.againstHint} />
      <Deeds fault={fault} busy={busy} go={words.decide} cancel={work.cancel}>
        <p class="quiet">{words.sealedTo(Object.keys(work.concern.sealed_to).length)}</p>
      </Deeds>
    </form>
  );
}
