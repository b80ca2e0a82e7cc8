// Whether this installation has a server of pictures for the ground; most have none.

import type { Campus } from "../../../wire.ts";
import type { Tiles } from "./style.ts";

export function tilesOf(campus: Campus & { tiles?: Tiles | null }): Tiles | null {
  return campus.tiles ?? null;
}
