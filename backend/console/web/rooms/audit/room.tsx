// The audit log: searched by thing and by person, and proved to be whole.

import { useState } from "preact/hooks";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { useReading } from "../../parts/reading.ts";
import type { RoomTraits } from "../index.ts";
import { isId } from "./anchors.ts";
import { type AuditLine, Lines } from "./lines.tsx";
import { Verifying } from "./verifying.tsx";
import { words } from "./words.ts";

interface Page {
  items: AuditLine[];
  next_cursor: number | null;
}

export interface Asked {
  about: string;
  about_id: string;
  actor: string;
  /** As whom the actor was named, to show it again. */
  actorName: string;
}

interface Named {
  id: string;
  name: string;
}

const NOTHING: Asked = { about: "", about_id: "", actor: "", actorName: "" };

function pathOf({ about, about_id, actor }: Asked): string {
  const query = new URLSearchParams({ limit: "50" });
  for (const [name, value] of Object.entries({ about, about_id, actor })) if (value) query.set(name, value);
  return `/console/api/audit?${query}`;
}

export default function AuditRoom({ desk }: RoomTraits) {
  const [asked, setAsked] = useState(NOTHING);
  const [older, setOlder] = useState<Page[]>([]);
  const [choices, setChoices] = useState<{ people: Named[]; asked: Asked } | null>(null);
  const { busy, fault, act } = useDoing();
  const reading = useReading<Page>(desk, pathOf(asked));
  const pages = reading.found ? [reading.found, ...older] : [];
  const lines = pages.flatMap(({ items }) => items);
  const cursor = pages[pages.length - 1]?.next_cursor ?? null;
  const show = (wanted: Asked) => {
    setOlder([]);
    setChoices(null);
    setAsked(wanted);
    if (pathOf(wanted) === pathOf(asked)) reading.again();
  };
  const search = (event: SubmitEvent) => {
    const { about = "", about_id = "", actor: who = "" } = fieldsOf(event);
    const wanted = { about, about_id, actor: "", actorName: who };
    if (!who || isId(who)) return show({ ...wanted, actor: who });
    void act(async () => {
      const query = new URLSearchParams({ query: who, limit: "10" });
      const { items } = await desk.ask<{ items: Named[] }>("GET", `/console/api/people?${query}`);
      const [only] = items;
      if (only && items.length === 1) show({ ...wanted, actor: only.id, actorName: only.name });
      else setChoices({ people: items, asked: wanted });
    });
  };
  const more = () =>
    act(async () => {
      const page = await desk.ask<Page>("GET", `${pathOf(asked)}&cursor=${cursor}`);
      setOlder((before) => [...before, page]);
    });
  return (
    <div class="record audit-room">
      <header>
        <h1>{words.title}</h1>
        <p class="quiet">{words.means}</p>
      </header>
      <Verifying desk={desk} />
      <form class="controls" key={pathOf(asked)} onSubmit={search}>
        <label class="field">
          <span>{words.about}</span>
          <select name="about" defaultValue={asked.about} value={asked.about}>
            <option value="">{words.everything}</option>
            {Object.entries(words.kinds).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field wide">
          <span>{words.aboutId}</span>
          <input name="about_id" defaultValue={asked.about_id} pattern="[0-9A-Za-z\-]*" maxLength={60} />
        </label>
        <label class="field wide">
          <span>{words.actor}</span>
          <input name="actor" defaultValue={asked.actorName} placeholder={words.actorHint} maxLength={120} />
        </label>
        <button type="submit" class="first" aria-disabled={busy}>
          {words.search}
        </button>
      </form>
      {choices && (
        <div class="card stack" role="status">
          <p>{choices.people.length ? words.which : words.noOne}</p>
          <div class="line">
            {choices.people.map((one) => (
              <button
                key={one.id}
                type="button"
                class="second"
                onClick={() => show({ ...choices.asked, actor: one.id, actorName: one.name })}
              >
                {one.name}
              </button>
            ))}
          </div>
        </div>
      )}
      <p class="fault" role="alert">
        {reading.fault || fault}
      </p>
      {reading.found && lines.length === 0 && <p class="card">{words.none}</p>}
      {lines.length > 0 && <Lines lines={lines} show={(some) => show({ ...NOTHING, ...some })} />}
      {cursor !== null && (
        <button type="button" class="second" aria-disabled={busy} onClick={() => void more()}>
          {words.more}
        </button>
      )}
    </div>
  );
}
