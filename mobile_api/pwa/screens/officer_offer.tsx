// An officer is asked: the whole screen says what, where and how far; yes is under the thumb.

import { useEffect, useRef, useState } from "preact/hooks";
import { now } from "../../../backend/web/browser/clock.ts";
import { Shape } from "../../../backend/web/browser/shapes.tsx";
import { soundState } from "../../../backend/web/browser/sounds.ts";
import type { Offer } from "../../../backend/web/browser/wire.ts";
import { bearing, distance_m, wind } from "../bearing.ts";
import { sounds } from "../offers.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { SoundBlocked } from "./officer_duty.tsx";
import { Marks } from "./officer_marks.tsx";
import { useNow } from "./ticking.ts";

/** From when on an offer without an answer is told as late, seconds: the first rungs of the ladders. */
const AMBER_S = 20;
const RED_S = 60;

/** It may come up under a finger that was about to press something else, also the answer to another. */
const DEAF_MS = 600;

/** Drawn above every screen while the officer is asked, the most urgent first; rings until there is nothing to answer. */
export function Asking({ phone }: { phone: Phone }) {
  const { officer } = phone;
  useNow();
  const asked = officer.asked;
  const [first, ...others] = asked;
  const loud = asked.some(({ incident }) => sounds(incident));
  const how = !first || phone.quiet ? "still" : loud ? "loud" : "felt";
  useEffect(() => officer.ringing.be(how), [how]);
  useEffect(() => () => officer.ringing.be("still"), []);
  if (!first) return null;
  return <Question key={first.id} phone={phone} offer={first} others={others} loud={loud} />;
}

interface Traits {
  phone: Phone;
  offer: Offer;
  others: Offer[];
  loud: boolean;
}

function Question({ phone, offer, others, loud }: Traits) {
  const { officer } = phone;
  const { incident } = offer;
  const kind = words.KINDS[incident.kind].name;
  const dialog = useRef<HTMLDialogElement>(null);
  const [hears, setHears] = useState(false);
  useEffect(() => {
    const { title } = document;
    const deaf = setTimeout(() => setHears(true), DEAF_MS);
    dialog.current?.showModal();
    // Not on its first button: that one says no.
    dialog.current?.focus();
    document.title = words.asked(kind);
    return () => {
      clearTimeout(deaf);
      document.title = title;
      dialog.current?.close();
    };
  }, []);
  const answered = (act: () => void) => {
    if (!hears) return;
    act();
    // Where the answer leads to: the case, or the duty.
    location.hash = "#officer";
  };
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      class={`offer ${incident.kind} ${incident.exercise ? "exercise" : ""}`}
      aria-label={words.asked(kind)}
      // Not to be put away by a slip: it is answered, or it is withdrawn.
      onCancel={(event: Event) => event.preventDefault()}
    >
      <header>
        <Shape kind={incident.kind} />
        <p>{words.asked(kind)}</p>
        <Age since={incident.received_at} />
      </header>
      <div class="offer-known">
        {phone.lostAt !== null && <p class="amber">{words.notLive(phone.lostAt)}</p>}
        <Marks incident={incident} />
        <h2>{words.place(incident)}</h2>
        <p class="lead">{[words.away(offer.distance_m), direction(phone, offer)].filter(Boolean).join(", ")}</p>
        {incident.subtype && <p class="lead">{words.subtype(incident.subtype)}</p>}
        {incident.note && <blockquote dir="auto">{incident.note}</blockquote>}
        <p class="quiet">{words.because(offer.asked_because)}</p>
        <Sounding phone={phone} loud={loud} />
        {others.length > 0 && (
          <section class="others">
            <p>{words.alsoAsked}</p>
            <ul>
              {others.map((one) => (
                <li key={one.id}>
                  <Shape kind={one.incident.kind} /> {words.KINDS[one.incident.kind].name}, {words.place(one.incident)}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <footer>
        <fieldset class="reasons">
          <legend>{words.orDecline}</legend>
          {words.REASONS.map((reason) => (
            <button
              key={reason}
              type="button"
              class="second"
              aria-disabled={!hears}
              onClick={() => answered(() => officer.decline(offer, reason))}
            >
              {reason}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="first huge"
          aria-disabled={!hears}
          onClick={() => answered(() => officer.accept(offer))}
        >
          {words.accept}
        </button>
      </footer>
    </dialog>
  );
}

/** What is to be heard, in words: whoever does not hear it may need to know. */
function Sounding({ phone, loud }: { phone: Phone; loud: boolean }) {
  if (!loud || phone.quiet) return <p class="quiet">{words.ringsNot}</p>;
  if (soundState() === "blocked") return <SoundBlocked />;
  return <p class="quiet">{soundState() === "on" ? words.rings : words.soundNone}</p>;
}

function Age({ since }: { since: string }) {
  const seconds = Math.max(0, Math.floor((now() - Date.parse(since)) / 1000));
  const late = seconds >= RED_S ? "late very" : seconds >= AMBER_S ? "late" : "";
  return <p class={`offer-age ${late}`}>{words.ago(words.age(seconds))}</p>;
}

/** Which way, as far as both places are known. */
function direction(phone: Phone, { incident, distance_m: told }: Offer): string {
  const own = phone.whereabouts.last;
  if (!own || !incident.position || told === null || distance_m(own, incident.position) < 10) return "";
  return words.bearing(wind(bearing(own, incident.position)));
}
