// Broadcasts: the list of them, one that is written, one that waits for a second person, one that is out.

import { useEffect } from "preact/hooks";
import { words as frame } from "../../words/index.ts";
import type { RoomTraits } from "../index.ts";
import type { AtHand } from "./at_hand.ts";
import { Compose } from "./compose.tsx";
import { List } from "./list.tsx";
import { opened, shut } from "./opening.ts";
import { Out } from "./out.tsx";
import { roleIn } from "./steps.ts";
import { Waits } from "./waits.tsx";
import type { TallyPicture } from "./wire.ts";
import { words } from "./words.ts";

export default function Room({ desk, rest }: RoomTraits) {
  if (!rest) return <List desk={desk} />;
  return <Opened desk={desk} rest={rest} />;
}

function Opened({ desk, rest }: RoomTraits) {
  const one = opened(desk, rest);
  useMinding(desk, one);
  const role = one.thread ? roleIn(one.thread, desk.session?.person.id ?? "") : "writes";
  // A draft that is gone or over is read anew by whoever opens it next.
  useEffect(() => () => (one.isKept && role !== "writes" ? shut(one) : undefined), [one, role]);
  if (one.missing) {
    return (
      <p class="loading" role="alert">
        {one.missing} <a href="#/broadcasts">{words.toList}</a>
      </p>
    );
  }
  if ((one.id && !one.thread) || !one.campus) return <p class="loading">{frame.loading}</p>;
  // Somebody who goes on writing has left waiting.
  if (one.saving.state === "sending" && role === "waits") return <Compose desk={desk} one={one} />;
  if (role === "gone") {
    return (
      <p class="loading">
        {words.STATES.dropped} · <a href="#/broadcasts">{words.toList}</a>
      </p>
    );
  }
  if (role === "tally") return <Out desk={desk} one={one} />;
  if (role === "writes") return <Compose desk={desk} one={one} />;
  return <Waits desk={desk} one={one} />;
}

/** Read when it is opened, after every connect, when it has gone on, and when somebody was asked about it. */
function useMinding(desk: RoomTraits["desk"], one: AtHand): void {
  useEffect(() => {
    if (one.id && !one.thread) void one.read();
    return desk.listen({
      live: () => void one.read(),
      broadcast: (told) => void (told.id === one.id && one.read()),
      picture: (name, data) => {
        if (name === "tally") hear(one, data as TallyPicture);
      },
    });
  }, [desk, one]);
}

function hear(one: AtHand, { items, waiting }: TallyPicture): void {
  const told = items.find(({ broadcast_id }) => broadcast_id === one.id);
  if (told) {
    // The picture leaves the zones' names and all counts as the door gives them.
    one.tally = { ...one.tally, ...told };
    if (told.version !== one.thread?.version) void one.read();
  } else if (one.thread?.state === "in_force") void one.read();
  const waits = waiting?.some(({ broadcast_id }) => broadcast_id === one.id);
  if (waits !== undefined && one.thread && waits !== (one.thread.second !== null)) void one.read();
}
