// Whether this phone can be woken by a push, asking for it calmly, and telling the server what it may count on.

import { Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import { uuid } from "../../backend/web/browser/uuid.ts";
import { isKnown, type Report, serialised, spoken, type Told } from "./handset.ts";
import { recall, remember } from "./keeping.ts";

/** "asking" while the browser asks its owner; "failed" when the browser's maker would not have it. */
export type State =
  | "unknown"
  | "insecure"
  | "home_first"
  | "cannot"
  | "not_set_up"
  | "unasked"
  | "asking"
  | "refused"
  | "failed"
  | "on"
  | "off";

type Asks = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** A first worker has the whole app to keep before it stands. */
const PATIENCE_MS = 20_000;

/** Of the build, as it stands in the script's name. */
const VERSION_NOW = /-([0-9a-f]{12})\.js$/.exec(import.meta.url)?.[1] ?? null;

export class Waking {
  state: State = "unknown";
  /** Whether the server knows of it. */
  told = false;
  /** Asked once after signing in; "not now" is kept. */
  later = false;
  private person_id: string | null = null;
  private key: string | null = null;
  private watching = false;

  constructor(
    private readonly ask: Asks,
    private readonly changed: () => void,
  ) {}

  /** Whose phone it is, and with which key browsers subscribe here; without asking anybody anything. */
  async begin(person_id: string, key: string | null): Promise<void> {
    this.person_id = person_id;
    this.key = key;
    this.later = Boolean(await recall("wake_later"));
    await this.watch();
    await this.look();
    await this.report();
  }

  /** The owner's yes: only now may the browser ask its question. */
  async allow(): Promise<void> {
    // Before anything is waited for: Safari answers only to the press itself.
    const asked = Notification.requestPermission();
    this.be("asking");
    await remember("wake_off", null);
    if ((await asked) === "granted") await this.subscribe();
    else await this.look();
    await this.report();
  }

  async stop(): Promise<void> {
    await remember("wake_off", true);
    await this.unsubscribe();
    this.be("off");
    await this.report();
  }

  notNow(): void {
    this.later = true;
    void remember("wake_later", true);
    this.changed();
  }

  /** Whoever signs out is told nothing on this phone from now on; the server forgets its half by itself. */
  async forget(): Promise<void> {
    this.person_id = null;
    this.told = false;
    this.later = false;
    this.state = "unknown";
    await this.unsubscribe();
  }

  /** What stands now, told to the server when it is news there. Tried again with the next connection. */
  async report(): Promise<void> {
    const { person_id } = this;
    if (!person_id) return;
    const before = await recall<Report>("handset");
    const body = await this.standing(before);
    this.told = isKnown(before, body, person_id, Date.now());
    if (!this.told) {
      const keep = async (told_at: number) => {
        if (this.person_id === person_id) await remember("handset", { body, told_at, person_id, key: this.key });
      };
      await keep(0);
      try {
        await this.ask("PUT", "/v1/handset", body);
        this.told = true;
        await keep(Date.now());
      } catch (fault) {
        if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
      }
    }
    this.changed();
  }

  private async standing(before: Report | null): Promise<Told> {
    const location = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    const subscription = this.state === "on" ? await (await registered())?.pushManager.getSubscription() : null;
    return {
      installation_id: before?.body.installation_id ?? uuid(),
      platform: "web",
      app_version: VERSION_NOW,
      permissions: {
        notifications: "Notification" in globalThis ? spoken(Notification.permission) : false,
        location: location ? spoken(location.state) : null,
        battery_saver: null,
      },
      push: subscription ? serialised(subscription) : null,
    };
  }

  private async look(): Promise<void> {
    if (!window.isSecureContext) return this.be("insecure");
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
      return this.be(isApple() && !isInstalled() ? "home_first" : "cannot");
    }
    if (!this.key) return this.be("not_set_up");
    if (Notification.permission === "denied") return this.be("refused");
    if (Notification.permission === "default") return this.be("unasked");
    if (await recall("wake_off")) return this.be("off");
    await this.subscribe();
  }

  private async subscribe(): Promise<void> {
    const manager = (await registered())?.pushManager;
    if (!manager || !this.key) return this.be("failed");
    try {
      const old = await manager.getSubscription();
      // Of another server's key nothing that we send could be opened.
      if (old && encoded(old.options.applicationServerKey) !== this.key) await old.unsubscribe();
      await manager.subscribe({ userVisibleOnly: true, applicationServerKey: this.key });
      this.be("on");
    } catch {
      this.be(Notification.permission === "denied" ? "refused" : "failed");
    }
  }

  private async unsubscribe(): Promise<void> {
    try {
      const subscription = await (
        await navigator.serviceWorker?.getRegistration("/app")
      )?.pushManager?.getSubscription();
      await subscription?.unsubscribe();
    } catch {
      // The server forgets its half in any case.
    }
  }

  /** What the owner changes in the browser's settings is told at once. */
  private async watch(): Promise<void> {
    if (this.watching) return;
    this.watching = true;
    for (const name of ["notifications", "geolocation"] as const) {
      const permission = await navigator.permissions?.query({ name }).catch(() => null);
      permission?.addEventListener("change", () => void this.look().then(() => this.report()));
    }
  }

  private be(state: State): void {
    this.state = state;
    this.changed();
  }
}

export function isApple(): boolean {
  return (
    /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  );
}

export function isInstalled(): boolean {
  return (
    matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true
  );
}

function encoded(key: ArrayBuffer | null): string {
  return btoa(String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The registration once its worker stands; null where none comes, as in a window that keeps nothing. */
async function registered(): Promise<ServiceWorkerRegistration | null> {
  const none = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  return Promise.race([navigator.serviceWorker.ready, none]);
}
