// Seen in every room by whoever may be the second person: somebody's broadcast waits, and nothing goes out without them.

import { useEffect, useState } from "preact/hooks";
import type { RoomTraits } from "../index.ts";
import type { TallyPicture, Waiting } from "./wire.ts";
import { words } from "./words.ts";

export function WaitsForYou({ desk, here }: { desk: RoomTraits["desk"]; here: boolean }) {
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  useEffect(
    () =>
      desk.listen({
        picture: (name, data) => {
          if (name === "tally") setWaiting((data as TallyPicture).waiting ?? []);
        },
      }),
    [desk],
  );
  const first = waiting.find(({ asked_by }) => asked_by.id !== desk.session?.person.id);
  return (
    <p class="waits-for-you" role="status" hidden={!first || here}>
      {first && !here && <a href={`#/broadcasts/${first.broadcast_id}`}>{words.waitsFor(first.asked_by.name)}</a>}
    </p>
  );
}
