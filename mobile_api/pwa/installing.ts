// Putting the app on the phone: kept until its owner wants it, for a browser that asks by itself asks at the wrong moment.

import { isApple, isInstalled } from "./waking.ts";

interface Offer extends Event {
  prompt(): Promise<unknown>;
}

export class Installing {
  private offer: Offer | null = null;
  private done = isInstalled();

  constructor(changed: () => void) {
    window.addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.offer = event as Offer;
      changed();
    });
    window.addEventListener("appinstalled", () => {
      this.offer = null;
      this.done = true;
      changed();
    });
  }

  /** "offered": one press does it; "apple" and "menu": the owner has to find the way, which is said in words. */
  get state(): "done" | "offered" | "apple" | "menu" {
    if (this.done) return "done";
    if (this.offer) return "offered";
    return isApple() ? "apple" : "menu";
  }

  /** An offer is good for one question. */
  async begin(): Promise<void> {
    const { offer } = this;
    this.offer = null;
    await offer?.prompt();
  }
}
