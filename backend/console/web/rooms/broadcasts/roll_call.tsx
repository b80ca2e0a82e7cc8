// Who has said nothing, name by name, with what might still reach them; read only when somebody asks for it.

import { useState } from "preact/hooks";
import { Age } from "../../parts/age.tsx";
import { useDoing } from "../../parts/form.ts";
import type { RoomTraits } from "../index.ts";
import type { AtHand } from "./at_hand.ts";
import type { Missed } from "./wire.ts";
import { words } from "./words.ts";

interface Page {
  items: Missed[];
  next_cursor: string | null;
}

export function RollCall({ desk, one }: { desk: RoomTraits["desk"]; one: AtHand }) {
  const [found, setFound] = useState<Missed[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const { busy, fault, act } = useDoing();
  const read = (after: string | null) =>
    void act(async () => {
      const at = `/console/api/broadcasts/${one.id}/unaccounted?limit=100${after ? `&cursor=${after}` : ""}`;
      const page = await desk.ask<Page>("GET", at);
      setFound((before) => (after ? [...(before ?? []), ...page.items] : page.items));
      setCursor(page.next_cursor);
    });
  return (
    <div class="roll stack">
      <p class="deeds">
        <span class="quiet">{words.rollMeans}</span>
        <button type="button" class="second" aria-disabled={busy} onClick={() => read(null)}>
          {words.readRoll}
        </button>
      </p>
      <p class="fault" role="alert">
        {fault}
      </p>
      {found && <People people={found} />}
      {cursor && (
        <button type="button" class="second" onClick={() => read(cursor)}>
          {words.more}
        </button>
      )}
    </div>
  );
}

function People({ people }: { people: Missed[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.zone}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.reachBy}</th>
          <th scope="col">{words.lastHeard}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((one) => (
          <tr key={one.person_id}>
            <th scope="row">{one.name ?? words.somebody}</th>
            <td>{one.zone_name ?? words.nowhere(undefined)}</td>
            <td>{words.TALLY[one.state]}</td>
            <td>{ways(one)}</td>
            <td>{one.last_heard_at ? <Age since={one.last_heard_at} /> : words.never}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ways({ by, unreachable }: Missed): string {
  const told = (by ?? []).map((channel) => words.CHANNELS[channel] ?? channel);
  if (told.length) return told.join(", ");
  return unreachable ? (words.REASONS[unreachable] ?? unreachable) : words.noWay;
}
