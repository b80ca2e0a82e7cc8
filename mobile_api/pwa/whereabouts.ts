// Where the phone is, as far as it tells: nothing ever waits for it.

import type { Position } from "../../backend/web/browser/wire.ts";

/** A place that is older says where somebody was. */
const STALE_MS = 120_000;

const FINE = { enableHighAccuracy: true, maximumAge: 10_000 };

export class Whereabouts {
  /** "asking" from the first question until the first answer. */
  state: "unknown" | "asking" | "known" | "refused" = "unknown";
  private fix: Position | null = null;
  private floor: string | null = null;
  private watch: number | null = null;

  constructor(private readonly changed: (position: Position | null) => void) {}

  /** Follow without asking, where the person has allowed it before. */
  async begin(): Promise<void> {
    const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    if (permission?.state === "granted") this.follow();
    else if (permission?.state === "denied") this.be("refused");
  }

  /** Ask the phone, and go on asking. Begun by a press, so that the browser's question has a reason. */
  follow(): void {
    if (this.watch !== null || !navigator.geolocation) return;
    if (this.state === "unknown") this.be("asking");
    this.watch = navigator.geolocation.watchPosition(this.found, this.failed, FINE);
  }

  /** Asked once more: who stands still is told of no move, and yet a place of a minute ago says less. */
  again(): void {
    if (this.watch !== null) navigator.geolocation.getCurrentPosition(this.found, () => undefined, FINE);
  }

  private readonly found = ({ coords, timestamp }: GeolocationPosition): void => {
    this.fix = {
      latitude: coords.latitude,
      longitude: coords.longitude,
      accuracy_m: coords.accuracy,
      recorded_at: new Date(timestamp).toISOString(),
      source: "device",
    };
    this.be("known");
  };

  private readonly failed = ({ code }: GeolocationPositionError): void => {
    if (code !== GeolocationPositionError.PERMISSION_DENIED) return;
    this.rest();
    this.be("refused");
  };

  rest(): void {
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    this.watch = null;
  }

  /** What the person says of the floor, which no satellite knows. */
  on(floor: string): void {
    this.floor = floor;
    this.changed(this.position);
  }

  get accuracy_m(): number | null {
    return this.position?.accuracy_m ?? null;
  }

  /** Where the phone was when it last knew, however long ago. */
  get last(): Position | null {
    return this.fix;
  }

  /** The place as it is known now, or null. */
  get position(): Position | null {
    const { fix } = this;
    if (!fix || Date.now() - Date.parse(fix.recorded_at ?? "") > STALE_MS) return null;
    return this.floor ? { ...fix, floor: this.floor } : fix;
  }

  private be(state: Whereabouts["state"]): void {
    this.state = state;
    this.changed(this.position);
  }
}
