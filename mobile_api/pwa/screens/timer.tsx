// A timer the server keeps: whoever does not end it in time is looked for.

import { useEffect, useState } from "preact/hooks";
import { Refused } from "../../../backend/web/browser/calling.ts";
import type { CheckIn } from "../../../backend/web/browser/wire.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { useNow } from "./ticking.ts";

const MINUTES = [5, 15, 30, 60, 120, 480];
const USUAL = 30;

export function Timer({ phone }: { phone: Phone }) {
  const [fault, setFault] = useState("");
  const [asksPin, setAsksPin] = useState(false);
  const ask = async (method: string, path: string, body?: unknown) => {
    try {
      phone.known.timer(await phone.ask<CheckIn>(method, path, body));
      setFault("");
      setAsksPin(false);
    } catch (why) {
      if (why instanceof Refused && why.names("pin")) setAsksPin(true);
      setFault(why instanceof Refused ? why.message : words.unreachable);
    }
  };
  const start = (minutes: number, note: string | null) =>
    ask("PUT", "/v1/check-in", { minutes, note, position: phone.whereabouts.position });
  const end = (pin: string | null) => ask("POST", "/v1/check-in/end", { pin });
  useEffect(() => void ask("GET", "/v1/check-in").then(() => setFault("")), []);
  return (
    <section class="page">
      <h1>{words.checkIn}</h1>
      <p class="fault" role="alert">
        {fault}
      </p>
      {phone.known.checkIn?.state === "open" ? (
        <Running checkIn={phone.known.checkIn} asksPin={asksPin} end={end} longer={() => start(15, null)} />
      ) : (
        <Form
          ranOut={phone.known.checkIn?.state === "ran_out"}
          start={(minutes, note) => {
            phone.whereabouts.follow();
            void start(minutes, note);
          }}
        />
      )}
    </section>
  );
}

interface RunningTraits {
  checkIn: CheckIn;
  asksPin: boolean;
  end: (pin: string | null) => void;
  longer: () => void;
}

function Running({ checkIn, asksPin, end, longer }: RunningTraits) {
  const left_s = Math.floor((Date.parse(checkIn.ends_at ?? "") - useNow()) / 1000);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const pin = new FormData(form).get("pin");
    form.reset();
    end(pin === null ? null : String(pin));
  };
  return (
    <form class="card stack" onSubmit={submit}>
      <p class={`lead ${checkIn.warned || left_s < 0 ? "amber" : ""}`}>
        {words.checkInRuns(checkIn.ends_at ?? "", left_s)}
      </p>
      {checkIn.note && <p dir="auto">{checkIn.note}</p>}
      {asksPin && (
        <label class="field">
          <span>{words.pinAsked}</span>
          <input type="password" name="pin" inputMode="numeric" autocomplete="off" maxLength={8} required />
        </label>
      )}
      <button type="submit" class="first huge">
        {words.checkInSafe}
      </button>
      <button type="button" class="second" onClick={longer}>
        {words.checkInLonger}
      </button>
    </form>
  );
}

function Form({ ranOut, start }: { ranOut: boolean; start: (minutes: number, note: string) => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    start(Number(given.get("minutes")), String(given.get("note")));
  };
  return (
    <form class="card stack" onSubmit={submit}>
      {ranOut && <p class="amber">{words.checkInRanOut}</p>}
      <p>{words.checkInMeans}</p>
      <fieldset class="minutes">
        <legend>{words.checkInAfter}</legend>
        {MINUTES.map((minutes) => (
          <label key={minutes}>
            <input type="radio" name="minutes" value={minutes} defaultChecked={minutes === USUAL} />
            <span>{words.minutes(minutes)}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>{words.checkInNote}</span>
        <input name="note" maxLength={2000} autocomplete="off" dir="auto" />
      </label>
      <button type="submit" class="first">
        {words.checkInStart}
      </button>
    </form>
  );
}
