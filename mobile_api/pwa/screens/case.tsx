// One's own case: whether anybody has seen it, who is coming and when, whom to ring, what is said, and the way to end it.

import { useState } from "preact/hooks";
import { Refused } from "../../../backend/web/browser/calling.ts";
import { HoldButton } from "../../../backend/web/browser/holding.tsx";
import { Shape } from "../../../backend/web/browser/shapes.tsx";
import type { Incident, Progress, Responder } from "../../../backend/web/browser/wire.ts";
import { isOpen } from "../cases.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { Calls } from "./calls.tsx";
import { Conversation } from "./conversation.tsx";
import { useNow } from "./ticking.ts";

/** From when on a silence is shown as one, seconds: the first rung of the ladders is 20 to 30. */
const AMBER_S = 20;
const RED_S = 60;

export function Case({ phone, incident }: { phone: Phone; incident: Incident }) {
  const open = isOpen(incident);
  const alone = open && !incident.seen && !incident.responders.length;
  return (
    <article
      class={`case ${open ? "" : "closed"} ${alone ? "alone" : ""}`}
      aria-label={`${words.KINDS[incident.kind].name} ${incident.reference}`}
    >
      <header>
        <p class="case-kind">
          <Shape kind={incident.kind} />
          <span>
            {words.KINDS[incident.kind].name} · {words.place(incident)}
          </span>
          {incident.exercise && <em>{words.exercise}</em>}
        </p>
        <h2>{words.headline(incident)}</h2>
        <Received incident={incident} alone={alone} open={open} />
        {incident.silent && open && <p class="quiet">{words.silentCase}</p>}
      </header>
      {incident.responders.length > 0 && <Coming responders={incident.responders} />}
      {open && <Calls numbers={incident.call} big={alone} />}
      {open && <Floors phone={phone} incident={incident} />}
      <Conversation phone={phone} incident={incident} />
      <Story progress={incident.progress} />
      {open ? (
        <Cancel phone={phone} incident={incident} />
      ) : (
        <button type="button" class="first" onClick={() => phone.known.putAway(incident.id)}>
          {words.done}
        </button>
      )}
    </article>
  );
}

/** All that has happened, the newest first. */
export function Story({ progress }: { progress: Progress[] }) {
  return (
    <details class="story">
      <summary>{words.story}</summary>
      <ol>
        {progress.toReversed().map((one) => (
          <li key={`${one.at} ${one.stage}`}>
            <time dateTime={one.at}>{words.time(one.at)}</time>
            <span>{words.stage(one)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Received({ incident, alone, open }: { incident: Incident; alone: boolean; open: boolean }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(incident.received_at)) / 1000));
  const limit = alone && seconds >= RED_S ? "red" : alone && seconds >= AMBER_S ? "amber" : "";
  return (
    <p class="received">
      {words.received(incident.received_at)}
      {open && <span class={limit}> · {words.age(seconds)}</span>}
    </p>
  );
}

function Coming({ responders }: { responders: Responder[] }) {
  return (
    <ul class="coming" aria-label={words.whoIsComing}>
      {responders.map((one) => (
        <li key={one.name}>
          <strong>{one.name}</strong>
          <span>{[words.doing(one), words.arrival(one)].filter(Boolean).join(", ")}</span>
          {one.updated_at && (one.eta_s ?? 0) > 0 && (
            <span class="quiet">{words.placeAsOf(words.time(one.updated_at))}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** No satellite knows the floor; the officer in the stairwell has to. */
function Floors({ phone, incident }: { phone: Phone; incident: Incident }) {
  const [picked, setPicked] = useState(incident.position?.floor ?? null);
  const floors = phone.known.campus?.zones.find(({ id }) => id === incident.zone?.id)?.floors ?? [];
  if (!floors.length || !phone.whereabouts.position) return null;
  return (
    <fieldset class="floors">
      <legend>{words.floor}</legend>
      {floors.map((floor) => (
        <button
          key={floor}
          type="button"
          aria-pressed={floor === picked}
          onClick={() => {
            setPicked(floor);
            phone.whereabouts.on(floor);
          }}
        >
          {floor}
        </button>
      ))}
    </fieldset>
  );
}

function Cancel({ phone, incident }: { phone: Phone; incident: Incident }) {
  // Shown when the server asks for it: only there is it known whether this person has PINs.
  const [asksPin, setAsksPin] = useState(false);
  const [fault, setFault] = useState("");
  const cancel = async (pin: string | null) => {
    try {
      await phone.cancel(incident, pin);
    } catch (why) {
      if (why instanceof Refused && why.names("pin")) setAsksPin(true);
      setFault(why instanceof Refused ? why.message : words.unreachable);
    }
  };
  const withPin = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const pin = String(new FormData(form).get("pin"));
    form.reset();
    void cancel(pin);
  };
  return (
    <div class="cancel">
      <p class="fault" role="alert">
        {fault}
      </p>
      {asksPin ? (
        <form class="stack" onSubmit={withPin}>
          <label class="field">
            <span>{words.pinAsked}</span>
            <input type="password" name="pin" inputMode="numeric" autocomplete="off" maxLength={8} required />
          </label>
          <button type="submit" class="second">
            {words.cancelWithPin}
          </button>
        </form>
      ) : (
        <HoldButton
          text={words.cancel}
          hint={words.hold}
          again={words.holdAgain}
          class="second"
          done={() => cancel(null)}
        />
      )}
    </div>
  );
}
