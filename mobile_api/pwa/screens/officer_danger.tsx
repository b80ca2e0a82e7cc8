// An officer's own call, in the corner: held, it goes at once, silently, and the screen looks like nothing.

import { stamp } from "../../../backend/web/browser/clock.ts";
import { HoldButton } from "../../../backend/web/browser/holding.tsx";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";

export function Danger({ phone }: { phone: Phone }) {
  const call = () => {
    phone.whereabouts.follow();
    phone.press("emergency", true, stamp(), { trigger: "responder_duress" });
  };
  return <HoldButton text={words.danger} hint={words.dangerHint} again={words.holdAgain} class="danger" done={call} />;
}
