// The service worker: the whole app from the phone itself, and presses sent when the network comes back though the page is closed.

import { drawer, recall } from "./keeping.ts";
import { Pressing } from "./pressing.ts";
import { ring } from "./push_worker.ts";
import type { Session } from "./session.ts";

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `bluelight-app-${VERSION}`;

worker.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(KEPT.map((address) => new Request(address, { cache: "no-cache" })));
  };
  event.waitUntil(keep());
});

// Without skipWaiting: an open page and its parts stay of one version until it is opened anew.
worker.addEventListener("activate", (event) => {
  const begin = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("bluelight-app-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(begin());
});

worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  // The API is never answered from here: what stands on the screen as live must have come from the server.
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (pathname !== "/app" && !pathname.startsWith("/app/")) return;
  const answer = async () => {
    const address = event.request.mode === "navigate" ? "/app" : event.request.url;
    return (await caches.match(address)) ?? fetch(event.request);
  };
  event.respondWith(answer());
});

worker.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === "presses") waitUntil.call(event, sendPresses());
});

ring(worker);

/** Each press once more; the same tap_id from page and worker is one case, so that both may try. */
async function sendPresses(): Promise<void> {
  const session = await recall<Session>("session");
  if (!session) return;
  let left = 0;
  await new Promise<void>((resolve) => {
    const pressing = new Pressing(drawer, {
      changed: () => undefined,
      answered: () => {
        left -= 1;
        if (left <= 0) resolve();
      },
    });
    void pressing.resume({ id: session.person.id, token: session.token }).then(() => {
      left = pressing.own.length;
      if (!left) resolve();
    });
    // What fails for so long is left to the next sync; the browser ends a worker that goes on for longer.
    setTimeout(resolve, 60_000);
  });
}
