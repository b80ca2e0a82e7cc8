// Requests to the server: who asks, how long it may take, and the two ways it can go wrong.

import { learn } from "./clock.ts";
import type { Problem } from "./wire.ts";

/** The server has answered no; `problem` is RFC 9457. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly retryAfter_s: number | null = null,
  ) {
    super(problem.title ?? "That did not work.");
  }

  /** The last word of the problem's type: `sign-in-expired`. */
  get slug(): string {
    return this.problem.type?.split("/").pop() ?? "";
  }

  /** Whether it complains about this field. */
  names(field: string): boolean {
    return this.problem.errors?.some((fault) => fault.field === field) ?? false;
  }
}

/** There was no answer: no network, no server, or too slow. */
export class Unreachable extends Error {}

export interface Way {
  token?: string | null;
  /** The console's token against forged requests, which goes with its cookie. */
  csrf?: string | null;
  patience_ms?: number;
  /** Goes on when the page is left. */
  keepalive?: boolean;
}

/** The answer's JSON, null for none. Throws Refused or Unreachable. */
export async function call<T>(method: string, path: string, body?: unknown, way: Way = {}): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (way.token) headers.Authorization = `Bearer ${way.token}`;
  if (way.csrf) headers["X-CSRF-Token"] = way.csrf;
  // AbortSignal.timeout is younger than the phones we serve.
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), way.patience_ms ?? 10_000);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: stop.signal,
      keepalive: way.keepalive ?? false,
      cache: "no-cache",
    });
    text = await response.text();
  } catch {
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
  learn(response.headers.get("Date"));
  const answer = parsed(text);
  if (response.ok) return answer as T;
  const wait = Number(response.headers.get("Retry-After"));
  throw new Refused(response.status, (answer ?? {}) as Problem, wait > 0 ? wait : null);
}

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
