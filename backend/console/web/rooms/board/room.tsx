// The board: every open case, those that need a person most first; the map beside them, and the case that is open.

import { useRef, useState } from "preact/hooks";
import { useKeys } from "../../pressing_keys.ts";
import type { RoomTraits } from "../index.ts";
import { pressIn } from "./acting.ts";
import { CaseList, caseLinks } from "./list.tsx";
import { Middle } from "./map/middle.tsx";
import { Opened } from "./opened.tsx";

export default function BoardRoom({ desk, rest }: RoomTraits) {
  const [sorted, setSorted] = useState(0);
  const beside = useRef<HTMLDivElement>(null);
  useKeys({
    next: () => step(1),
    previous: () => step(-1),
    ...(rest && { close: () => close(rest) }),
    fresh: () => setSorted(sorted + 1),
    take: () => pressIn(beside.current, "t"),
    assign: () => pressIn(beside.current, "a"),
    message: () => pressIn(beside.current, "m"),
    resolve: () => pressIn(beside.current, "r"),
  });
  return (
    <div class={rest ? "board three" : "board two"}>
      <CaseList desk={desk} opened={rest} sorted={sorted} />
      <div class="middle">
        <Middle desk={desk} opened={rest} />
      </div>
      {rest && <Opened key={rest} desk={desk} id={rest} place={beside} />}
    </div>
  );
}

/** Back to the board, and to the row from which it was opened. */
function close(id: string): void {
  location.hash = "#/board";
  caseLinks()
    .find((link) => link.dataset.case === id)
    ?.focus();
}

/** To the next row or the one before; from outside the list to the case that is open, or to the first. */
function step(by: number): void {
  const links = caseLinks();
  const focused = links.find((link) => link === document.activeElement);
  const from = focused ?? links.find((link) => link.ariaCurrent === "true");
  const to = from ? links.indexOf(from) + (focused ? by : 0) : 0;
  links[Math.min(Math.max(to, 0), links.length - 1)]?.focus();
}
