// What a slip must not do: closing a concern, and standing aside for good; both are held.

import { HoldButton } from "../../../../web/browser/holding.tsx";
import { useDoing } from "../../parts/form.ts";
import { words as frame } from "../../words/index.ts";
import { words } from "./words.ts";
import { API, type Work } from "./working.ts";

export function Closing({ work }: { work: Work }) {
  const { desk, concern, done, cancel } = work;
  const { fault, act } = useDoing();
  const { outcome } = concern;
  const close = async () => {
    if (await act(() => desk.ask("POST", `${API}/${concern.id}/close`, { outcome }))) done();
  };
  return (
    <div class="stack">
      <p>{words.closeMeans(outcome ? words.outcomes[outcome] : "")}</p>
      {outcome === "no_concern" && <p>{words.closeSoon}</p>}
      <Held fault={fault} text={words.holdToClose} done={close} cancel={cancel} />
    </div>
  );
}

export function Recusing({ work }: { work: Work }) {
  const { desk, concern, cancel } = work;
  const { fault, act } = useDoing();
  const recuse = async () => {
    // There is nothing here to look at any more.
    if (await act(() => desk.ask("POST", `${API}/${concern.id}/recuse`))) location.hash = "#/concerns/";
  };
  return (
    <div class="stack">
      <p>{words.recuseMeans}</p>
      <Held fault={fault} text={words.recuseDo} done={recuse} cancel={cancel} />
    </div>
  );
}

interface Traits {
  fault: string;
  text: string;
  done: () => Promise<void>;
  cancel: () => void;
}

export function Held({ fault, text, done, cancel }: Traits) {
  return (
    <>
      <p class="fault" role="alert">
        {fault}
      </p>
      <div class="deeds">
        <button type="button" class="plain" onClick={cancel}>
          {words.cancel}
        </button>
        <HoldButton class="first" text={text} hint={frame.hold} again={frame.holdAgain} done={() => void done()} />
      </div>
    </>
  );
}
