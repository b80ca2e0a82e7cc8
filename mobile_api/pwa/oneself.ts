// What concerns the owner of the phone rather than a case: how it is woken, that it is installed, and the language.

import { call, Refused, Unreachable } from "../../backend/web/browser/calling.ts";
import type { Campus, Guidance } from "../../backend/web/browser/wire.ts";
import { Installing } from "./installing.ts";
import { recall, remember } from "./keeping.ts";
import type { Known } from "./known.ts";
import { Waking } from "./waking.ts";
import { chosen, kept, speak, wanted } from "./words/index.ts";
import { MIRROR } from "./words/mirror.ts";

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>;

interface Hears {
  changed(): void;
  /** A push came, and something may be other than it is shown. */
  pushed(): void;
}

export class Oneself {
  readonly waking: Waking;
  readonly installing: Installing;
  /** Chosen here, and the profile does not know it yet. */
  languageUntold = false;

  constructor(
    private readonly ask: Ask,
    private readonly known: Known,
    private readonly hears: Hears,
  ) {
    this.waking = new Waking(ask, hears.changed);
    this.installing = new Installing(hears.changed);
    navigator.serviceWorker?.addEventListener(
      "message",
      ({ data }: MessageEvent<{ pushed?: object; turn?: string }>) => {
        if (data.pushed) hears.pushed();
        if (data.turn !== undefined) location.hash = data.turn;
      },
    );
  }

  async begin(person_id: string): Promise<void> {
    void this.followLanguage();
    // The campus as the phone knows it may be from before it had a key.
    await this.learn();
    await this.waking.begin(person_id, this.known.campus?.vapid_key ?? null);
  }

  /** Cards and numbers for later, when there may be no network. */
  async learn(): Promise<void> {
    const cards = `/v1/guidance?language=${encodeURIComponent(wanted()[0] ?? chosen.language)}`;
    const [campus, guidance] = await Promise.all([
      call<Campus>("GET", "/v1/campus").catch(() => null),
      call<Guidance>("GET", cards).catch(() => null),
    ]);
    this.known.learn(campus, guidance);
  }

  /** There is a network again: what the server could not be told, and nothing that it would have to answer to everybody. */
  async catchUp(): Promise<void> {
    if (await recall("language_untold")) await this.followLanguage();
    await this.waking.report();
  }

  async forget(): Promise<void> {
    this.languageUntold = false;
    await this.waking.forget();
  }

  /** Before anybody has signed in. */
  speakHere(language: string): void {
    this.speak(language);
  }

  /** At once on this phone, and with the profile as soon as the server can be told. Throws Refused. */
  async choose(language: string): Promise<void> {
    this.speak(language);
    await remember("language_untold", language);
    await this.tellLanguage(language);
    this.hears.changed();
  }

  /** The profile's language, which may have been chosen on another phone, unless this one's choice is still untold. */
  private async followLanguage(): Promise<void> {
    const untold = await recall<string>("language_untold");
    try {
      if (untold) await this.tellLanguage(untold);
      else this.speak((await this.ask<{ language: string }>("GET", "/v1/me")).language);
    } catch (fault) {
      if (!(fault instanceof Refused || fault instanceof Unreachable)) throw fault;
    }
  }

  private async tellLanguage(language: string): Promise<void> {
    try {
      await this.ask("PUT", "/v1/profile", { language });
      await remember("language_untold", null);
      this.languageUntold = false;
    } catch (fault) {
      if (!(fault instanceof Unreachable)) throw fault;
      this.languageUntold = true;
    }
  }

  private speak(language: string): void {
    // The mirror is no language of a campus: a profile never takes it back.
    if (kept() === language || kept() === MIRROR) return;
    speak(language);
    void this.learn();
    this.hears.changed();
  }
}
