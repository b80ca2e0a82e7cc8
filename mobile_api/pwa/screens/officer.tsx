// An officer's first screen: the case at hand if there is one, else that nobody needs them; and the duty.

import { useState } from "preact/hooks";
import { now as serverNow } from "../../../backend/web/browser/clock.ts";
import { Shape } from "../../../backend/web/browser/shapes.tsx";
import type { OfficersCase } from "../../../backend/web/browser/wire.ts";
import { isUnsent } from "../moves.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { Calls } from "./calls.tsx";
import { OfficersCaseView } from "./officer_case.tsx";
import { Danger } from "./officer_danger.tsx";
import { DutySwitch, Standing } from "./officer_duty.tsx";
import { useNow } from "./ticking.ts";

export function OfficerScreen({ phone }: { phone: Phone }) {
  const { officer } = phone;
  const [picked, setPicked] = useState("");
  useNow();
  const cases = officer.mine;
  const shown = cases.find(({ id }) => id === picked) ?? cases[0];
  const busy = cases.length > 0 || officer.unheard.length > 0;
  return (
    <>
      <header class="officer-head">
        <Standing phone={phone} />
        {officer.on && <Danger phone={phone} />}
      </header>
      {officer.notice && (
        <section class="notice">
          <p>{officer.notice}</p>
          <button type="button" class="plain" onClick={() => officer.tell("")}>
            {words.close}
          </button>
        </section>
      )}
      {phone.known.open[0] && (
        <a class="own-call" href="#home">
          <strong>{words.ownCall}</strong>
          <span>{words.headline(phone.known.open[0])}</span>
        </a>
      )}
      <Unheard phone={phone} />
      {cases.length > 1 && <Others cases={cases.filter((one) => one !== shown)} pick={setPicked} />}
      {shown && <OfficersCaseView key={shown.id} phone={phone} incident={shown} />}
      <DutySwitch phone={phone} folded={busy} />
    </>
  );
}

/** A yes that nobody has heard: kept, tried again, and never told as more than it is. */
function Unheard({ phone }: { phone: Phone }) {
  return (
    <>
      {phone.officer.unheard.map((act) => {
        const { incident } = act.offer;
        const unsent = isUnsent(act, Date.now());
        return (
          <section key={act.id} class={unsent ? "unsent" : "sending"} role={unsent ? "alert" : "status"}>
            <h2>
              <Shape kind={incident.kind} /> {words.KINDS[incident.kind].name}, {words.place(incident)}
            </h2>
            <p>{unsent ? words.yesUnsent : words.yesSending}</p>
            {unsent && <p>{words.yesUnsentHow}</p>}
            {unsent && <Calls numbers={phone.known.campus?.numbers.filter(({ dialable }) => !dialable)} />}
          </section>
        );
      })}
    </>
  );
}

function Others({ cases, pick }: { cases: OfficersCase[]; pick: (id: string) => void }) {
  const show = (id: string) => {
    pick(id);
    window.scrollTo(0, 0);
  };
  return (
    <section class="several">
      <h2>{words.otherCases}</h2>
      <ul>
        {cases.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => show(one.id)}>
              <Shape kind={one.kind} />
              <span>
                <strong>{words.place(one)}</strong>
                <span>
                  {words.KINDS[one.kind].name} ·{" "}
                  {words.age(Math.max(0, Math.floor((serverNow() - Date.parse(one.received_at)) / 1000)))}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
