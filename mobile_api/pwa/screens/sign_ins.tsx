// One's password, and one's sign-ins on other phones and computers: a lost one is ended here.

import { useState } from "preact/hooks";
import { Refused } from "../../../backend/web/browser/calling.ts";
import { HoldButton } from "../../../backend/web/browser/holding.tsx";
import type { Phone } from "../phone.ts";
import { faultsOf } from "../profile.ts";
import { words } from "../words/index.ts";
import { sentenceOf, useAsked } from "./asked.ts";
import { Backwards } from "./me.tsx";
import { Typed } from "./typed.tsx";

interface SignIn {
  id: string;
  last_used: string;
  handset: { platform: string; app_version: string | null } | null;
  current: boolean;
}

export function SignIns({ phone }: { phone: Phone }) {
  const asked = useAsked<{ items: SignIn[] }>(phone, "/v1/sessions");
  const [said, setSaid] = useState("");
  const end = async (id: string) => {
    try {
      await phone.ask("POST", `/v1/sessions/${id}/end`);
      setSaid(words.signInEnded);
    } catch (why) {
      setSaid(sentenceOf(why));
    }
    await asked.again();
  };
  return (
    <section class="page">
      <Backwards />
      <h1>{words.signIns}</h1>
      <p>{words.signInsMean}</p>
      <p role="status">{asked.fault || said}</p>
      <ul class="stack">
        {asked.answer?.items.map((one) => (
          <li key={one.id} class="card stack">
            <p class="told">
              <strong>{one.current ? words.signInHere : words.signInOn(one.handset?.platform ?? null)}</strong>
              <span class="quiet">{words.signInUsed(one.last_used)}</span>
            </p>
            {!one.current && (
              <HoldButton
                text={words.signInEnd}
                hint={words.hold}
                again={words.holdAgain}
                class="second"
                done={() => end(one.id)}
              />
            )}
          </li>
        ))}
      </ul>
      <Password phone={phone} changed={() => void asked.again()} />
    </section>
  );
}

function Password({ phone, changed }: { phone: Phone; changed: () => void }) {
  const [faults, setFaults] = useState(new Map<string, string>());
  const [said, setSaid] = useState<{ well: boolean; text: string } | null>(null);
  const put = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const body = { password: String(given.get("password")), new_password: String(given.get("new_password")) };
    setFaults(new Map());
    setSaid(null);
    try {
      await phone.ask("PUT", "/v1/password", body);
      form.reset();
      setSaid({ well: true, text: words.passwordChanged });
      changed();
    } catch (why) {
      if (why instanceof Refused) setFaults(faultsOf(why));
      setSaid({ well: false, text: sentenceOf(why) });
    }
  };
  return (
    <form class="card stack" onSubmit={put} noValidate>
      <h2>{words.password}</h2>
      <p class="quiet">{words.passwordMeans}</p>
      <Typed
        name="password"
        label={words.yourPassword}
        type="password"
        autocomplete="current-password"
        fault={faults.get("password")}
      />
      <Typed
        name="new_password"
        label={words.passwordNew}
        type="password"
        autocomplete="new-password"
        fault={faults.get("new_password")}
      />
      <p class={said && !said.well ? "fault" : ""} role={said && !said.well ? "alert" : "status"}>
        {said?.text}
      </p>
      <button type="submit" class="first">
        {words.passwordChange}
      </button>
    </form>
  );
}
