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

export const ROOMS: Room[] = [
  { path: "board", name: "board", roles: CONTROLLER, load: () => import("./board/room.tsx") },
  {
    path: "concerns",
    name: "concerns",
    roles: ["adviser", "prevent_lead", "auditor"],
    load: () => import("./concerns/room.tsx"),
  },
];

/** Where somebody with these roles begins: the first room that is theirs. */
export function first(roles: readonly string[]): Room | undefined {
  return ROOMS.find((room) => room.roles.some((role) => roles.includes(role)));
}

/** The room of an address like `#/board/ID`, and what follows its name. */
export function named(hash: string, roles: readonly string[]): { room: Room | undefined; rest: string } {
  const [, path = "", rest = ""] = /^#\/([\w-]+)\/?(.*)$/.exec(hash) ?? [];
  const room = ROOMS.find((one) => one.path === path && one.roles.some((role) => roles.includes(role)));
  return { room: room ?? first(roles), rest: room ? rest : "" };
}
