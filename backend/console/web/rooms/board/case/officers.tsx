// Everybody who was asked and what they said; and the ways to ask more: one officer by name, or all anew.

import { useState } from "preact/hooks";
import { isOpen } from "../../../board.ts";
import type { Desk } from "../../../desk.ts";
import { Age } from "../../../parts/age.tsx";
import { useDoing } from "../../../parts/form.ts";
import type { Asked, Case } from "../../../wire.ts";
import { Explaining } from "./explaining.tsx";
import type { Opened } from "./opened.ts";
import { askedInOrder } from "./telling.ts";
import { words } from "./words.ts";

/** More are folded away: who comes and who is asked stands first. */
const MOST = 4;

interface Traits {
  desk: Desk;
  opened: Opened;
  one: Case;
  assign: () => void;
}

export function Officers({ desk, opened, one, assign }: Traits) {
  const { busy, fault, act } = useDoing();
  const [all, setAll] = useState(false);
  const [explains, setExplains] = useState(false);
  const asked = askedInOrder(one.offers);
  const rest = asked.length - MOST;
  const again = () =>
    act(async () => {
      await opened.change("POST", "/ask-again");
      desk.say(words.askedAgain);
    });
  return (
    <section class="case-officers-box case-box">
      <h3>
        {words.officers} <span class="quiet">{words.wanted(one.wanted)}</span>
      </h3>
      {asked.length === 0 && <p class="quiet">{one.routed_because}</p>}
      <ul>
        {asked.map((offer, place) => (
          <Line key={offer.officer_id} offer={offer} folded={!all && place >= MOST} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" class="plain case-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.fewer : words.others(rest)}
        </button>
      )}
      <p class="fault" role="alert">
        {fault}
      </p>
      <div class="case-ways">
        {isOpen(one) && (
          <>
            <button type="button" class="second" aria-keyshortcuts="a" onClick={assign}>
              {words.assign}
            </button>
            <button type="button" class="second" aria-disabled={busy} onClick={() => void again()}>
              {words.askAgain}
            </button>
          </>
        )}
        <button type="button" class="plain" onClick={() => setExplains(true)}>
          {words.why} <span class="unseen">{words.whyMeans}</span>
        </button>
      </div>
      {explains && <Explaining opened={opened} close={() => setExplains(false)} />}
    </section>
  );
}

const HAS_IT = new Set(["accepted", "en_route", "on_scene"]);

function Line({ offer, folded }: { offer: Asked & { times: number }; folded: boolean }) {
  const waits = offer.state === "offered";
  const stands = waits || HAS_IT.has(offer.state);
  const eta = HAS_IT.has(offer.state) && offer.state !== "on_scene" ? words.arrival(offer.eta_s) : "";
  return (
    <li class={`case-asked ${stands ? "case-stands" : ""} ${folded ? "case-folded" : ""}`} data-state={offer.state}>
      <span class="case-dot" aria-hidden="true" />
      <span class="case-name">
        <strong dir="auto">{offer.name ?? words.colleague}</strong>
        {words.states[offer.state] ?? offer.state.replaceAll("_", " ")}
        {waits && (
          <>
            {" "}
            <Age since={offer.offered_at} />
          </>
        )}
        {eta && `, ${eta}`}
        {offer.late && <strong class="red"> {words.late}</strong>}
      </span>
      <span class="quiet case-because">
        {offer.asked_because}
        {offer.by.length > 0 && `, ${words.by(offer.by)}`}
        {offer.times > 1 && ` · ${words.times(offer.times)}`}
        {stands && !offer.reachable && <span class="amber"> · {words.unreachable}</span>}
        {offer.declined_because && ` · ${words.declined(offer.declined_because)}`}
      </span>
    </li>
  );
}
