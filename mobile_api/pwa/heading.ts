// Where the phone points, where it can tell.

import { headingOf, type Sensed } from "./bearing.ts";

/** iOS asks the person first, and only by a touch. */
type Asking = { requestPermission?: () => Promise<"granted" | "denied"> };

/** Less than this is a trembling hand. */
const NEWS_DEG = 4;

export class Heading {
  /** Degrees clockwise from north; null where there is no compass. */
  degrees: number | null = null;
  private listening = false;

  constructor(private readonly changed: () => void) {}

  /** Begun by a touch, or it may stay without an answer. */
  async begin(): Promise<void> {
    if (this.listening || typeof DeviceOrientationEvent === "undefined") return;
    this.listening = true;
    const { requestPermission } = DeviceOrientationEvent as Asking;
    if (requestPermission) await requestPermission.call(DeviceOrientationEvent).catch(() => undefined);
    for (const name of ["deviceorientationabsolute", "deviceorientation"]) {
      window.addEventListener(name, (event) => this.sensed(event as Event & Sensed));
    }
  }

  private sensed(event: Sensed): void {
    const now = headingOf(event, screen.orientation?.angle ?? 0);
    if (now === null) return;
    const by = this.degrees === null ? NEWS_DEG : Math.abs(now - this.degrees);
    if (Math.min(by, 360 - by) < NEWS_DEG) return;
    this.degrees = now;
    this.changed();
  }
}
