// What an officer must not overlook of a case, in words: silent, under duress, an exercise.

import type { OfficersCase } from "../../../backend/web/browser/wire.ts";
import { words } from "../words/index.ts";

export function Marks({ incident }: { incident: Pick<OfficersCase, "silent" | "trigger" | "exercise"> }) {
  const { silent, trigger, exercise } = incident;
  const colleague = trigger === "responder_duress";
  const forced = trigger === "duress_pin";
  if (!silent && !exercise && !colleague && !forced) return null;
  return (
    <ul class="marks">
      {exercise && <li class="hatched">{words.exercise}</li>}
      {colleague && <li class="grave">{words.colleagueMark}</li>}
      {forced && <li class="grave">{words.forcedMark}</li>}
      {silent && <li>{words.silentMark}</li>}
    </ul>
  );
}
