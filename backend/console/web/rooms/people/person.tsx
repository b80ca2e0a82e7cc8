// One person: roles to grant and take, sign-ins to end.

import { useState } from "preact/hooks";
import { HoldButton } from "../../../../web/browser/holding.tsx";
import type { Desk } from "../../desk.ts";
import { Age } from "../../parts/age.tsx";
import { useDoing } from "../../parts/form.ts";
import { useReading } from "../../parts/reading.ts";
import { words as frame } from "../../words/index.ts";
import { difference, type FoundPerson, noEndingBy, noRolesBy, ROLES, type SignIn } from "./may.ts";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  person: FoundPerson;
  /** The list has to be read anew. */
  changed: () => void;
}

export function PersonCard({ desk, person, changed }: Traits) {
  return (
    <section class="card stack person-card" aria-labelledby="person">
      <h2 id="person">{person.name}</h2>
      <p class="quiet">
        {words.teams}: {person.teams.join(", ") || words.nothing} · {words.site}: {person.site ?? words.nothing}
      </p>
      <Roles desk={desk} person={person} changed={changed} />
      <SignIns desk={desk} person={person} changed={changed} />
    </section>
  );
}

function Roles({ desk, person, changed }: Traits) {
  const [wanted, setWanted] = useState<string[]>(person.roles);
  const [said, setSaid] = useState("");
  const { busy, fault, act } = useDoing();
  const no = desk.session ? noRolesBy(desk.session.person, person) : null;
  const { granted, taken } = difference(person.roles, wanted);
  const turn = (role: string, on: boolean) => {
    setSaid("");
    setWanted((before) => (on ? [...before, role] : before.filter((one) => one !== role)));
  };
  const save = () =>
    act(async () => {
      const roles = wanted.filter((role) => role !== "member");
      await desk.ask("PUT", `/console/api/people/${person.id}/roles`, { roles });
      setSaid(words.saved(person.name));
      changed();
    });
  return (
    <fieldset class="stack roles">
      <legend>{words.rolesTitle}</legend>
      {ROLES.map((role) => (
        <label key={role} class="check">
          <input
            type="checkbox"
            checked={wanted.includes(role)}
            disabled={no !== null}
            onChange={(event) => turn(role, event.currentTarget.checked)}
          />
          <span>
            {words.roles[role]} <span class="quiet">{words.means[role]}</span>
          </span>
        </label>
      ))}
      <p class="quiet">{no ? words[no] : taken.length ? words.takes : words.everybody}</p>
      <p class="fault" role="alert">
        {fault}
      </p>
      <p role="status">{said}</p>
      {!no && (
        <div class="deeds">
          <button
            type="button"
            class="first"
            aria-disabled={busy || granted.length + taken.length === 0}
            onClick={() => granted.length + taken.length > 0 && void save()}
          >
            {words.save}
          </button>
        </div>
      )}
    </fieldset>
  );
}

function SignIns({ desk, person, changed }: Traits) {
  const { found, fault: unread, again } = useReading<{ items: SignIn[] }>(desk, `/console/api/sessions/${person.id}`);
  const [said, setSaid] = useState("");
  const { fault, act } = useDoing();
  const no = desk.session ? noEndingBy(desk.session.person, person) : null;
  const end = (session: string | null) =>
    act(async () => {
      const { ended } = await desk.ask<{ ended: number }>("POST", `/console/api/sessions/${person.id}/end`, {
        session,
      });
      setSaid(words.ended(person.name, ended));
      again();
      changed();
    });
  return (
    <section class="stack" aria-labelledby="sign-ins">
      <h3 id="sign-ins">{words.signIns}</h3>
      <p class="fault" role="alert">
        {unread || fault}
      </p>
      <p role="status">{said}</p>
      {found?.items.length === 0 && <p class="quiet">{words.noSignIns}</p>}
      <ul class="sign-ins">
        {found?.items.map((one) => (
          <li key={one.id}>
            <span>
              {words.signIn(one.handset?.platform ?? null, one.handset?.app_version ?? null)}
              {one.current && ` · ${words.this}`}
              <span class="quiet">
                {words.lastUsed} <Age since={one.last_used} /> {words.ago} · {words.since(one.since)} ·{" "}
                {words.open(one.sockets)}
              </span>
            </span>
            {!no && (
              <HoldButton
                class="second"
                text={words.end}
                hint={frame.hold}
                again={frame.holdAgain}
                done={() => end(one.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {no && <p class="quiet">{words[no]}</p>}
      {!no && (found?.items.length ?? 0) > 1 && (
        <div class="deeds">
          <p class="quiet">{words.endMeans}</p>
          <HoldButton
            class="second"
            text={words.endAll}
            hint={frame.hold}
            again={frame.holdAgain}
            done={() => end(null)}
          />
        </div>
      )}
    </section>
  );
}
