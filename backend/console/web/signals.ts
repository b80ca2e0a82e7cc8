// What calls for a person now: new emergencies that nobody has taken, and alarms that stand. It sounds and it shows.

import { inOrder, sounds } from "./board.ts";
import type { Alarm, Row } from "./wire.ts";

/** One thing to take: a case with the alarms about it, or alarms that are about none. */
export interface Signal {
  /** Of the case, or else of the alarm. */
  id: string;
  row: Row | null;
  alarms: readonly Alarm[];
  since: string;
}

/** Cases first in the board's order, then the other alarms, oldest first. */
export function signals(rows: ReadonlyMap<string, Row>, alarms: Iterable<Alarm>): Signal[] {
  const about = new Map<string, Alarm[]>();
  const others: Signal[] = [];
  for (const alarm of alarms) {
    if (alarm.taken_at) continue;
    const { incident_id, alarm_id, since } = alarm;
    // Of a case that this person may not know the alarm does not come either; one that is about to be read stands alone.
    if (!incident_id || !rows.has(incident_id)) others.push({ id: alarm_id, row: null, alarms: [alarm], since });
    else about.set(incident_id, [...(about.get(incident_id) ?? []), alarm]);
  }
  const calling = [...rows.values()].filter((row) => sounds(row) || about.has(row.id));
  const cases = inOrder(calling).map((row) => ({
    id: row.id,
    row,
    alarms: about.get(row.id) ?? [],
    since: row.received_at,
  }));
  others.sort((one, other) => Date.parse(one.since) - Date.parse(other.since));
  return [...cases, ...others];
}

/** Who of the people at consoles hears nothing. */
export interface Listener {
  person_id: string;
  name: string;
  sound: "on" | "off";
}

/** The names of everybody else whose sound is off. */
export function silent(people: readonly Listener[], me: string): string[] {
  return people.filter(({ person_id, sound }) => sound === "off" && person_id !== me).map(({ name }) => name);
}

/** Whether this person's own console may sound. */
export function mayHear(people: readonly Listener[], me: string): boolean {
  return !people.some(({ person_id, sound }) => person_id === me && sound === "off");
}
