// What those who come should know, in its owner's own words, and who has looked at it. Nothing of it is kept on the phone.

import { useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "../../../backend/web/browser/calling.ts";
import type { Phone } from "../phone.ts";
import { changes, type Draft, draftOf, faultsOf, MOST_CONTACTS, type Profile } from "../profile.ts";
import { words } from "../words/index.ts";
import { sentenceOf, useAsked } from "./asked.ts";
import { Backwards } from "./me.tsx";
import { Photo } from "./photo.tsx";
import { Typed, TypedAtLength } from "./typed.tsx";
import { Views } from "./views.tsx";

export function OwnProfile({ phone }: { phone: Phone }) {
  const asked = useAsked<Profile>(phone, "/v1/profile");
  return (
    <section class="page">
      <Backwards />
      <h1>{words.profile}</h1>
      <p>{words.profileWho}</p>
      {asked.answer && <Form phone={phone} profile={asked.answer} saved={asked.put} />}
      {!asked.answer && !asked.fault && <p role="status">{words.profileReading}</p>}
      {!asked.answer && asked.fault && (
        <div class="card stack">
          <p role="alert">{words.profileUnread}</p>
          <button type="button" class="second" onClick={() => void asked.again()}>
            {words.readAgain}
          </button>
        </div>
      )}
      <Views phone={phone} />
      <p class="quiet">{words.profileNotKept}</p>
    </section>
  );
}

function Form({ phone, profile, saved }: { phone: Phone; profile: Profile; saved: (profile: Profile) => void }) {
  const [draft, setDraft] = useState(() => draftOf(profile));
  const [faults, setFaults] = useState(new Map<string, string>());
  const [said, setSaid] = useState<{ well: boolean; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (faults.size) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [faults]);
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setSaid(null);
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setSaid(null);
    const written = draft.emergency_contacts.filter((one) => one.name || one.number || one.relation);
    setDraft({ ...draft, emergency_contacts: written });
    try {
      const kept = await phone.ask<Profile>("PUT", "/v1/profile", changes(profile, draft));
      saved(kept);
      setDraft(draftOf(kept));
      setFaults(new Map());
      setSaid({ well: true, text: words.saved });
    } catch (why) {
      const wrong = why instanceof Refused ? faultsOf(why) : new Map<string, string>();
      setFaults(wrong);
      setSaid({ well: false, text: wrong.size ? words.unsaved : sentenceOf(why) });
    } finally {
      setBusy(false);
    }
  };
  const closed = (field: string) => profile.unavailable.find((one) => one.field === field)?.message;
  return (
    <form class="stack" onSubmit={save} ref={form} noValidate>
      <Photo
        photo={draft.photo}
        fault={faults.get("photo") ?? closed("photo")}
        changed={(photo) => change({ photo })}
      />
      <TypedAtLength
        name="medical_notes"
        label={words.medicalNotes}
        hint={words.medicalHint}
        fault={faults.get("medical_notes") ?? closed("medical_notes")}
        maxLength={2000}
        value={draft.medical_notes}
        changed={(medical_notes) => change({ medical_notes })}
      />
      <TypedAtLength
        name="evacuation_plan"
        label={words.evacuationPlan}
        hint={words.evacuationHint}
        fault={faults.get("evacuation_plan") ?? closed("evacuation_plan")}
        maxLength={4000}
        value={draft.evacuation_plan}
        changed={(evacuation_plan) => change({ evacuation_plan })}
      />
      <Typed
        name="mobile"
        type="tel"
        autocomplete="tel"
        label={words.mobile}
        hint={words.mobileMeans}
        fault={faults.get("mobile")}
        value={draft.mobile}
        changed={(text) => change({ mobile: text })}
      />
      <Contacts draft={draft} faults={faults} fault={closed("emergency_contacts")} change={change} />
      <button type="submit" class="first" aria-disabled={busy}>
        {busy ? words.saving : words.save}
      </button>
      <p class={said && !said.well ? "fault" : ""} role={said && !said.well ? "alert" : "status"}>
        {said?.text ?? (profile.changed_at ? words.savedAt(profile.changed_at) : "")}
      </p>
    </form>
  );
}

interface Listed {
  draft: Draft;
  faults: Map<string, string>;
  fault: string | undefined;
  change: (part: Partial<Draft>) => void;
}

function Contacts({ draft, faults, fault, change }: Listed) {
  const contacts = draft.emergency_contacts;
  const put = (place: number, part: Partial<(typeof contacts)[number]>) =>
    change({ emergency_contacts: contacts.map((one, at) => (at === place ? { ...one, ...part } : one)) });
  return (
    <section class="stack">
      <h2>{words.contacts}</h2>
      {fault && <p class="fault">{fault}</p>}
      {contacts.map((one, place) => (
        <fieldset key={place} class="card stack">
          <legend class="unseen">{words.contact(place + 1)}</legend>
          <Typed
            name={`emergency_contacts.${place}.name`}
            label={words.contactName}
            maxLength={120}
            fault={faults.get(`emergency_contacts.${place}.name`)}
            value={one.name}
            changed={(text) => put(place, { name: text })}
          />
          <Typed
            name={`emergency_contacts.${place}.number`}
            label={words.contactNumber}
            type="tel"
            maxLength={40}
            fault={faults.get(`emergency_contacts.${place}.number`)}
            value={one.number}
            changed={(text) => put(place, { number: text })}
          />
          <Typed
            name={`emergency_contacts.${place}.relation`}
            label={words.contactRelation}
            maxLength={60}
            value={one.relation}
            changed={(text) => put(place, { relation: text })}
          />
          <button
            type="button"
            class="plain"
            onClick={() => change({ emergency_contacts: contacts.filter((_, at) => at !== place) })}
          >
            {words.contactRemove(one.name)}
          </button>
        </fieldset>
      ))}
      {contacts.length < MOST_CONTACTS && (
        <button
          type="button"
          class="second"
          onClick={() => change({ emergency_contacts: [...contacts, { name: "", number: "", relation: "" }] })}
        >
          {words.contactAdd}
        </button>
      )}
    </section>
  );
}
