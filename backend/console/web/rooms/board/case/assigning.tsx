// Give the case to an officer on duty: the nearest who can be reached stands first, and one may type to find another.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Position } from "../../../../../web/browser/wire.ts";
import type { Desk } from "../../../desk.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { useDoing } from "../../../parts/form.ts";
import { FormDeeds } from "../../../parts/form_deeds.tsx";
import type { Case } from "../../../wire.ts";
import { type Candidate, candidates, matching } from "./choosing.ts";
import type { Opened } from "./opened.ts";
import { askedInOrder } from "./telling.ts";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  opened: Opened;
  one: Case;
  position: Position | null;
  close: () => void;
}

export function Assigning({ desk, opened, one, position, close }: Traits) {
  const { busy, fault, act } = useDoing();
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { standing } = desk;
  const all = candidates(standing.officers.values(), standing.positions, position, askedInOrder(one.offers));
  const found = matching(all, text);
  // The first of those that are shown, until one is picked by hand.
  const chosen = found.find(({ officer }) => officer.officer_id === picked) ?? found[0];
  useEffect(() => field.current?.focus(), []);
  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !chosen) return;
    event.preventDefault();
    const place = Math.min(found.length - 1, Math.max(0, found.indexOf(chosen) + by));
    setPicked(found[place]?.officer.officer_id ?? null);
  };
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (!chosen) return;
    const { officer_id } = chosen.officer;
    void act(() => opened.change("POST", "/assign", { officer_id })).then((done) => done && close());
  };
  return (
    <Dialog title={words.assignTitle} close={close} class="case-assigning">
      <form class="stack" onSubmit={send}>
        <label class="field">
          <span>{words.find}</span>
          <input
            ref={field}
            autocomplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={step}
          />
        </label>
        {found.length === 0 && <p class="quiet">{all.length ? words.nobodyFound : words.nobodyOnDuty}</p>}
        <fieldset class="case-candidates">
          <legend class="unseen">{words.officers}</legend>
          {found.map((one) => (
            <Choice
              key={one.officer.officer_id}
              one={one}
              picked={one === chosen}
              pick={() => setPicked(one.officer.officer_id)}
            />
          ))}
        </fieldset>
        <p class="fault" role="alert">
          {fault}
        </p>
        <FormDeeds
          notNow={words.leaveIt}
          leave={close}
          go={chosen ? words.sendThem(chosen.officer.name) : words.send}
          busy={busy || !chosen}
        />
      </form>
    </Dialog>
  );
}

function Choice({ one, picked, pick }: { one: Candidate; picked: boolean; pick: () => void }) {
  const line = useRef<HTMLLabelElement>(null);
  useEffect(() => {
    if (picked) line.current?.scrollIntoView({ block: "nearest" });
  }, [picked]);
  const { officer, distance_m, stale, said } = one;
  return (
    <label ref={line} class={picked ? "case-picked" : ""}>
      <input type="radio" name="officer" checked={picked} onChange={pick} />
      <strong>{officer.name}</strong>
      <span>
        {distance_m === null ? words.distanceUnknown : words.away(distance_m)}
        {stale && distance_m !== null && `, ${words.oldPosition}`}
      </span>
      <span class="quiet">
        {[
          words.duties[officer.state] ?? officer.state,
          ...officer.skills.map((skill) => skill.replaceAll("_", " ")),
        ].join(" · ")}
        {said && ` · ${words.saidBefore(said)}`}
        {!officer.reachable && <span class="amber"> · {words.unreachable}</span>}
      </span>
    </label>
  );
}
