// Referrals to an outside body, the Prevent lead's: a sheet in the order of the national form, sent by a human.

import { useEffect, useState } from "preact/hooks";
import { HoldButton } from "../../../../web/browser/holding.tsx";
import { sentenceOf } from "../../desk.ts";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { words as frame } from "../../words/index.ts";
import { Deeds, One } from "./parts.tsx";
import { sealed } from "./reading.ts";
import type { Page, Referral, ReferralForm } from "./wire.ts";
import { words } from "./words.ts";
import { API, sendSealed, type Work } from "./working.ts";

export function Referring({ work }: { work: Work }) {
  const { busy, fault, act } = useDoing();
  const [form, setForm] = useState<ReferralForm | null>(null);
  const [missing, setMissing] = useState("");
  useEffect(() => {
    const asked = work.desk.ask<ReferralForm>("GET", `${API}/referral-sheet`);
    asked.then(setForm, (why) => setMissing(sentenceOf(why)));
  }, [work.desk]);
  const refer = async (event: SubmitEvent) => {
    const { consent, legal_basis, ...given } = fieldsOf(event);
    const sheet = Object.fromEntries(Object.entries(given).filter(([, said]) => said));
    const told = Object.fromEntries(Object.entries(sheet).map(([name, said]) => [name.replace("sheet-", ""), said]));
    const body = (concern: Work["concern"]) => ({ consent, legal_basis, sheet: sealed(concern, told) });
    if (await act(() => sendSealed(work, "referrals", body))) work.done();
  };
  const said = (names: string[], catalogue: Record<string, string>) =>
    names.map((name) => [name, catalogue[name] ?? name] as const);
  return (
    <form class="stack" onSubmit={(event: SubmitEvent) => void refer(event)}>
      <p class="quiet">{words.referMeans}</p>
      {form && (
        <>
          <One name="consent" label={words.consent} from={said(form.consent, words.consents)} />
          <One name="legal_basis" label={words.basis} from={said(form.legal_basis, words.bases)} />
          {form.headings.map(({ name, title, asks }) => (
            <div key={name} class="field">
              <label for={`sheet-${name}`}>{title}</label>
              <p class="quiet" id={`asks-${name}`}>
                {asks}
              </p>
              <textarea
                id={`sheet-${name}`}
                name={`sheet-${name}`}
                rows={3}
                maxLength={20_000}
                aria-describedby={`asks-${name}`}
              />
            </div>
          ))}
        </>
      )}
      <Deeds fault={missing || fault} busy={busy} go={words.referSend} cancel={work.cancel} />
    </form>
  );
}

export function Referrals({ work }: { work: Work }) {
  const { desk, concern } = work;
  const { fault, act } = useDoing();
  const [items, setItems] = useState<Referral[]>([]);
  useEffect(() => {
    const asked = desk.ask<Page<Referral>>("GET", `${API}/${concern.id}/referrals`);
    asked.then(
      (page) => setItems(page.items),
      () => setItems([]),
    );
  }, [desk, concern]);
  if (items.length === 0) return null;
  const at = (one: Referral) => `${API}/${concern.id}/referrals/${one.id}`;
  const press = async (deed: () => Promise<unknown>) => {
    if (await act(deed)) work.done();
  };
  const sent = (one: Referral) => () =>
    desk.ask("POST", `${at(one)}/sent`, { sent_on: new Date().toISOString().slice(0, 10) });
  const isLead = desk.has("prevent_lead");
  return (
    <div class="stack">
      <h3>{words.referrals}</h3>
      <ul class="stack">
        {items.map((one) => (
          <li key={one.id} class="stack">
            <p>
              {words.referredOn(words.day(one.day))} · {words.consents[one.consent]} · {words.bases[one.legal_basis]} ·{" "}
              {one.sent_on ? words.sentOn(words.day(one.sent_on)) : words.notSent}
            </p>
            {isLead && !one.sent_on && (
              <div class="deeds">
                <HoldButton
                  class="plain"
                  text={words.withdraw}
                  hint={frame.hold}
                  again={frame.holdAgain}
                  done={() => void press(() => desk.ask("DELETE", at(one)))}
                />
                <button type="button" class="second" onClick={() => void press(sent(one))}>
                  {words.markSent}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <p class="fault" role="alert">
        {fault}
      </p>
    </div>
  );
}
