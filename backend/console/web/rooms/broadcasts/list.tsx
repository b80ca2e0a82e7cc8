// The list: in force first, what waits for a second person, drafts; what is over and others' alerts folded.

import { useEffect, useRef, useState } from "preact/hooks";
import { Age } from "../../parts/age.tsx";
import { useDoing } from "../../parts/form.ts";
import { words as frame } from "../../words/index.ts";
import type { RoomTraits } from "../index.ts";
import { inSections } from "./ordering.ts";
import { Promised } from "./promised.tsx";
import { Proposals } from "./proposals.tsx";
import type { TallyPicture, ThreadRow, Waiting } from "./wire.ts";
import { words } from "./words.ts";

type Desk = RoomTraits["desk"];
interface Page {
  items: ThreadRow[];
  next_cursor: string | null;
}

const DOOR = "/console/api/broadcasts";

export function List({ desk }: { desk: Desk }) {
  const [rows, setRows] = useState<ThreadRow[] | null>(null);
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const { fault, act } = useDoing();
  const stood = useRef("");
  useEffect(() => {
    const read = () =>
      void act(async () => setRows((await desk.ask<Page>("GET", `${DOOR}?open=true&limit=100`)).items));
    read();
    return desk.listen({
      live: read,
      broadcast: read,
      picture: (name, data) => {
        if (name !== "tally") return;
        const told = data as TallyPicture;
        setWaiting(told.waiting ?? []);
        // Read again only when another one stands there: every look at the list is written down.
        const stands = JSON.stringify([told.items.map((one) => one.broadcast_id), told.waiting ?? []]);
        if (stands !== stood.current) read();
        stood.current = stands;
      },
    });
  }, [desk]);
  if (!rows) return <p class="loading">{fault || frame.loading}</p>;
  const { live, waiting: asked, drafts } = inSections(rows, waiting);
  return (
    <div class="broadcast-list stack">
      <header class="top">
        <h1>{words.title}</h1>
        <a class="first" href="#/broadcasts/new">
          {words.begin}
        </a>
      </header>
      <p class="fault" role="alert">
        {fault}
      </p>
      {asked.length > 0 && (
        <section class="stack" aria-labelledby="asked">
          <h2 id="asked">{words.waiting}</h2>
          <Rows rows={asked} waiting={waiting} />
        </section>
      )}
      <section class="stack" aria-labelledby="live">
        <h2 id="live">{words.inForce}</h2>
        {live.length ? <Rows rows={live} /> : <p class="quiet">{words.noneInForce}</p>}
      </section>
      <section class="stack" aria-labelledby="drafts">
        <h2 id="drafts">{words.drafts}</h2>
        {drafts.length ? <Rows rows={drafts} /> : <p class="quiet">{words.noDrafts}</p>}
      </section>
      <Proposals desk={desk} />
      <Over desk={desk} />
    </div>
  );
}

function Rows({ rows, waiting = [] }: { rows: ThreadRow[]; waiting?: Waiting[] }) {
  return (
    <ul class="threads">
      {rows.map((row) => (
        <li key={row.id}>
          <a
            class={`card thread ${row.state} ${row.severity} ${row.exercise ? "exercise" : ""}`}
            href={`#/broadcasts/${row.id}`}
          >
            <Marks one={row} />
            <span class="worded">
              <strong>{row.title || words.noTitle}</strong>
              <span class="quiet">
                {[row.place_name, row.owner?.name && words.by(row.owner.name)].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span class="when">
              <When row={row} asked={waiting.find(({ broadcast_id }) => broadcast_id === row.id)} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function When({ row, asked }: { row: ThreadRow; asked: Waiting | undefined }) {
  if (row.state === "in_force") return <Promised at={row.next_update_at} promised_min={row.next_update_min} />;
  if (row.ended_at) return <span class="quiet">{`${words.STATES[row.state]} · ${frame.time(row.ended_at)}`}</span>;
  if (asked) {
    return (
      <span class="quiet">
        {words.asked} <Age since={asked.asked_at} /> {words.ago}
      </span>
    );
  }
  return (
    <span class="quiet">
      <Age since={row.made_at} />
    </span>
  );
}

/** How bad it is, and whether it is real, in words. */
export function Marks({ one }: { one: Pick<ThreadRow, "severity" | "exercise" | "kind"> }) {
  return (
    <span class="marks">
      <span class={`severity ${one.severity}`}>{words.SEVERITIES[one.severity]}</span>
      {one.exercise && <span class="mark">{words.exercise}</span>}
      {one.kind === "test" && <span class="mark">{words.test}</span>}
    </span>
  );
}

function Over({ desk }: { desk: Desk }) {
  const [rows, setRows] = useState<ThreadRow[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const { fault, act } = useDoing();
  const read = (after: string | null) =>
    void act(async () => {
      const page = await desk.ask<Page>("GET", `${DOOR}?open=false&limit=20${after ? `&cursor=${after}` : ""}`);
      setRows((before) => (after ? [...(before ?? []), ...page.items] : page.items));
      setCursor(page.next_cursor);
    });
  const turned = (event: Event) => {
    if ((event.currentTarget as HTMLDetailsElement).open) read(null);
  };
  return (
    <details onToggle={turned}>
      <summary>{words.over}</summary>
      {rows && (rows.length ? <Rows rows={rows} /> : <p class="quiet">{words.noneOver}</p>)}
      {cursor && (
        <button type="button" class="second" onClick={() => read(cursor)}>
          {words.more}
        </button>
      )}
      <p class="fault" role="alert">
        {fault}
      </p>
    </details>
  );
}
