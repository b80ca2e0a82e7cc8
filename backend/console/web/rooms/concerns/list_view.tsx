// The concerns that one may open, the latest day first.

import { useEffect, useState } from "preact/hooks";
import { now } from "../../../../web/browser/clock.ts";
import { type Desk, sentenceOf } from "../../desk.ts";
import { daysUntil } from "./deeds.ts";
import type { Listed, Page } from "./wire.ts";
import { words } from "./words.ts";

/** So soon before its end a concern stands out. */
const SOON_DAYS = 14;

export function ListView({ desk }: { desk: Desk }) {
  const [open, setOpen] = useState(true);
  const [items, setItems] = useState<Listed[] | null>(null);
  const [fault, setFault] = useState("");
  const look = () => {
    setFault("");
    all(desk, open).then(setItems, (why) => setFault(sentenceOf(why)));
  };
  useEffect(look, [desk, open]);
  return (
    <section aria-labelledby="concerns" class="stack">
      <header class="list-head">
        <h1 id="concerns">{words.title}</h1>
        <fieldset class="which">
          <legend class="unseen">{words.which}</legend>
          {[true, false].map((one) => (
            <label key={String(one)}>
              <input type="radio" name="which" checked={open === one} onChange={() => setOpen(one)} />
              <span>{one ? words.open : words.closed}</span>
            </label>
          ))}
        </fieldset>
        <button type="button" class="second" onClick={look}>
          {words.again}
        </button>
      </header>
      <p class="fault" role="alert">
        {fault}
      </p>
      {items?.length === 0 && <p>{open ? words.none : words.noneClosed}</p>}
      {items && items.length > 0 && <Table items={items} />}
      {open && !desk.session?.demo && <p class="quiet">{words.noneMeans}</p>}
    </section>
  );
}

function Table({ items }: { items: Listed[] }) {
  return (
    <table class="concerns">
      <thead>
        <tr>
          {[words.came, words.stage, words.with, words.news, words.ends].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <td>
              <a href={`#/concerns/${one.id}`} aria-label={words.concernOf(words.day(one.day))}>
                {words.day(one.day)}
              </a>
            </td>
            <td>
              {words.stages[one.stage]}
              {one.outcome && <span class="quiet"> · {words.outcomes[one.outcome]}</span>}
            </td>
            <td>{workers(one)}</td>
            <td>{one.added_on ? words.wroteOn(words.day(one.added_on)) : ""}</td>
            <td>
              <Ends concern={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function workers({ places, vacant, stage }: Listed): string {
  const names = places.map(({ name, away }) => `${name ?? words.someone}${away ? ` (${words.away})` : ""}`);
  if (vacant) names.push(words.vacant(vacant));
  return names.length ? names.join(", ") : stage === "waiting" ? words.nobody : "";
}

function Ends({ concern }: { concern: Listed }) {
  if (concern.held) return <span>{words.held}</span>;
  const left = daysUntil(concern.data_until, now());
  return (
    <span class={left <= SOON_DAYS && concern.stage !== "closed" ? "amber" : ""} title={words.day(concern.data_until)}>
      {words.inDays(left)}
    </span>
  );
}

async function all(desk: Desk, open: boolean): Promise<Listed[]> {
  const found: Listed[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor ? `&cursor=${cursor}` : "";
    const page: Page<Listed> = await desk.ask<Page<Listed>>("GET", `/console/api/concerns?open=${open}${from}`);
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return found;
}
