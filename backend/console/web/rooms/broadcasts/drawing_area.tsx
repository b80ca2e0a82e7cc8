// The area drawn on the map, over the step that tells whom: what is drawn is in the draft at once.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import { Dialog } from "../../parts/dialog.tsx";
import type { AreaTraits } from "../board/map/area_map.tsx";
import type { Audience } from "./wire.ts";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  audience: Audience;
  write: (next: Partial<Audience>) => void;
  close: () => void;
}

export function DrawingArea({ desk, audience, write, close }: Traits) {
  const [Drawn, setDrawn] = useState<ComponentType<AreaTraits> | null>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    import("../board/map/area_map.tsx").then(
      ({ default: made }) => setDrawn(() => made),
      () => setFault(words.noMap),
    );
  }, []);
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
          broken={() => setFault(words.noMap)}
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
