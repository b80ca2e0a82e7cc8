// Hold to send: by one person what is approved, by two what is somebody's own words; never tried again by itself.

import { HoldButton } from "../../../../web/browser/holding.tsx";
import { useDoing } from "../../parts/form.ts";
import type { AtHand } from "./at_hand.ts";
import { goesAtOnce } from "./sketch.ts";
import { mayGo } from "./steps.ts";
import { words } from "./words.ts";

export function Sending({ one }: { one: AtHand }) {
  const { busy, fault, act: hold } = useDoing(words.notSent);
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
