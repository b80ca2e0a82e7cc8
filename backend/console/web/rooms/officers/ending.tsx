// End every sign-in of an officer: held, not pressed, since it takes them off duty in the middle of whatever they do.

import { HoldButton } from "../../../../web/browser/holding.tsx";
import { isOpen } from "../../board.ts";
import type { Desk } from "../../desk.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useDoing } from "../../parts/form.ts";
import { words as frame } from "../../words/index.ts";
import type { Kept } from "./attention.ts";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  officer: Kept;
  /** With what has been done, in a sentence; without one nothing was. */
  close: (sentence?: string) => void;
}

export function Ending({ desk, officer: { officer_id, name }, close }: Traits) {
  const { fault, act } = useDoing();
  const isComing = [...desk.standing.rows.values()].some(
    (row) => isOpen(row) && row.coming?.some((one) => one.officer_id === officer_id),
  );
  const end = () =>
    act(async () => {
      const { ended } = await desk.ask<{ ended: number }>("POST", `/console/api/sessions/${officer_id}/end`, {});
      close(words.ended(name, ended));
    });
  return (
    <Dialog title={words.endTitle(name)} close={() => close()}>
      <div class="stack">
        <p>{words.endMeans}</p>
        {isComing && <p class="amber">{words.endBusy(name)}</p>}
        <p class="fault" role="alert">
          {fault}
        </p>
        <div class="deeds">
          <button type="button" class="plain" onClick={() => close()}>
            {frame.notNow}
          </button>
          <HoldButton class="first" text={words.endHold} hint={frame.hold} again={frame.holdAgain} done={end} />
        </div>
      </div>
    </Dialog>
  );
}
