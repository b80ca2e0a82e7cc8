// What one should know of the person in trouble: only on asking, with a reason they can read, and not kept.

import { useState } from "preact/hooks";
import { Refused, Unreachable } from "../../../backend/web/browser/calling.ts";
import type { OfficersCase, Released } from "../../../backend/web/browser/wire.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";

export function Needs({ phone, incident }: { phone: Phone; incident: OfficersCase }) {
  const [released, setReleased] = useState<Released | null>(null);
  const [fault, setFault] = useState("");
  const look = async (reason: string) => {
    try {
      setFault("");
      setReleased(await phone.officer.needs(incident, reason));
    } catch (why) {
      if (!(why instanceof Refused || why instanceof Unreachable)) throw why;
      setFault(why instanceof Refused ? why.message : words.unreachable);
    }
  };
  return (
    <details class="needs story">
      <summary>{words.needs}</summary>
      <p class="fault" role="alert">
        {fault}
      </p>
      {released ? (
        <Told released={released} />
      ) : (
        <fieldset class="reasons">
          <legend>{words.needsWhy}</legend>
          {words.LOOK_REASONS.map((reason) => (
            <button key={reason} type="button" class="second" onClick={() => look(reason)}>
              {reason}
            </button>
          ))}
        </fieldset>
      )}
    </details>
  );
}

function Told({ released }: { released: Released }) {
  const { name, photo, mobile, medical_notes, evacuation_plan, emergency_contacts, unavailable } = released;
  const nothing = !photo && !mobile && !medical_notes && !evacuation_plan && !emergency_contacts.length;
  return (
    <div class="told">
      <h3>{name}</h3>
      {photo && <img src={`data:image/jpeg;base64,${photo}`} alt={words.needsPhoto(name)} />}
      {unavailable.length > 0 && <p class="amber">{words.needsUnavailable}</p>}
      {nothing && !unavailable.length && <p>{words.needsNothing}</p>}
      <dl>
        {medical_notes && (
          <>
            <dt>{words.needsMedical}</dt>
            <dd dir="auto">{medical_notes}</dd>
          </>
        )}
        {evacuation_plan && (
          <>
            <dt>{words.needsPlan}</dt>
            <dd dir="auto">{evacuation_plan}</dd>
          </>
        )}
      </dl>
      {mobile && <Ring number={mobile} label={name} />}
      {emergency_contacts.length > 0 && <h3>{words.needsContacts}</h3>}
      {emergency_contacts.map((one) => (
        <Ring key={one.number} number={one.number} label={[one.name, one.relation].filter(Boolean).join(", ")} />
      ))}
    </div>
  );
}

function Ring({ number, label }: { number: string; label: string }) {
  return (
    <a class="call" href={`tel:${number.replace(/[^\d+*#]/g, "")}`}>
      <strong>{words.ring(number)}</strong>
      <span>{label}</span>
    </a>
  );
}
