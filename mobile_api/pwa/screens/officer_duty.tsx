// The duty: what it is and until when, whether this phone can be heard and found, and the switch.

import { useState } from "preact/hooks";
import { now } from "../../../backend/web/browser/clock.ts";
import { allowSound, offer, soundState } from "../../../backend/web/browser/sounds.ts";
import { dutyAt, STATES } from "../duty.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";

const TRIED_MS = 1_600;

export function Standing({ phone }: { phone: Phone }) {
  const { state, ends_at } = dutyAt(phone.officer.duty, now());
  return (
    <div class="standing">
      <h1>{words.DUTIES[state]}</h1>
      {ends_at && <p>{words.dutyUntil(ends_at)}</p>}
    </div>
  );
}

/** `folded` while a case is at hand: then the switch is not the next thing to do. */
export function DutySwitch({ phone, folded }: { phone: Phone; folded: boolean }) {
  const { officer } = phone;
  if (folded) {
    return (
      <details class="card folded">
        <summary>{words.dutyFolded}</summary>
        <div class="stack">
          <Reach phone={phone} />
          <Choice phone={phone} />
        </div>
      </details>
    );
  }
  return (
    <>
      <section class="idle">
        <p class="lead">{officer.on ? words.nobodyNeedsYou : words.dutyOffMeans}</p>
        {officer.on && <p>{words.askedHere}</p>}
      </section>
      {officer.on && <Reach phone={phone} />}
      <Choice phone={phone} />
    </>
  );
}

function Choice({ phone }: { phone: Phone }) {
  const { officer } = phone;
  const state = officer.changing ?? dutyAt(officer.duty, now()).state;
  return (
    <fieldset class="duties" aria-busy={officer.changing !== null}>
      <legend>{officer.changing ? words.dutyChanging : words.dutyChange}</legend>
      <p class="fault" role="alert">
        {officer.dutyFault}
      </p>
      {STATES.map((one) => (
        <button
          key={one}
          type="button"
          class="second"
          aria-pressed={one === state}
          onClick={() => one !== state && void officer.change(one)}
        >
          {words.DUTIES[one]}
        </button>
      ))}
    </fieldset>
  );
}

/** Whether anybody can reach this officer, line by line; what is wrong is amber, what is right is quiet. */
function Reach({ phone }: { phone: Phone }) {
  const { state, accuracy_m, position } = phone.whereabouts;
  return (
    <section class="card reach">
      <SoundLine />
      {state === "refused" ? (
        <p class="amber">{words.roomRefused}</p>
      ) : position ? (
        <p>{words.roomSeesWhere(accuracy_m ?? 0)}</p>
      ) : state === "asking" ? (
        <p>{words.whereAsking}</p>
      ) : (
        <p class="amber">
          {words.roomSeesNothing}
          <button type="button" class="plain" onClick={() => phone.whereabouts.follow()}>
            {words.shareWhere}
          </button>
        </p>
      )}
      {phone.officer.warnings.map((one) => (
        <p key={one} class="amber">
          {words.WARNINGS[one] ?? one}
        </p>
      ))}
    </section>
  );
}

function SoundLine() {
  const [trying, setTrying] = useState(false);
  const state = soundState();
  if (state === "none") return <p class="amber">{words.soundNone}</p>;
  if (state === "blocked") return <SoundBlocked />;
  const listen = () => {
    setTrying(true);
    offer.start();
    setTimeout(() => setTrying(false), TRIED_MS);
  };
  return (
    <p class="line">
      <span>{words.soundOn}</span>
      <button type="button" class="plain" onClick={listen} aria-disabled={trying}>
        {words.soundTry}
      </button>
    </p>
  );
}

/** Said where it matters: a page that may not sound is one that has to be looked at. */
export function SoundBlocked() {
  return (
    <p class="amber">
      {words.soundBlocked}
      <button type="button" class="second" onClick={() => void allowSound()}>
        {words.soundAllow}
      </button>
    </p>
  );
}
