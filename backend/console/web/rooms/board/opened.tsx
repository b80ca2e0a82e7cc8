// The right column: the case that is open.

import type { RefObject } from "preact";
import type { Desk } from "../../desk.ts";
import Case from "./case/case.tsx";

export function Opened({ desk, id, place }: { desk: Desk; id: string; place: RefObject<HTMLDivElement | null> }) {
  return (
    <div class="opened" ref={place}>
      <Case desk={desk} id={id} />
    </div>
  );
}
