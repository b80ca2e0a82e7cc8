// Oneself at the desk: one's keys, one's leave, and the colleagues with the fingerprints to compare.

import { useEffect, useState } from "preact/hooks";
import { HoldButton } from "../../../../web/browser/holding.tsx";
import { spoken } from "../../../../web/browser/sealing/key_file.ts";
import { type Desk, sentenceOf } from "../../desk.ts";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { words as frame } from "../../words/index.ts";
import { Introduction, KeyFromElsewhere } from "./introducing.tsx";
import type { Colleague, Leave, OwnKeys, Page } from "./wire.ts";
import { words } from "./words.ts";
import { API } from "./working.ts";

interface Told {
  keys: OwnKeys;
  leave: Leave;
  colleagues: Colleague[];
}

export function MeView({ desk }: { desk: Desk }) {
  const [told, setTold] = useState<Told | null>(null);
  const [fault, setFault] = useState("");
  const look = () => {
    all(desk).then(setTold, (why) => setFault(sentenceOf(why)));
  };
  useEffect(look, [desk]);
  const isMe = ({ adviser_id }: Colleague) => adviser_id === desk.session?.person.id;
  return (
    <div class="stack">
      <h1>{words.places.me}</h1>
      <p class="fault" role="alert">
        {fault}
      </p>
      {told && (
        <div class="me">
          <div class="stack">
            <Keys desk={desk} keys={told.keys} look={look} />
            <Introduction desk={desk} me={told.colleagues.find(isMe)} look={look} />
          </div>
          <OwnLeave desk={desk} leave={told.leave} look={look} />
          <Colleagues colleagues={told.colleagues} />
        </div>
      )}
    </div>
  );
}

async function all(desk: Desk): Promise<Told> {
  const [keys, leave, colleagues] = await Promise.all([
    desk.ask<OwnKeys>("GET", `${API}/keys`),
    desk.ask<Leave>("GET", `${API}/leave`),
    desk.ask<Page<Colleague>>("GET", `${API}/advisers`),
  ]);
  return { keys, leave, colleagues: colleagues.items };
}

function Keys({ desk, keys, look }: { desk: Desk; keys: OwnKeys; look: () => void }) {
  const { fault, act } = useDoing();
  const retire = async (keyId: string) => {
    if (await act(() => desk.ask("DELETE", `${API}/keys/${keyId}`))) look();
  };
  return (
    <section class="card stack" aria-labelledby="my-keys">
      <h2 id="my-keys">{words.myKeys}</h2>
      <ul class="stack">
        {keys.items.map((one) => (
          <li key={one.key_id} class="own-key">
            <code>{spoken(one.key_id)}</code>
            <span class="quiet">
              {one.retired_on ? words.retired(words.day(one.retired_on)) : words.inUse(words.day(one.made_on))}
            </span>
            {!one.retired_on && (
              <HoldButton
                class="plain"
                text={words.retire}
                hint={frame.hold}
                again={frame.holdAgain}
                done={() => void retire(one.key_id)}
              />
            )}
          </li>
        ))}
      </ul>
      <KeyFromElsewhere
        key={keys.items.map(({ key_id }) => key_id).join()}
        desk={desk}
        beside={keys.items.some(({ retired_on }) => !retired_on)}
        done={look}
      />
      <p class="quiet">
        {words.recoveryKey}: {keys.recovery ? <code>{spoken(keys.recovery)}</code> : words.noRecovery}
      </p>
      <p class="fault" role="alert">
        {fault}
      </p>
    </section>
  );
}

function OwnLeave({ desk, leave, look }: { desk: Desk; leave: Leave; look: () => void }) {
  const { busy, fault, act } = useDoing();
  const go = async (event: SubmitEvent) => {
    const { from, until } = fieldsOf(event);
    if (await act(() => desk.ask("PUT", `${API}/leave`, { from, until: until || null }))) look();
  };
  const back = async () => {
    if (await act(() => desk.ask("DELETE", `${API}/leave`))) look();
  };
  return (
    <section class="card stack" aria-labelledby="my-leave">
      <h2 id="my-leave">{words.leave}</h2>
      {leave.from && <p>{words.onLeave(words.day(leave.from), leave.until && words.day(leave.until))}</p>}
      {leave.from && leave.to_hand_over.length > 0 && (
        <p class="amber">{words.toHandOver(leave.to_hand_over.length)}</p>
      )}
      <p class="fault" role="alert">
        {fault}
      </p>
      {leave.from ? (
        <div class="deeds">
          <button type="button" class="second" aria-disabled={busy} onClick={() => void back()}>
            {words.comeBack}
          </button>
        </div>
      ) : (
        <form class="stack" onSubmit={(event: SubmitEvent) => void go(event)}>
          <div class="two">
            <label class="field">
              <span>{words.leaveFrom}</span>
              <input type="date" name="from" required />
            </label>
            <label class="field">
              <span>{words.leaveUntil}</span>
              <input type="date" name="until" aria-describedby="leave-hint" />
            </label>
          </div>
          <p class="quiet" id="leave-hint">
            {words.leaveHint}
          </p>
          <div class="deeds">
            <button type="submit" class="second" aria-disabled={busy}>
              {words.goOnLeave}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}

function Colleagues({ colleagues }: { colleagues: Colleague[] }) {
  return (
    <section class="card stack colleagues" aria-labelledby="colleagues">
      <h2 id="colleagues">{words.colleagues}</h2>
      <p class="quiet">{words.compareAll}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.faculty}</th>
            <th scope="col">{words.trainedOn}</th>
            <th scope="col">{words.keyInUse}</th>
            <th scope="col">{words.onLeaveColumn}</th>
          </tr>
        </thead>
        <tbody>
          {colleagues.map((one) => (
            <tr key={one.adviser_id}>
              <th scope="row">{one.name}</th>
              <td>{one.faculty ?? ""}</td>
              <td>{one.trained_on ? words.day(one.trained_on) : ""}</td>
              <td>
                {Object.keys(one.keys).map((keyId) => (
                  <code key={keyId}>{spoken(keyId)}</code>
                ))}
                {Object.keys(one.keys).length === 0 && <span class="amber">{words.noKey}</span>}
              </td>
              <td>
                {one.away_from
                  ? words.onLeave(words.day(one.away_from), one.away_until && words.day(one.away_until))
                  : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
