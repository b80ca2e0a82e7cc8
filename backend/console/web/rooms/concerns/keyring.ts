// An adviser's private keys while they are open: in this page's memory and nowhere else, and gone when it is locked.

import type { Bytes } from "../../../../web/browser/sealing/bytes.ts";
import { keyIdOf, openBox, publicOf, share } from "../../../../web/browser/sealing/sealing.ts";

/** Somebody walked away: after so long without a key or a pointer moving the keys are forgotten. */
export const IDLE_MS = 10 * 60_000;

type Copies = Readonly<Record<string, string>>;

export class Keyring {
  private readonly keys = new Map<string, Bytes>();
  private usedAt = 0;

  constructor(private readonly changed: () => void) {}

  /** The ids of the keys that are open. */
  get open(): string[] {
    return [...this.keys.keys()];
  }

  hold(privateKey: Bytes, now: number): string {
    const keyId = keyIdOf(publicOf(privateKey));
    this.keys.set(keyId, privateKey);
    this.usedAt = now;
    this.changed();
    return keyId;
  }

  /** Overwritten, not only let go of. */
  lock(): void {
    if (this.keys.size === 0) return;
    for (const key of this.keys.values()) key.fill(0);
    this.keys.clear();
    this.changed();
  }

  used(now: number): void {
    this.usedAt = now;
  }

  /** Forget them when nobody has been here. */
  lockIfIdle(now: number): void {
    if (now - this.usedAt >= IDLE_MS) this.lock();
  }

  /** A box, by whichever of its copies there is a key for; null where there is none. Throws Unopenable. */
  opens(box: string, copies: Copies): Bytes | null {
    const found = this.copyFor(copies);
    return found && openBox(box, found.copy, found.key);
  }

  /** A copy for somebody else's key; null without a key of one's own to it. Throws Unopenable. */
  shares(copies: Copies, publicKey: Uint8Array): string | null {
    const found = this.copyFor(copies);
    return found && share(found.copy, found.key, publicKey);
  }

  private copyFor(copies: Copies): { copy: string; key: Bytes } | null {
    for (const [keyId, key] of this.keys) {
      const copy = copies[keyId];
      if (copy !== undefined) return { copy, key };
    }
    return null;
  }
}
