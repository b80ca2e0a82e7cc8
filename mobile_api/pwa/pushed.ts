// A push as the service worker gets it: what is shown of it, where it leads, and what the server is told.

import type { Incident } from "../../backend/web/browser/wire.ts";

/** The payload, as the server encrypts it for this browser alone. */
export interface Pushed {
  title: string | null;
  sentence: string;
  data: Partial<
    Record<
      "incident_id" | "offer_id" | "check_in_id" | "alarm_id" | "broadcast_id" | "hash" | "severity" | "withdrawn",
      string
    >
  > & { version?: number; exercise?: boolean };
  tag: string | null;
  quiet: boolean;
  takes_back: boolean;
}

export interface Shown {
  title: string;
  body: string;
  tag?: string;
  renotify: boolean;
  silent: boolean;
  requireInteraction: boolean;
}

/** What may be said where nothing can be read: a push that shows nothing costs the browser's permission. */
const UNREADABLE: Pushed = {
  title: null,
  sentence: "News: open Bluelight",
  data: {},
  tag: null,
  quiet: true,
  takes_back: false,
};

export function read(text: string | undefined): Pushed {
  try {
    const told = JSON.parse(text ?? "") as Partial<Pushed>;
    return typeof told.sentence === "string" ? { ...UNREADABLE, ...told, data: told.data ?? {} } : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/**
 * About a case the one fixed sentence, about a broadcast its title and words.
 *
 * Without a sound as long as a case of this phone's owner is silent, whatever it is about: somebody may stand beside them.
 */
export function shown(
  pushed: Pushed,
  cases: readonly Pick<Incident, "state" | "silent" | "quiet">[],
  app: string,
): Shown {
  const hiding = cases.some(
    ({ state, silent, quiet }) => (silent || quiet) && !["resolved", "cancelled"].includes(state),
  );
  const silent = pushed.quiet || pushed.takes_back || hiding;
  const { offer_id, severity } = pushed.data;
  const grave = Boolean(offer_id) || severity === "extreme" || severity === "severe";
  return {
    title: pushed.title ? marked(pushed.title, pushed.data.exercise ?? false) : app,
    body: pushed.sentence,
    ...(pushed.tag ? { tag: pushed.tag } : {}),
    // What replaces another rings again, save when it says that the call is over. Without a tag a browser refuses it.
    renotify: Boolean(pushed.tag) && !silent,
    silent,
    requireInteraction: grave && !pushed.takes_back && !hiding,
  };
}

/** Where a press on it leads: what the app shows first is what is open; a timer and the control room's alarms stand elsewhere. */
export function leadsTo({ data }: Pick<Pushed, "data">): string {
  if (data.alarm_id) return "/console";
  if (data.offer_id) return "/app#officer";
  return data.check_in_id ? "/app#timer" : "/app#home";
}

/** What the server is to be told of a broadcast that stands on a lock screen; a case's pushes carry no message's id. */
export function receipt({ data }: Pick<Pushed, "data">, stage: "displayed" | "opened"): object | null {
  const { broadcast_id, version } = data;
  if (!broadcast_id) return null;
  return { message_ids: [broadcast_id], stage, ...(version ? { versions: { [broadcast_id]: version } } : {}) };
}

/** The server marks an exercise in the title; should one ever come unmarked, nobody shall run from it. */
function marked(title: string, exercise: boolean): string {
  return exercise && !title.includes("EXERCISE") ? `EXERCISE. ${title}` : title;
}
