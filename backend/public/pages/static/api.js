// Requests to the server: who asks, how long it may take, and the two ways it can go wrong.

import { learn } from "./clock.js";

/** The server has answered no; `problem` is RFC 9457. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.title ?? "That did not work.");
    this.status = status;
    this.problem = problem;
  }

  /** Whether the same again may work a moment later. */
  get mayPass() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** There was no answer: no network, no server, or too slow. */
export class Unreachable extends Error {
  constructor() {
    super("The server cannot be reached. Check your network and try again.");
  }
}

/** Calls with one person's token. `onEnded` hears that the sign-in no longer stands. */
export class Api {
  constructor(token = null, onEnded = () => {}) {
    this.token = token;
    this.onEnded = onEnded;
  }

  get = (path) => this.call("GET", path);
  post = (path, body = {}) => this.call("POST", path, body);
  put = (path, body) => this.call("PUT", path, body);

  /** The answer's JSON, or null for none. Throws Refused or Unreachable. */
  async call(method, path, body, { patience_ms = 10_000 } = {}) {
    let response;
    let text;
    try {
      response = await fetch(path, {
        method,
        headers: {
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(patience_ms),
        credentials: "same-origin",
      });
      text = await response.text();
    } catch {
      throw new Unreachable();
    }
    learn(response.headers.get("Date"));
    const answer = parsed(text);
    if (response.ok) return answer;
    const refused = new Refused(response.status, answer ?? {});
    if (response.status === 401 && this.token) this.onEnded(refused.message);
    throw refused;
  }
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
