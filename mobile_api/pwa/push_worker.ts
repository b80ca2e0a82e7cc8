// The service worker's part of Web Push: show it, wake the pages that are open, lead to what it is about.

import { call } from "../../backend/web/browser/calling.ts";
import type { Incident } from "../../backend/web/browser/wire.ts";
import { type Report, serialised } from "./handset.ts";
import { recall, remember } from "./keeping.ts";
import { leadsTo, type Pushed, read, receipt, shown } from "./pushed.ts";
import type { Session } from "./session.ts";

const APP = "Bluelight";

/** Hang it into the worker. */
export function ring(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener("push", (event) => {
    const pushed = read(event.data?.text());
    event.waitUntil(
      Promise.all([show(worker, pushed), wake(worker, pushed), tell(receipt(pushed, "displayed"))]).then(
        () => undefined,
      ),
    );
  });

  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const pushed = { data: (event.notification.data ?? {}) as Pushed["data"] };
    event.waitUntil(
      Promise.all([open(worker, leadsTo(pushed)), tell(receipt(pushed, "opened"))]).then(() => undefined),
    );
  });

  worker.addEventListener("pushsubscriptionchange", (event) => {
    (event as ExtendableEvent).waitUntil(subscribeAnew(worker));
  });
}

async function show(worker: ServiceWorkerGlobalScope, pushed: Pushed): Promise<void> {
  const { title, ...how } = shown(pushed, (await recall<Incident[]>("cases")) ?? [], APP);
  const icon = KEPT.find((address) => address.includes("icon-192"));
  await worker.registration.showNotification(title, {
    ...how,
    ...(icon ? { icon, badge: icon } : {}),
    dir: "auto",
    data: pushed.data,
  } as NotificationOptions);
}

/** A page whose line was asleep asks the server what stands now. */
async function wake(worker: ServiceWorkerGlobalScope, { data }: Pushed): Promise<void> {
  for (const page of await worker.clients.matchAll({ type: "window" })) page.postMessage({ pushed: data });
}

async function open(worker: ServiceWorkerGlobalScope, address: string): Promise<void> {
  const [path, hash] = address.split("#");
  const pages = await worker.clients.matchAll({ type: "window" });
  const page = pages.find(({ url }) => new URL(url).pathname === path);
  if (!page) {
    await worker.clients.openWindow(address);
    return;
  }
  // The page turns by itself: it may be in the middle of something that a load would lose.
  page.postMessage({ turn: hash ?? "" });
  await page.focus();
}

async function tell(body: object | null): Promise<void> {
  const session = body && (await recall<Session>("session"));
  if (!session) return;
  await call("POST", "/v1/receipts", body, { token: session.token, keepalive: true }).catch(() => undefined);
}

/** The browser's maker has ended the subscription: another one at once, or nobody could wake this phone any more. */
async function subscribeAnew(worker: ServiceWorkerGlobalScope): Promise<void> {
  const [session, told] = [await recall<Session>("session"), await recall<Report>("handset")];
  if (!session || !told?.key) return;
  const options = { userVisibleOnly: true, applicationServerKey: told.key };
  const subscription = await worker.registration.pushManager.subscribe(options);
  const body = { ...told.body, push: serialised(subscription) };
  await remember("handset", { ...told, body, told_at: 0 });
  await call("PUT", "/v1/handset", body, { token: session.token });
  await remember("handset", { ...told, body, told_at: Date.now() });
}
