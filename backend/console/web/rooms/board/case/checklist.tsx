// What the control room does about such a case, step by step, and who has done which.

import { useState } from "preact/hooks";
import { isOpen } from "../../../board.ts";
import { sentenceOf } from "../../../desk.ts";
import type { Case, Step } from "../../../wire.ts";
import { Fold } from "./fold.tsx";
import type { Opened } from "./opened.ts";
import { words } from "./record_words.ts";

export function Checklist({ opened, one }: { opened: Opened; one: Case }) {
  // Ticked here and not yet answered: it shows at once, and goes back with a sentence when it is refused.
  const [wanted, setWanted] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [fault, setFault] = useState("");
  const open = isOpen(one);
  const isDone = (step: Step) => wanted.get(step.id) ?? step.done_at !== null;
  const tick = async (step: Step) => {
    const done = !isDone(step);
    setFault("");
    setWanted((before) => new Map(before).set(step.id, done));
    try {
      await opened.change("PUT", `/protocol/${encodeURIComponent(step.id)}`, { done });
    } catch (why) {
      setFault(sentenceOf(why));
    } finally {
      setWanted((before) => new Map([...before].filter(([id]) => id !== step.id)));
    }
  };
  if (!one.protocol.length) return null;
  return (
    <Fold
      title={words.checklist}
      told={words.done(one.protocol.filter(isDone).length, one.protocol.length)}
      open={open}
    >
      <ol class="case-steps">
        {one.protocol.map((step) => (
          <li key={step.id}>
            <label>
              <input
                type="checkbox"
                checked={isDone(step)}
                disabled={!open}
                aria-busy={wanted.has(step.id)}
                onChange={() => void tick(step)}
              />
              <span>{step.text}</span>
            </label>
            {step.done_at && <span class="quiet">{words.doneBy(step.done_by, step.done_at)}</span>}
          </li>
        ))}
      </ol>
      <p class="fault" role="alert">
        {fault}
      </p>
    </Fold>
  );
}
