// The two PINs: what each does, said plainly, and the one form that sets both or takes both away.

import { useState } from "preact/hooks";
import { Refused } from "../../../backend/web/browser/calling.ts";
import type { Phone } from "../phone.ts";
import { faultsOf } from "../profile.ts";
import { words } from "../words/index.ts";
import { sentenceOf } from "./asked.ts";
import { Backwards } from "./me.tsx";
import { Typed } from "./typed.tsx";

export function Pins({ phone }: { phone: Phone }) {
  const [faults, setFaults] = useState(new Map<string, string>());
  const [said, setSaid] = useState<{ well: boolean; text: string } | null>(null);
  const put = async (form: HTMLFormElement, without: boolean) => {
    const given = new FormData(form);
    const body = {
      password: String(given.get("password")),
      cancel_pin: without ? null : String(given.get("cancel_pin")),
      duress_pin: without ? null : String(given.get("duress_pin")),
    };
    setFaults(new Map());
    setSaid(null);
    try {
      await phone.ask("PUT", "/v1/pins", body);
      form.reset();
      setSaid({ well: true, text: without ? words.pinsAreGone : words.pinsAreSet });
    } catch (why) {
      if (why instanceof Refused) setFaults(faultsOf(why));
      setSaid({ well: false, text: sentenceOf(why) });
    }
  };
  const pin = { type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 8 } as const;
  return (
    <section class="page">
      <Backwards />
      <h1>{words.pins}</h1>
      <p>{words.pinsMean}</p>
      <ul class="points">
        <li>{words.pinsCancel}</li>
        <li>{words.pinsDuress}</li>
        <li>{words.pinsThird}</li>
      </ul>
      <form
        class="card stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void put(event.currentTarget, false);
        }}
      >
        <Typed name="cancel_pin" label={words.cancelPin} fault={faults.get("cancel_pin")} {...pin} />
        <Typed name="duress_pin" label={words.duressPin} fault={faults.get("duress_pin")} {...pin} />
        <Typed
          name="password"
          label={words.yourPassword}
          type="password"
          autocomplete="current-password"
          fault={faults.get("password")}
        />
        <p class={said && !said.well ? "fault" : ""} role={said && !said.well ? "alert" : "status"}>
          {said?.text}
        </p>
        <button type="submit" class="first">
          {words.pinsSet}
        </button>
        <button
          type="button"
          class="plain"
          onClick={(event) => event.currentTarget.form && void put(event.currentTarget.form, true)}
        >
          {words.pinsGone}
        </button>
      </form>
      <p class="quiet">{words.pinsHidden}</p>
    </section>
  );
}
