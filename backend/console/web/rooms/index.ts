// The rooms of the console: where each stands, who may enter, and its script, fetched when somebody does.

import type { ComponentType } from "preact";
import type { Desk } from "../desk.ts";
import type { FrameWords } from "../words/en.ts";

/** `rest` is what follows the room's name in the address: `#/case/ID` → ID. */
export interface RoomTraits {
  desk: Desk;
  rest: string;
}

export interface Room {
  path: string;
  /** Its name in the bar, by the words of the frame; a room without one is entered from another. */
  name: keyof FrameWords["rooms"] | null;
  roles: string[];
  load: () => Promise<{ default: ComponentType<RoomTraits> }>;
}

const CONTROLLER = ["controller"];
const OVERSEERS = ["controller", "admin", "auditor"];

export const ROOMS: Room[] = [
  { path: "board", name: "board", roles: CONTROLLER, load: () => import("./board/room.tsx") },
  { path: "broadcasts", name: "broadcasts", roles: CONTROLLER, load: () => import("./broadcasts/room.tsx") },
  {
    path: "concerns",
    name: "concerns",
    roles: ["adviser", "prevent_lead", "auditor"],
    load: () => import("./concerns/room.tsx"),
  },
  { path: "officers", name: "officers", roles: CONTROLLER, load: () => import("./officers/room.tsx") },
  { path: "people", name: "people", roles: OVERSEERS, load: () => import("./people/room.tsx") },
  { path: "campus", name: "campus", roles: OVERSEERS, load: () => import("./campus/room.tsx") },
  { path: "reports", name: "reports", roles: OVERSEERS, load: () => import("./reports/room.tsx") },
  { path: "audit", name: "audit", roles: ["auditor"], load: () => import("./audit/room.tsx") },
];

/** Where somebody with these roles begins: the first room that is theirs. */
export function first(roles: readonly string[]): Room | undefined {
  return ROOMS.find((room) => room.roles.some((role) => roles.includes(role)));
}

/**
 * The room of an address like `#/board/ID`, and what follows its name; an address of no room is where one begins.
 *
 * `needs` are the roles of a room that is there and not for these roles: then there is no room.
 */
export function named(
  hash: string,
  roles: readonly string[],
): { room: Room | undefined; rest: string; needs: readonly string[] } {
  const [, path = "", rest = ""] = /^#\/([\w-]+)\/?(.*)$/.exec(hash) ?? [];
  const room = ROOMS.find((one) => one.path === path);
  if (!room) return { room: first(roles), rest: "", needs: [] };
  const mine = room.roles.some((role) => roles.includes(role));
  return mine ? { room, rest, needs: [] } : { room: undefined, rest: "", needs: room.roles };
}
