// Writing a broadcast: one page in three steps that never scroll, the next thing to do always in the same corner.

import { useEffect, useRef } from "preact/hooks";
import { useDoing } from "../../parts/form.ts";
import type { RoomTraits } from "../index.ts";
import type { AtHand } from "./at_hand.ts";
import { shut } from "./opening.ts";
import { SendStep } from "./send.tsx";
import { Sending } from "./sending.tsx";
import { faultsAt, isComplete, STEPS, type Step } from "./steps.ts";
import { WhatStep } from "./what.tsx";
import { WhomStep } from "./whom.tsx";
import { words } from "./words.ts";

interface Traits {
  desk: RoomTraits["desk"];
  one: AtHand;
}

export function Compose({ desk, one }: Traits) {
  const { step } = one;
  const panel = useRef<HTMLElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) panel.current?.focus();
    before.current = step;
  }, [step]);
  const place = STEPS.indexOf(step);
  const [back, forward] = [STEPS[place - 1], STEPS[place + 1]];
  return (
    <div class={`compose ${one.isExercise ? "exercise" : ""}`}>
      <header class="top">
        <h1>{words.begin}</h1>
        {one.isExercise && <strong class="mark">{words.exercise}</strong>}
        <Steps one={one} />
        <Kept one={one} />
      </header>
      <section ref={panel} class={`step ${step}`} tabIndex={-1} aria-label={words[step]}>
        {step === "what" && <WhatStep desk={desk} one={one} />}
        {step === "whom" && <WhomStep desk={desk} one={one} />}
        {step === "send" && <SendStep one={one} />}
      </section>
      <footer class="ways">
        <Drop one={one} />
        {back && (
          <button type="button" class="second" onClick={() => one.go(back)}>
            {words.back}
          </button>
        )}
        {forward && (
          <button type="button" class="first" onClick={() => one.go(forward)}>
            {words.forward[step]}
          </button>
        )}
        {step === "send" && <Sending one={one} />}
      </footer>
    </div>
  );
}

function Steps({ one }: { one: AtHand }) {
  return (
    <nav aria-label={words.stepsLabel}>
      <ol class="steps">
        {STEPS.map((step, place) => (
          <li key={step}>
            <button
              type="button"
              class="plain"
              aria-current={step === one.step ? "step" : undefined}
              onClick={() => one.go(step)}
            >
              <span class="number">{place + 1}</span> {words[step]} <Done step={step} one={one} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Done({ step, one }: { step: Step; one: AtHand }) {
  if (!one.thread || step === "send") return null;
  if (isComplete(step, one.thread)) {
    return (
      <span class="done" role="img" aria-label={words.complete}>
        ✓
      </span>
    );
  }
  const count = faultsAt(step, one.thread.lint).filter(({ refuses }) => refuses).length;
  return <span class="quiet">{words.toMend(count)}</span>;
}

function Kept({ one }: { one: AtHand }) {
  const { act, fault } = useDoing();
  const settle = (mine: boolean) => void act(() => one.settle(mine));
  if (one.conflict) {
    return (
      <p class="kept conflict" role="alert">
        {one.conflict} {fault}
        <button type="button" class="second" onClick={() => settle(false)}>
          {words.theirs}
        </button>
        <button type="button" class="second" onClick={() => settle(true)}>
          {words.mine}
        </button>
      </p>
    );
  }
  const { state } = one.saving;
  if (state === "failing") {
    return (
      <p class="kept amber" role="status">
        {words.keepingNot}
      </p>
    );
  }
  if (state === "refused") {
    return (
      <p class="kept red" role="alert">
        {`${words.keepingRefused}: ${one.refused}`}
      </p>
    );
  }
  return (
    <p class="kept quiet" data-kept={one.isKept ? "kept" : ""}>
      {one.isKept ? words.kept : one.thread || state !== "kept" ? words.keeping : words.unkept}
    </p>
  );
}

function Drop({ one }: { one: AtHand }) {
  const { busy, fault, act } = useDoing();
  const drop = async () => {
    if (!(await act(() => one.drop()))) return;
    shut(one);
    location.hash = "#/broadcasts";
  };
  return (
    <p class="away">
      {one.thread && (
        <button type="button" class="plain" aria-disabled={busy} onClick={() => void drop()}>
          {words.dropDraft}
        </button>
      )}
      <span class="fault" role="alert">
        {fault}
      </span>
    </p>
  );
}
