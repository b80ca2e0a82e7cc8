// The area drawn on the map, over the step that tells whom: what is drawn is in the draft at once.

import { useState } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useFetched } from "../../parts/fetched.ts";
import type { Audience } from "./wire.ts";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  audience: Audience;
  write: (next: Partial<Audience>) => void;
  close: () => void;
}

const load = () => import("../board/map/area_map.tsx");

export function DrawingArea({ desk, audience, write, close }: Traits) {
  const { Made: Drawn, failed } = useFetched(load);
  const [broken, setBroken] = useState(false);
  const fault = failed || broken ? words.noMap : "";
  const area = { polygon: audience.polygon.length ? audience.polygon : null, circle: audience.circle };
  return (
    <Dialog title={words.draw} close={close} class="drawing">
      {fault && <p class="fault">{fault}</p>}
      {!fault && !Drawn && <p class="quiet">{words.fetchingMap}</p>}
      {!fault && Drawn && (
        <Drawn
          desk={desk}
          area={area}
          change={({ polygon, circle }) => write({ polygon: polygon ?? [], circle })}
          broken={() => setBroken(true)}
        />
      )}
      <div class="deeds">
        <button type="button" class="first" onClick={close}>
          {words.drawnDone}
        </button>
      </div>
    </Dialog>
  );
}
