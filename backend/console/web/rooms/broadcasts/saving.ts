// Keeps a draft at the server while somebody types: one request at a time, the newest words next, none ever dropped.

export type Kept = "kept" | "waiting" | "sending" | "failing" | "refused";

export interface Waits {
  after(ms: number, then: () => void): () => void;
}

/** A pause in somebody's typing, and how long until a server that does not answer is asked again. */
export const PAUSE_MS = 500;
export const AGAIN_MS = 2_000;

/** `put` resolves to "again" when nobody answered: what was typed waits and is sent anew; "refused" waits for a change. */
export class Saving<Words> {
  state: Kept = "kept";
  private wanted: Words | null = null;
  private stop: (() => void) | null = null;

  constructor(
    private readonly put: (words: Words) => Promise<"kept" | "again" | "refused">,
    private readonly waits: Waits,
    private readonly changed: () => void,
  ) {}

  /** The newest words, in place of those that wait. */
  want(words: Words, { now = false } = {}): void {
    this.wanted = words;
    if (this.state === "sending") return;
    this.state = "waiting";
    this.wait(now ? 0 : PAUSE_MS);
    this.changed();
  }

  /** Send at once what waits. */
  flush(): void {
    if (this.wanted !== null && this.state !== "sending") this.wait(0);
  }

  /** Leave it: what waits is nobody's any more. */
  forget(): void {
    this.stop?.();
    this.wanted = null;
    this.state = "kept";
  }

  private wait(ms: number): void {
    this.stop?.();
    this.stop = this.waits.after(ms, () => void this.send());
  }

  private async send(): Promise<void> {
    const words = this.wanted;
    if (words === null || this.state === "sending") return;
    this.wanted = null;
    this.state = "sending";
    this.changed();
    const came = await this.put(words);
    if (this.wanted !== null) {
      this.state = came === "again" ? "failing" : "waiting";
      this.wait(came === "again" ? AGAIN_MS : 0);
    } else if (came === "again") {
      this.wanted = words;
      this.state = "failing";
      this.wait(AGAIN_MS);
    } else {
      this.state = came;
    }
    this.changed();
  }
}
