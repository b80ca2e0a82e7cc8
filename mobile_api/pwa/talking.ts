// The conversation of a case as its owner and its officers have it: by the phones' door.

import { type Ask, Talk as TalkOf } from "../../backend/web/browser/talking.ts";
import type { Said } from "../../backend/web/browser/wire.ts";

export type { Unsaid } from "../../backend/web/browser/talking.ts";

export class Talk extends TalkOf {
  constructor(incident_id: string, ask: Ask, changed: (news: Said[]) => void) {
    super(`/v1/incidents/${incident_id}/messages`, ask, changed);
  }
}
