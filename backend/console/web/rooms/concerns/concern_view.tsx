// One concern: what was said, opened here, and beside it what is known of it and what can be done.

import { useEffect, useMemo, useState } from "preact/hooks";
import { now } from "../../../../web/browser/clock.ts";
import { type Desk, sentenceOf } from "../../desk.ts";
import { Assigning } from "./assigning.tsx";
import { type Deed, daysUntil, waysOf } from "./deeds.ts";
import { Closing, Recusing } from "./ending.tsx";
import { EntryView } from "./entry_view.tsx";
import { HandingOver, Sharing } from "./handing.tsx";
import { HoldAsked, Holding, useHeld } from "./holding_view.tsx";
import type { Keyring } from "./keyring.ts";
import { workers } from "./list_view.tsx";
import { type Read, read } from "./reading.ts";
import { Referrals, Referring } from "./referring.tsx";
import type { Concern } from "./wire.ts";
import { words } from "./words.ts";
import { readConcern, type Work } from "./working.ts";
import { Deciding, Writing } from "./writing.tsx";

interface Traits {
  desk: Desk;
  keys: Keyring;
  id: string;
}

export function ConcernView({ desk, keys, id }: Traits) {
  const [concern, setConcern] = useState<Concern | null>(null);
  const [fault, setFault] = useState("");
  const look = () => {
    setFault("");
    readConcern(desk, id).then(setConcern, (why) => {
      setConcern(null);
      setFault(sentenceOf(why));
    });
  };
  useEffect(look, [desk, id]);
  return (
    <>
      <p class="fault" role="alert">
        {fault}
      </p>
      {concern ? <Opened desk={desk} keys={keys} concern={concern} look={look} /> : !fault && <p>{words.working}</p>}
    </>
  );
}

function Opened({ desk, keys, concern, look }: { desk: Desk; keys: Keyring; concern: Concern; look: () => void }) {
  const [deed, setDeed] = useState<Deed | null>(null);
  const open = keys.open.join();
  const entries = useMemo(() => concern.entries.map((entry) => read(entry, keys)), [concern, open]);
  const cancel = () => setDeed(null);
  const done = () => {
    setDeed(null);
    look();
  };
  const work: Work = { desk, keys, concern, done, cancel };
  return (
    <article class="concern" aria-labelledby="concern">
      <header class="concern-head">
        <a href="#/concerns/">{words.back}</a>
        <h1 id="concern">{words.concernOf(words.day(concern.day))}</h1>
        <p>
          {words.stages[concern.stage]}
          {concern.outcome && ` · ${words.outcomes[concern.outcome]}`}
        </p>
      </header>
      <Said concern={concern} entries={entries} />
      <div class="beside">
        {deed ? <Doing deed={deed} work={work} /> : <Next work={work} choose={setDeed} />}
        <Facts concern={concern} />
      </div>
    </article>
  );
}

function Said({ concern, entries }: { concern: Concern; entries: Read[] }) {
  const names = new Map(concern.advisers.map(({ adviser_id, name }) => [adviser_id, name]));
  return (
    <section class="said" aria-labelledby="said">
      <h2 id="said">{words.said}</h2>
      <ol class="stack">
        {entries.map((entry) => (
          <EntryView
            key={entry.id}
            entry={entry}
            by={entry.written_by && (names.get(entry.written_by) ?? words.someone)}
          />
        ))}
      </ol>
      <p class="quiet">{words.opened}</p>
    </section>
  );
}

function Next({ work, choose }: { work: Work; choose: (deed: Deed) => void }) {
  const { desk, concern } = work;
  const held = useHeld(work);
  const { first, often, rarely } = waysOf(concern, { isLead: desk.has("prevent_lead") });
  return (
    <section class="card stack" aria-labelledby="next">
      <h2 id="next">{words.nextTitle}</h2>
      <HoldAsked work={work} held={held} />
      <div class="ways">
        {first && (
          <button type="button" class="first" onClick={() => choose(first)}>
            {words.deeds[first]}
          </button>
        )}
        {often.map((one) => (
          <button key={one} type="button" class="second" onClick={() => choose(one)}>
            {words.deeds[one]}
          </button>
        ))}
      </div>
      <details>
        <summary>{words.rarely}</summary>
        <div class="ways">
          {rarely.map((one) => (
            <button key={one} type="button" class="second" onClick={() => choose(one)}>
              {words.deeds[one]}
            </button>
          ))}
        </div>
      </details>
      {concern.outcome === "prevent" && <Referrals work={work} />}
    </section>
  );
}

function Doing({ deed, work }: { deed: Deed; work: Work }) {
  return (
    <section class="card doing" aria-labelledby="doing">
      <h2 id="doing">{words.deeds[deed]}</h2>
      {deed === "assign" && <Assigning work={work} />}
      {(deed === "reply" || deed === "note" || deed === "reopen") && <Writing what={deed} work={work} />}
      {deed === "triage" && <Deciding work={work} />}
      {deed === "close" && <Closing work={work} />}
      {deed === "recuse" && <Recusing work={work} />}
      {deed === "hand_over" && <HandingOver work={work} />}
      {deed === "share" && <Sharing work={work} />}
      {deed === "refer" && <Referring work={work} />}
      {deed === "hold" && <Holding work={work} />}
    </section>
  );
}

function Facts({ concern }: { concern: Concern }) {
  const named = new Map(concern.advisers.flatMap(({ keys, name }) => Object.keys(keys).map((keyId) => [keyId, name])));
  const readers = [...new Set(Object.keys(concern.sealed_to).map((keyId) => named.get(keyId) ?? words.recovery))];
  const until = (day: string) => `${words.day(day)} · ${words.inDays(daysUntil(day, now()))}`;
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{words.facts}</h2>
      <dl class="facts">
        <dt>{words.workOn}</dt>
        <dd>{workers(concern)}</dd>
        <dt>{words.readers}</dt>
        <dd>{readers.join(", ")}</dd>
        <dt>{words.mailboxUntil}</dt>
        <dd>{until(concern.mailbox_until)}</dd>
        <dt>{words.dataUntil}</dt>
        <dd>{concern.held ? words.heldLong : until(concern.data_until)}</dd>
      </dl>
    </section>
  );
}
