// Requests of the console: by the session's cookie, with its token against forgery, and the password again where asked.

import { call, Refused, Unreachable } from "../../web/browser/calling.ts";
import type { Session } from "./wire.ts";

export const STEP_UP = "step-up-needed";

/** Asks a person for password and code; resolves to whether they were given. */
export type StepsUp = () => Promise<boolean>;

export class Calls {
  /** Of the session that stands; without one only what anybody may ask is answered. */
  csrf: string | null = null;

  constructor(
    private readonly ended: (fault: Refused) => void,
    private readonly stepsUp: StepsUp,
  ) {}

  /** The answer's JSON, null for none. Asks for the password where that is needed, and then once more. Throws Refused or Unreachable. */
  readonly ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    try {
      return await this.once<T>(method, path, body);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      if (fault.slug === STEP_UP && (await this.stepsUp())) return this.once<T>(method, path, body);
      throw fault;
    }
  };

  /** Who has left meanwhile gets no answer, and is signed out already. */
  private async once<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { csrf } = this;
    try {
      const answer = await call<T>(method, path, body, { csrf });
      if (csrf === this.csrf) return answer;
    } catch (fault) {
      if (fault instanceof Refused && fault.status === 401 && csrf === this.csrf) this.ended(fault);
      throw fault;
    }
    throw new Unreachable();
  }

  async signIn(email: string, password: string): Promise<Session> {
    return call<Session>("POST", "/console/api/sign-in", { email, password });
  }

  /** Who is signed in in this browser; null when nobody is. Throws Unreachable, and Refused when the server is at fault. */
  async session(): Promise<Session | null> {
    try {
      return await call<Session>("GET", "/console/api/session");
    } catch (fault) {
      if (fault instanceof Refused && fault.status === 401) return null;
      throw fault;
    }
  }
}
