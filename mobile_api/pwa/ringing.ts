// The phone makes itself felt and heard while an officer is asked; what it does stands on the screen as well.

import { offer } from "../../backend/web/browser/sounds.ts";

const SHAKE_MS = [300, 120, 300, 120, 500];
const EVERY_MS = 2_400;

export class Ringing {
  private shaking: ReturnType<typeof setInterval> | undefined;

  /** "loud" heard and felt, "felt" without a sound, or nothing. Asked for again it goes on as it is. */
  be(how: "loud" | "felt" | "still"): void {
    if (how === "loud") offer.start({ repeating: true });
    else offer.stop();
    if (how === "still") {
      if (this.shaking) navigator.vibrate?.(0);
      clearInterval(this.shaking);
      this.shaking = undefined;
      return;
    }
    if (this.shaking) return;
    navigator.vibrate?.(SHAKE_MS);
    this.shaking = setInterval(() => navigator.vibrate?.(SHAKE_MS), EVERY_MS);
  }
}
