// A legal hold: one asks for a sealed reason, a second person who has read it agrees.

import { useEffect, useState } from "preact/hooks";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { Deeds, Long } from "./parts.tsx";
import { sealed } from "./reading.ts";
import type { Held } from "./wire.ts";
import { words } from "./words.ts";
import { API, sendSealed, type Work } from "./working.ts";

/** Whether it is held, and what waits for a second person; null until it is known. */
export function useHeld({ desk, concern }: Work): Held | null {
  const [held, setHeld] = useState<Held | null>(null);
  useEffect(() => {
    // Whoever may not ask here sees the rest of the concern all the same.
    desk.ask<Held>("GET", `${API}/${concern.id}/hold`).then(setHeld, () => setHeld(null));
  }, [desk, concern]);
  return held;
}

/** What waits for a second person, with their two buttons, or with the one of who has asked. */
export function HoldAsked({ work, held }: { work: Work; held: Held | null }) {
  const { desk, concern, done } = work;
  const { busy, fault, act } = useDoing();
  if (!held?.asked) return null;
  const agree = () => desk.ask("POST", `${API}/${concern.id}/hold/confirm`, { because: held.because });
  const drop = () => desk.ask("DELETE", `${API}/${concern.id}/hold`);
  const press = async (deed: () => Promise<unknown>) => {
    if (await act(deed)) done();
  };
  return (
    <div class="asked stack">
      <p>{held.mine ? words.youAsked : held.asked === "hold" ? words.asksHold : words.asksRelease}</p>
      <p class="fault" role="alert">
        {fault}
      </p>
      <div class="deeds">
        <button type="button" class="second" aria-disabled={busy} onClick={() => void press(drop)}>
          {held.mine ? words.takeBack : words.refuse}
        </button>
        {!held.mine && (
          <button type="button" class="second" aria-disabled={busy} onClick={() => void press(agree)}>
            {words.agree}
          </button>
        )}
      </div>
    </div>
  );
}

export function Holding({ work }: { work: Work }) {
  const { busy, fault, act } = useDoing();
  const { held } = work.concern;
  const ask = async (event: SubmitEvent) => {
    const said = { words: fieldsOf(event).words ?? "" };
    const body = (concern: Work["concern"]) => ({ held: !held, because: sealed(concern, said) });
    if (await act(() => sendSealed(work, "hold", body))) work.done();
  };
  return (
    <form class="stack" onSubmit={(event: SubmitEvent) => void ask(event)}>
      <p class="quiet">{held ? words.releaseMeans : words.holdMeans}</p>
      <Long name="words" label={words.because} />
      <Deeds fault={fault} busy={busy} go={words.askHold} cancel={work.cancel} />
    </form>
  );
}
