// The advisers' desk: a door that asks for one's key, then the concerns one may open, the numbers, and oneself.

import { useEffect, useState } from "preact/hooks";
import type { RoomTraits } from "../index.ts";
import { ConcernView } from "./concern_view.tsx";
import { KeyDoor } from "./key_door.tsx";
import { KeyLine } from "./key_line.tsx";
import { Keyring } from "./keyring.ts";
import { LeftView } from "./left_view.tsx";
import { ListView } from "./list_view.tsx";
import { MeView } from "./me_view.tsx";
import { NumbersView } from "./numbers_view.tsx";
import { words } from "./words.ts";

const LOOKED_EVERY_MS = 10_000;

export default function ConcernsRoom({ desk, rest }: RoomTraits) {
  const keys = useKeyring();
  const [adding, setAdding] = useState(false);
  const advises = desk.has("adviser", "prevent_lead");
  const at = advises ? rest || "list" : "numbers";
  const needsKey = at !== "numbers" && at !== "left" && (keys.open.length === 0 || adding);
  return (
    <div class="concerns-room">
      {desk.session?.demo && (
        <p class="demo-keys" role="note">
          {words.demo}
        </p>
      )}
      {advises && <Places at={at} leads={desk.has("prevent_lead")} />}
      {keys.open.length > 0 && !adding && <KeyLine keys={keys} add={() => setAdding(true)} />}
      {needsKey ? (
        <KeyDoor desk={desk} keys={keys} done={() => setAdding(false)} />
      ) : at === "list" ? (
        <ListView desk={desk} />
      ) : at === "numbers" ? (
        <NumbersView desk={desk} />
      ) : at === "left" ? (
        <LeftView desk={desk} />
      ) : at === "me" ? (
        <MeView desk={desk} />
      ) : (
        <ConcernView key={at} desk={desk} keys={keys} id={at} />
      )}
    </div>
  );
}

function Places({ at, leads }: { at: string; leads: boolean }) {
  const places = [
    ["list", words.places.list],
    ["numbers", words.places.numbers],
    ...(leads ? [["left", words.places.left] as const] : []),
    ["me", words.places.me],
  ] as const;
  const there = places.some(([path]) => path === at) ? at : "list";
  return (
    <nav class="places" aria-label={words.placesLabel}>
      {places.map(([path, name]) => (
        <a
          key={path}
          href={`#/concerns/${path === "list" ? "" : path}`}
          aria-current={path === there ? "page" : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}

/** The keys that are open while this room is: forgotten on leaving it, on leaving the page, and when nobody is here. */
function useKeyring(): Keyring {
  const [, draw] = useState(0);
  const [keys] = useState(() => new Keyring(() => draw((times) => times + 1)));
  useEffect(() => {
    const used = () => keys.used(Date.now());
    const lock = () => keys.lock();
    const timer = setInterval(() => keys.lockIfIdle(Date.now()), LOOKED_EVERY_MS);
    for (const sign of ["keydown", "pointerdown", "pointermove"]) document.addEventListener(sign, used);
    window.addEventListener("pagehide", lock);
    return () => {
      clearInterval(timer);
      for (const sign of ["keydown", "pointerdown", "pointermove"]) document.removeEventListener(sign, used);
      window.removeEventListener("pagehide", lock);
      lock();
    };
  }, [keys]);
  return keys;
}
