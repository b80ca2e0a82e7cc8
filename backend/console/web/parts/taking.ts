// Take what calls: the case with all its alarms, or the alarms alone when a colleague has the case already.

import type { Desk } from "../desk.ts";
import type { Signal } from "../signals.ts";
import type { Alarm, Case } from "../wire.ts";

/** Answered at once by what is shown; the stream tells the other consoles. Throws Refused or Unreachable. */
export async function take(desk: Desk, { row, alarms }: Signal): Promise<void> {
  if (row && !row.taken_by) {
    // Not over a colleague who was a moment quicker: that is done on the case, on purpose.
    const whole = await desk.ask<Case>("POST", `/console/api/incidents/${row.id}/take`, { over: false });
    desk.standing.take("incident", { ...whole });
  }
  for (const { alarm_id } of alarms) {
    const taken = await desk.ask<Alarm>("POST", `/console/api/alarms/${alarm_id}/take`);
    desk.standing.take("alarm", { ...taken });
  }
  desk.changed();
}
