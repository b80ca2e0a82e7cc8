// A part of the console with a script of its own, fetched when it is wanted.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

export type Load<Traits> = () => Promise<{ default: ComponentType<Traits> }>;

export interface Fetched<Traits> {
  Made: ComponentType<Traits> | null;
  failed: boolean;
  again: () => void;
}

/** `load` stays the same from one drawing to the next, or it is fetched anew. */
export function useFetched<Traits>(load: Load<Traits>, wanted = true): Fetched<Traits> {
  const [Made, setMade] = useState<ComponentType<Traits> | null>(null);
  const [failed, setFailed] = useState(false);
  const fetch = () => {
    setFailed(false);
    load().then(
      (loaded) => setMade(() => loaded.default),
      () => setFailed(true),
    );
  };
  useEffect(() => {
    if (wanted && !Made) fetch();
  }, [load, wanted, Made]);
  return { Made, failed, again: fetch };
}
