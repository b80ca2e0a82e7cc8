// One concern in hand: what the forms around it are given, and how what they seal is sent.

import { Refused } from "../../../../web/browser/calling.ts";
import type { Desk } from "../../desk.ts";
import type { Keyring } from "./keyring.ts";
import type { Concern } from "./wire.ts";

export const API = "/console/api/concerns";

export interface Work {
  desk: Desk;
  keys: Keyring;
  concern: Concern;
  /** It was done: the concern is read again, and the form goes. */
  done: () => void;
  cancel: () => void;
}

/** It is others' from now on: there is nothing here to look at any more. */
export function toTheList(): void {
  location.hash = "#/concerns/";
}

export function readConcern(desk: Desk, id: string): Promise<Concern> {
  return desk.ask<Concern>("GET", `${API}/${id}`);
}

/**
 * Sends what `make` seals for exactly those who read the concern. Their keys may
 * have changed since it was read: then it is read again and sealed once more.
 */
export async function sendSealed<Answer>(
  { desk, concern }: Work,
  path: string,
  make: (concern: Concern) => unknown,
): Promise<Answer> {
  const send = (to: Concern) => desk.ask<Answer>("POST", `${API}/${concern.id}/${path}`, make(to));
  try {
    return await send(concern);
  } catch (fault) {
    if (!(fault instanceof Refused) || fault.slug !== "wrong-keys") throw fault;
    return send(await readConcern(desk, concern.id));
  }
}
