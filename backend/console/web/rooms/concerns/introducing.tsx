// What an adviser tells the desk of themselves: a key that was made elsewhere, their faculty, and when they were trained.

import { useState } from "preact/hooks";
import { type Bytes, fromBase64 } from "../../../../web/browser/sealing/bytes.ts";
import { KEY_BYTES } from "../../../../web/browser/sealing/sealing.ts";
import type { Desk } from "../../desk.ts";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { Registering } from "./registering.tsx";
import type { Colleague } from "./wire.ts";
import { words } from "./words.ts";
import { API } from "./working.ts";

interface KeyTraits {
  desk: Desk;
  /** Whether a key is in use already. */
  beside: boolean;
  done: () => void;
}

/** Of a pair that was made by the command, on another machine: its private half never comes here. */
export function KeyFromElsewhere({ desk, beside, done }: KeyTraits) {
  const [found, setFound] = useState<Bytes | null>(null);
  const [fault, setFault] = useState("");
  const show = (event: SubmitEvent) => {
    const { public_key = "" } = fieldsOf(event);
    try {
      setFound(fromBase64(public_key, KEY_BYTES));
      setFault("");
    } catch {
      setFault(words.noPublicKey);
    }
  };
  return (
    <details class="elsewhere">
      <summary>{words.elsewhere}</summary>
      {found ? (
        <Registering desk={desk} publicKey={found} beside={beside} done={done} level={3} />
      ) : (
        <form class="stack" onSubmit={show}>
          <p class="quiet">{words.elsewhereMeans}</p>
          <p class="fault" role="alert">
            {fault}
          </p>
          <label class="field">
            <span>{words.publicKey}</span>
            <input name="public_key" required autocomplete="off" spellcheck={false} />
          </label>
          <div class="deeds">
            <button type="submit" class="second">
              {words.showFingerprint}
            </button>
          </div>
        </form>
      )}
    </details>
  );
}

/** Shown to colleagues when they choose two; no reporter reads it. */
export function Introduction({ desk, me, look }: { desk: Desk; me: Colleague | undefined; look: () => void }) {
  const { busy, fault, act } = useDoing();
  const [told, setTold] = useState(false);
  const tell = async (event: SubmitEvent) => {
    const { faculty, trained_on } = fieldsOf(event);
    setTold(false);
    const body = { faculty: faculty || null, trained_on: trained_on || null };
    if (!(await act(() => desk.ask("PUT", `${API}/introduction`, body)))) return;
    setTold(true);
    look();
  };
  return (
    <section class="card stack" aria-labelledby="my-introduction">
      <h2 id="my-introduction">{words.introduction}</h2>
      <form class="stack" onSubmit={(event: SubmitEvent) => void tell(event)}>
        <p class="quiet">{words.introductionMeans}</p>
        <div class="two">
          <label class="field">
            <span>{words.faculty}</span>
            <input name="faculty" maxLength={120} defaultValue={me?.faculty ?? ""} />
          </label>
          <label class="field">
            <span>{words.trainedOn}</span>
            <input type="date" name="trained_on" defaultValue={me?.trained_on ?? ""} />
          </label>
        </div>
        <p class="fault" role="alert">
          {fault}
        </p>
        <p class="quiet" role="status">
          {told ? words.introduced : ""}
        </p>
        <div class="deeds">
          <button type="submit" class="second" aria-disabled={busy}>
            {words.introduce}
          </button>
        </div>
      </form>
    </section>
  );
}
