// Hold to send: by one person what is approved, by two what is somebody's own words; never tried again by itself.

import { useState } from "preact/hooks";
import { Unreachable } from "../../../../web/browser/calling.ts";
import { HoldButton } from "../../../../web/browser/holding.tsx";
import { sentenceOf } from "../../desk.ts";
import type { AtHand } from "./at_hand.ts";
import { goesAtOnce } from "./sketch.ts";
import { mayGo } from "./steps.ts";
import { words } from "./words.ts";

export function Sending({ one }: { one: AtHand }) {
  const { busy, fault, hold } = useHolding();
  const { thread, sketch, campus } = one;
  const standing = mayGo(thread, one.isKept, one.conflict !== "");
  if (standing !== "ready") {
    return <p class="quiet">{standing === "faults" ? words.mendFirst : words.notYet}</p>;
  }
  const template = campus?.templates.find(({ id }) => id === sketch.template);
  const alone = goesAtOnce(sketch, template, campus?.zones ?? []);
  const people = thread?.reach?.people ?? 0;
  const sends = one.isExercise ? words.sendExercise(people) : words.sendNow(people);
  return (
    <>
      <p class="fault" role="alert">
        {fault}
      </p>
      {!people && <p class="amber">{words.nobodyThere}</p>}
      <HoldButton
        class={`first ${busy ? "busy" : ""}`}
        text={alone ? sends : words.ask}
        hint={alone ? words.sendHint : words.askHint}
        again={words.again}
        done={() => void hold(() => one.does("issue"))}
      />
    </>
  );
}

/** A deed that is held, once at a time; one that had no answer says that nothing was sent, and waits to be held again. */
export function useHolding(): {
  busy: boolean;
  fault: string;
  hold: (deed: () => Promise<unknown>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const hold = async (deed: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setFault("");
    try {
      await deed();
      return true;
    } catch (why) {
      setFault(why instanceof Unreachable ? words.notSent : sentenceOf(why));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, hold };
}
