// The way somebody has come, told by the case that is open, drawn by the map: whoever read the case need not read it twice.

import type { Fix } from "../../../wire.ts";

export interface Track {
  incident_id: string;
  fixes: readonly Fix[];
}

let newest: Track | null = null;
const hearers = new Set<() => void>();

export const track = {
  get newest(): Track | null {
    return newest;
  },
  /** The same list again is no news. */
  show(incident_id: string, fixes: readonly Fix[]): void {
    if (newest?.incident_id === incident_id && newest.fixes === fixes) return;
    newest = { incident_id, fixes };
    for (const hear of hearers) hear();
  },
  heardBy(hear: () => void): () => void {
    hearers.add(hear);
    return () => hearers.delete(hear);
  },
};
