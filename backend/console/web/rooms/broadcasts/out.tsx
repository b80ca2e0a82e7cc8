// A broadcast that is out: who needs help first, how far it got, by zone, and the clock to the next word.

import { useEffect, useState } from "preact/hooks";
import { words as frame } from "../../words/index.ts";
import type { RoomTraits } from "../index.ts";
import type { AtHand } from "./at_hand.ts";
import { ANSWERED, casesOf, OPEN, share } from "./counting.ts";
import { Ending } from "./ending.tsx";
import { History } from "./history.tsx";
import { Marks } from "./list.tsx";
import { Promised } from "./promised.tsx";
import { RollCall } from "./roll_call.tsx";
import { Scrolls } from "./scrolls.tsx";
import type { Standing, Tally, Thread } from "./wire.ts";
import { words } from "./words.ts";
import { Zones } from "./zones.tsx";

interface Traits {
  desk: RoomTraits["desk"];
  one: AtHand;
}

type Side = "byZone" | "rollCall" | "history";
const SIDES: Side[] = ["byZone", "rollCall", "history"];

export function Out({ desk, one }: Traits) {
  const { thread, tally } = one;
  const [side, setSide] = useState<Side>("byZone");
  useOwnPicture(one);
  if (!thread) return null;
  return (
    <div class={`out ${thread.exercise ? "exercise" : ""}`}>
      <header class="top">
        <div class="worded">
          <Marks one={thread} />
          <h1>{thread.title}</h1>
          <p class="quiet">
            {[thread.place_name, words.STATES[thread.state], thread.owner?.name && words.by(thread.owner.name)]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <p class="clock-to">
          {thread.ended_at ? (
            <strong>{`${words.ended} ${frame.time(thread.ended_at)}`}</strong>
          ) : (
            <Promised at={thread.next_update_at} promised_min={thread.next_update_min} />
          )}
        </p>
      </header>
      <div class="count">
        <section class="answers stack" aria-label={words.tally}>
          {desk.lostAt !== null && <p class="amber old">{words.old(frame.time(desk.lostAt))}</p>}
          {tally ? <Counted tally={tally} /> : <p class="quiet">{frame.loading}</p>}
          {tally && <Cases desk={desk} thread={thread} tally={tally} />}
        </section>
        <section class="side">
          <div class="sides">
            {SIDES.map((name) => (
              <button key={name} type="button" class="plain" aria-pressed={name === side} onClick={() => setSide(name)}>
                {words[name]}
              </button>
            ))}
          </div>
          <Scrolls name={words[side]}>
            {side === "byZone" && tally && <Zones zones={tally.zones} places={desk.standing.campus?.zones ?? []} />}
            {side === "rollCall" && <RollCall desk={desk} one={one} />}
            {side === "history" && <History thread={thread} />}
          </Scrolls>
        </section>
      </div>
      <Ending desk={desk} one={one} />
    </div>
  );
}

/** An exercise of a real control room is in nobody's picture: it is counted anew while somebody looks. */
function useOwnPicture(one: AtHand): void {
  const own = one.thread?.exercise === true && one.thread.state === "in_force";
  useEffect(() => {
    if (!own) return;
    const timer = setInterval(() => void one.count(), 5_000);
    return () => clearInterval(timer);
  }, [one, own]);
}

function Counted({ tally }: { tally: Tally }) {
  return (
    <>
      <dl class="said-back">
        {ANSWERED.map((state) => (
          <Cell key={state} state={state} tally={tally} />
        ))}
      </dl>
      <p class="unaccounted" role="status">
        {words.unaccounted(tally.unaccounted, tally.people)}
        {tally.is_fanning_out && <span class="amber"> · {words.fanning}</span>}
      </p>
      <dl class="far-as">
        {OPEN.map((state) => (
          <Cell key={state} state={state} tally={tally} />
        ))}
      </dl>
    </>
  );
}

function Cell({ state, tally }: { state: Standing; tally: Tally }) {
  const count = tally.states[state];
  return (
    <div class={`cell ${state} ${count ? "" : "none"}`}>
      <dt>{words.TALLY[state]}</dt>
      <dd>
        <strong>{count.toLocaleString("en-GB")}</strong>
        <span class="quiet">{count > 0 && ` ${words.share(share(count, tally.people))}`}</span>
      </dd>
    </div>
  );
}

function Cases({ desk, thread, tally }: { desk: Traits["desk"]; thread: Thread; tally: Tally }) {
  if (!tally.states.need_help || !thread.issued_at) return null;
  const cases = casesOf(desk.standing.rows.values(), thread.issued_at, thread.exercise);
  return (
    <section class="cases" aria-labelledby="cases">
      <h2 id="cases">{words.helpCases}</h2>
      {!cases.length && <p class="quiet">{words.noCases}</p>}
      <ul class="list">
        {cases.map((row) => (
          <li key={row.id}>
            <a class="second" href={`#/board/${row.id}`}>
              <strong>{row.reference}</strong> {row.caller.name} <span class="quiet">{row.zone?.name}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
