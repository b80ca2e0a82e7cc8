// What the phone keeps through reloads and without a network: one IndexedDB with two drawers.

import type { Waiting } from "./queue.ts";

const NAME = "bluelight";

let opening: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("things");
      request.result.createObjectStore("presses", { keyPath: "tap_id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

async function within<T = unknown>(
  drawer: "things" | "presses",
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => Pick<IDBRequest, "result">,
): Promise<T> {
  const transaction = (await database()).transaction(drawer, mode);
  const request = act(transaction.objectStore(drawer));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

/** A thing by its name, or null: also when this browser keeps nothing. */
export async function recall<T>(name: string): Promise<T | null> {
  try {
    return (await within<T | undefined>("things", "readonly", (store) => store.get(name))) ?? null;
  } catch {
    return null;
  }
}

/** Keep a thing; null forgets it. What cannot be kept is only gone at the next start. */
export async function remember(name: string, value: unknown): Promise<void> {
  try {
    await within("things", "readwrite", (store) => (value === null ? store.delete(name) : store.put(value, name)));
  } catch {
    // A private window may refuse: the page goes on without.
  }
}

/** Everything of the person who leaves; presses on their way stay theirs and wait for them. */
export async function forget(): Promise<void> {
  try {
    await within("things", "readwrite", (store) => store.clear());
  } catch {
    // Nothing was kept.
  }
}

/** The presses on their way: each stands in the drawer from before it is first sent until it is answered. */
export const drawer = {
  all: () => within<Waiting[]>("presses", "readonly", (store) => store.getAll()),
  put: (one: Waiting) => within("presses", "readwrite", (store) => store.put(one)),
  remove: (tap_id: string) => within("presses", "readwrite", (store) => store.delete(tap_id)),
};

export type Drawer = typeof drawer;
