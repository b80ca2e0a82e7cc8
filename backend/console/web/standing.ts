// What stands before the control room: cases, alarms, officers and the campus, kept right by messages and read whole again.

import { isOpen, newer } from "./board.ts";
import type { Alarm, Board, Campus, DeskPicture, Officer, PositionPicture, Row } from "./wire.ts";

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export class Standing {
  /** Open cases, and those that were closed while this page stood. */
  readonly rows = new Map<string, Row>();
  readonly alarms = new Map<string, Alarm>();
  readonly officers = new Map<string, Officer>();
  campus: Campus | null = null;
  positions: PositionPicture | null = null;
  desk: DeskPicture | null = null;
  /** When all of it was last read whole; null before the first time. */
  readAt: number | null = null;
  /** Grows whenever a case or an alarm changes: what is made of them is made anew only then. */
  changes = 0;

  /** Read everything again: what a socket that was cut off has missed is in it. */
  async read(ask: Ask): Promise<void> {
    const begun = Date.now();
    const [board, officers] = await Promise.all([
      ask<Board>("GET", "/console/api/board"),
      ask<{ items: Officer[] }>("GET", "/console/api/officers"),
    ]);
    const open = new Set(board.items.map(({ id }) => id));
    for (const row of board.items) this.rows.set(row.id, row);
    // Not on the board any more: closed while nobody was listening.
    const gone = [...this.rows.values()].filter((row) => isOpen(row) && !open.has(row.id));
    for (const { id } of gone) this.rows.delete(id);
    this.alarms.clear();
    for (const alarm of board.alarms) this.alarms.set(alarm.alarm_id, alarm);
    this.officers.clear();
    for (const officer of officers.items) this.officers.set(officer.officer_id, officer);
    this.campus ??= await ask<Campus>("GET", "/console/api/campus");
    this.readAt = begun;
    this.changes += 1;
  }

  /** One message of the stream; true when it has changed what stands. */
  take(type: string, data: Record<string, unknown>): boolean {
    if (type === "officer") return this.takeOfficer(data as Partial<Officer>);
    const changed =
      (type === "incident" && this.takeRow(data as Partial<Row>)) ||
      (type === "alarm" && this.takeAlarm(data as Partial<Alarm>)) ||
      (type === "chat" && this.takeUnread(data as { incident_id?: string; unread?: number }));
    if (changed) this.changes += 1;
    return changed;
  }

  get onDuty(): Officer[] {
    return [...this.officers.values()].filter(({ state }) => state !== "off_duty");
  }

  private takeRow(told: Partial<Row>): boolean {
    const after = newer(told.id ? this.rows.get(told.id) : undefined, told);
    if (!after) return false;
    this.rows.set(after.id, after);
    return true;
  }

  private takeUnread({ incident_id = "", unread }: { incident_id?: string; unread?: number }): boolean {
    const before = this.rows.get(incident_id);
    if (!before || unread === undefined || unread === before.unread) return false;
    this.rows.set(incident_id, { ...before, unread });
    return true;
  }

  private takeOfficer(told: Partial<Officer>): boolean {
    if (!told.officer_id || !told.state) return false;
    const before = this.officers.get(told.officer_id);
    this.officers.set(told.officer_id, { ...before, ...told } as Officer);
    return true;
  }

  private takeAlarm(told: Partial<Alarm>): boolean {
    if (!told.alarm_id || !told.reason) return false;
    if (told.taken_at) this.alarms.delete(told.alarm_id);
    else this.alarms.set(told.alarm_id, told as Alarm);
    return true;
  }
}
