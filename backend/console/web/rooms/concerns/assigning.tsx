// Two take a concern: two are proposed, a person chooses; whoever came later is given copies that are made here.

import { useState } from "preact/hooks";
import { spoken } from "../../../../web/browser/sealing/key_file.ts";
import { useDoing } from "../../parts/form.ts";
import { Deeds } from "./parts.tsx";
import { copiesFor } from "./reading.ts";
import type { Candidate } from "./wire.ts";
import { words } from "./words.ts";
import { API, toTheList, type Work } from "./working.ts";

const TWO = 2;

export function Assigning({ work }: { work: Work }) {
  const { desk, keys, concern, done, cancel } = work;
  const { busy, fault, act } = useDoing();
  const [problem, setProblem] = useState("");
  const [chosen, setChosen] = useState(() => concern.advisers.filter(({ proposed }) => proposed).map(idOf));
  const turn = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const me = desk.session?.person.id;
  const leaves = me !== undefined && !chosen.includes(me);
  const assign = async (event: SubmitEvent) => {
    event.preventDefault();
    if (chosen.length !== TWO) return setProblem(words.notTwo);
    const late = concern.advisers.filter((one) => chosen.includes(one.adviser_id) && one.needs_copies);
    const copies = copiesFor(concern, late, keys);
    if (!copies) return setProblem(words.notAll);
    setProblem("");
    if (await act(() => desk.ask("POST", `${API}/${concern.id}/assign`, { adviser_ids: chosen, copies })))
      (leaves ? toTheList : done)();
  };
  return (
    <form class="stack" onSubmit={(event: SubmitEvent) => void assign(event)}>
      <p class="quiet">{words.assignMeans}</p>
      <ul class="candidates">
        {concern.advisers.map((one) => (
          <li key={one.adviser_id}>
            <label class={one.cannot ? "cannot" : ""}>
              <input
                type="checkbox"
                disabled={one.cannot !== null}
                checked={chosen.includes(one.adviser_id)}
                onChange={() => turn(one.adviser_id)}
              />
              <span>
                {one.name}
                {one.proposed && <em> {words.proposed}</em>}
                <span class="quiet">{one.cannot ?? fingerprints(one)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {leaves && <p>{words.assignOthers}</p>}
      <Deeds fault={problem || fault} busy={busy} go={words.assignTwo} cancel={cancel} />
    </form>
  );
}

function idOf({ adviser_id }: Candidate): string {
  return adviser_id;
}

function fingerprints({ faculty, keys }: Candidate): string {
  return [faculty, ...Object.keys(keys).map(spoken)].filter(Boolean).join(" · ");
}
