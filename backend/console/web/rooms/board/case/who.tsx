// Who called; and, behind a reason that they can read, what they have told about themself.

import { useEffect, useState } from "preact/hooks";
import { isOpen } from "../../../board.ts";
import { useDoing } from "../../../parts/form.ts";
import type { Case } from "../../../wire.ts";
import type { Opened } from "./opened.ts";
import type { Released } from "./wire.ts";
import { words } from "./words.ts";

const REASON = 500;

export function Who({ opened, one }: { opened: Opened; one: Case }) {
  const [asks, setAsks] = useState(false);
  const [shown, setShown] = useState<{ profile: Released; reason: string } | null>(null);
  const open = isOpen(one);
  useEffect(() => {
    if (!open) setShown(null);
  }, [open]);
  const { caller } = one;
  return (
    <section class="case-box">
      <h3>{words.who}</h3>
      <div class="case-caller">
        <p dir="auto">{caller.name ?? words.unknownCaller}</p>
        {caller.person_id && open && !asks && !shown && (
          <button type="button" class="second" onClick={() => setAsks(true)}>
            {words.openProfile}
          </button>
        )}
      </div>
      {caller.number && (
        <p>
          <a href={`tel:${caller.number}`}>{words.call(caller.number)}</a>
        </p>
      )}
      {!caller.person_id && <p class="quiet">{words.noAccount}</p>}
      {caller.person_id && !open && <p class="quiet case-off-paper">{words.profileClosed}</p>}
      {asks && (
        <Asking
          opened={opened}
          leave={() => setAsks(false)}
          show={(profile, reason) => {
            setAsks(false);
            setShown({ profile, reason });
          }}
        />
      )}
      {shown && <Profile {...shown} putAway={() => setShown(null)} />}
    </section>
  );
}

interface AskingTraits {
  opened: Opened;
  leave: () => void;
  show: (profile: Released, reason: string) => void;
}

function Asking({ opened, leave, show }: AskingTraits) {
  const { busy, fault, act } = useDoing();
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const said = [given.get("reason"), given.get("own")].map((part) => String(part ?? "").trim());
    const reason = said.filter(Boolean).join(": ").slice(0, REASON);
    void act(async () => show(await opened.ask<Released>("POST", "/profile", { reason }), reason));
  };
  return (
    <form class="stack case-profile-asked" onSubmit={ask}>
      <p class="quiet">{words.profileMeans}</p>
      <fieldset class="case-reasons">
        <legend>{words.reason}</legend>
        {words.reasons.map((reason, index) => (
          <label key={reason}>
            <input type="radio" name="reason" value={reason} defaultChecked={index === 0} />
            {reason}
          </label>
        ))}
        <label>
          <input type="radio" name="reason" value="" />
          {words.ownReason}
        </label>
      </fieldset>
      <label class="field">
        <span class="unseen">{words.ownReason}</span>
        <input name="own" maxLength={REASON - 60} autocomplete="off" placeholder={words.ownReason} />
      </label>
      <p class="fault" role="alert">
        {fault}
      </p>
      <div class="deeds">
        <button type="button" class="plain" onClick={leave}>
          {words.leaveIt}
        </button>
        <button type="submit" class="second" aria-disabled={busy}>
          {words.show}
        </button>
      </div>
    </form>
  );
}

function Profile({ profile, reason, putAway }: { profile: Released; reason: string; putAway: () => void }) {
  const missing = new Map(profile.unavailable.map(({ field, message }) => [field, message]));
  const plain = ["medical_notes", "evacuation_plan", "mobile", "language"] as const;
  return (
    <section class="case-profile stack" aria-label={words.profileOf(profile.name)}>
      {profile.photo && <img src={`data:image/jpeg;base64,${profile.photo}`} alt={words.photoOf(profile.name)} />}
      <dl>
        {plain.map((field) => (
          <div key={field}>
            <dt>{words.fields[field]}</dt>
            <dd class={missing.has(field) ? "amber" : ""} dir="auto">
              {missing.get(field) ?? profile[field] ?? <span class="quiet">{words.nothingTold}</span>}
            </dd>
          </div>
        ))}
        <div>
          <dt>{words.fields.emergency_contacts}</dt>
          {profile.emergency_contacts.map(({ name, number, relation }) => (
            <dd key={number}>
              {name}
              {relation && `, ${relation}`} <a href={`tel:${number}`}>{number}</a>
            </dd>
          ))}
          {!profile.emergency_contacts.length && (
            <dd>{missing.get("emergency_contacts") ?? <span class="quiet">{words.nothingTold}</span>}</dd>
          )}
        </div>
      </dl>
      {profile.changed_at && <p class="quiet">{words.changed(profile.changed_at)}</p>}
      <p class="quiet">{words.profileWritten(reason)}</p>
      <button type="button" class="second" onClick={putAway}>
        {words.putAway}
      </button>
    </section>
  );
}
