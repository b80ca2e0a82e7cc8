// A browser for tests of a whole page: no network of its own, every request waits until the test answers it.

import assert from "node:assert/strict";

export interface Question {
  at: string;
  answer: (status: number, body: object) => void;
}

/** What a page would try again later keeps no test waiting. */
const soon = globalThis.setTimeout;
const patient = ((then: () => void, ms = 0) => (ms < 500 ? soon(then, ms) : soon(then, ms).unref())) as typeof soon;

export function aBrowser() {
  const asked: Question[] = [];
  const kept = new Map<string, string>();
  const silent = { addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.assign(globalThis, {
    window: silent,
    document: { ...silent, visibilityState: "visible", documentElement: {} },
    location: { protocol: "http:", host: "localhost", hash: "" },
    matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
    setTimeout: patient,
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
      clear: () => kept.clear(),
    },
    WebSocket: class {
      close = () => undefined;
      addEventListener = () => undefined;
    },
    fetch: (path: string, { method }: { method: string }) =>
      new Promise((resolve) => {
        const answer = (status: number, body: object) =>
          resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
        asked.push({ at: `${method} ${path}`, answer });
      }),
  });
  Object.defineProperty(globalThis, "navigator", { value: { languages: ["en"] }, configurable: true });
  const last = (at: string) => asked.findLast((one) => one.at === at) ?? assert.fail(`nobody asked ${at}`);
  return { asked, last };
}

export const passes = () => new Promise((resolve) => soon(resolve, 20));
