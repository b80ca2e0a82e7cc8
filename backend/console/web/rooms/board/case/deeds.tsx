// What to do next, always in the same corner: take the case, or end it; a slip does neither.

import { useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "../../../../../web/browser/calling.ts";
import { HoldButton } from "../../../../../web/browser/holding.tsx";
import type { Desk } from "../../../desk.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { useDoing } from "../../../parts/form.ts";
import type { Case } from "../../../wire.ts";
import { Draft } from "./draft.tsx";
import type { Opened } from "./opened.ts";
import { next, somebodyThere } from "./telling.ts";
import { words } from "./words.ts";

const NOTE = 2000;

interface Traits {
  desk: Desk;
  opened: Opened;
  one: Case;
  me: string;
}

export function Deeds({ desk, opened, one, me }: Traits) {
  const { busy, fault, act } = useDoing();
  const [asks, setAsks] = useState(false);
  const [ending, setEnding] = useState(false);
  const led = useRef<HTMLButtonElement>(null);
  const wasEnding = useRef(false);
  useEffect(() => {
    // Back to the button that led there.
    if (wasEnding.current && !ending) led.current?.focus();
    wasEnding.current = ending;
  }, [ending]);
  const wanted = next(one, me);
  const take = async (over: boolean) => {
    setAsks(false);
    await act(async () => {
      try {
        await opened.change("POST", "/take", { over });
        desk.say(words.taken);
      } catch (why) {
        // A colleague was quicker: asked once more, since now it is theirs.
        if (!(why instanceof Refused && why.slug === "case-taken")) throw why;
        await opened.read();
        setAsks(true);
      }
    });
  };
  if (wanted === "nothing") {
    return (
      <footer class="case-foot">
        <PrintButton />
      </footer>
    );
  }
  if (ending) return <Ending opened={opened} one={one} leave={() => setEnding(false)} />;
  const end = () => setEnding(true);
  const deeds = { take: () => void take(false), take_over: () => setAsks(true), resolve: end };
  const names = { take: words.take, take_over: words.takeOver, resolve: words.resolve };
  return (
    <footer class="case-foot">
      <p class="fault" role="alert">
        {fault}
      </p>
      <PrintButton />
      {wanted !== "resolve" && (
        <button ref={led} type="button" class="plain" aria-keyshortcuts="r" onClick={end}>
          {words.resolve}
        </button>
      )}
      {/* One button whatever it says, so that the keyboard stays on it when the case has become theirs. */}
      <button
        key="next"
        ref={wanted === "resolve" ? led : null}
        type="button"
        class="first case-next"
        aria-keyshortcuts={wanted === "resolve" ? "r" : "t"}
        aria-disabled={busy}
        onClick={deeds[wanted]}
      >
        {names[wanted]}
      </button>
      {asks && (
        <Dialog title={words.takeOverTitle} close={() => setAsks(false)}>
          <div class="stack">
            <p>{words.takeOverMeans(one.taken_by?.name ?? null)}</p>
            <div class="deeds">
              <button type="button" class="plain" onClick={() => setAsks(false)}>
                {words.leaveIt}
              </button>
              <button type="button" class="first" onClick={() => void take(true)}>
                {words.takeOver}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </footer>
  );
}

function PrintButton() {
  return (
    <button type="button" class="plain case-print" onClick={() => window.print()}>
      {words.print}
    </button>
  );
}

function Ending({ opened, one, leave }: { opened: Opened; one: Case; leave: () => void }) {
  const { fault, act } = useDoing();
  const end = async () => {
    const typed = opened.drafts.get("resolve");
    // On its way: once the case is closed it is no longer something that was left over.
    opened.drafts.delete("resolve");
    const done = await act(() => opened.change("POST", "/resolve", { note: typed?.trim() || null }));
    if (!done && typed) opened.drafts.set("resolve", typed);
  };
  const note = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    note.current?.querySelector("textarea")?.focus();
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      // This Escape is the panel's: the board closes the case by the next.
      event.preventDefault();
      leave();
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, []);
  return (
    <footer class="case-foot">
      <fieldset class="case-ending stack" ref={note}>
        <legend>{words.resolveTitle}</legend>
        {!somebodyThere(one) && <p class="amber">{words.resolveAlone}</p>}
        <Draft opened={opened} name="resolve" label={words.howItEnded} most={NOTE} rows={2} />
        <p class="fault" role="alert">
          {fault}
        </p>
      </fieldset>
      <button type="button" class="plain" onClick={leave}>
        {words.notYet}
      </button>
      <HoldButton text={words.resolve} hint={words.holdIt} again={words.holdAgain} class="first case-next" done={end} />
    </footer>
  );
}
