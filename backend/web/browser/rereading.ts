// Reading what may change meanwhile: one at a time, and once more when something came, since an answer may be older than it.

export class Rereading {
  busy = false;
  private again = false;

  /** `ended` is told whenever it rests, well or not. */
  constructor(
    private readonly once: () => Promise<void>,
    private readonly ended: () => void = () => undefined,
  ) {}

  /** Something came: what is being read now is not the last. */
  mark(): void {
    if (this.busy) this.again = true;
  }

  /** Read; while it reads already, that goes round once more and this returns. Throws what `once` does, and then rests. */
  async read(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        await this.once();
      } while (this.again);
    } finally {
      this.busy = false;
      this.ended();
    }
  }
}
