// Alerts of other authorities (CAP): they go nowhere until somebody here makes one a draft.

import { useState } from "preact/hooks";
import { useDoing } from "../../parts/form.ts";
import type { RoomTraits } from "../index.ts";
import type { Proposal } from "./wire.ts";
import { words } from "./words.ts";

const DOOR = "/console/api/cap";

export function Proposals({ desk }: { desk: RoomTraits["desk"] }) {
  const [found, setFound] = useState<Proposal[] | null>(null);
  const { fault, act } = useDoing();
  const read = () => act(async () => setFound((await desk.ask<{ items: Proposal[] }>("GET", DOOR)).items));
  const turned = (event: Event) => {
    if ((event.currentTarget as HTMLDetailsElement).open) void read();
  };
  const adopt = (one: Proposal) =>
    act(async () => {
      const { id } = await desk.ask<{ id: string }>("POST", `${DOOR}/${one.id}/adopt`);
      location.hash = `#/broadcasts/${id}`;
    });
  const dismiss = (one: Proposal) =>
    act(async () => {
      await desk.ask("POST", `${DOOR}/${one.id}/dismiss`);
      setFound((before) => before?.filter(({ id }) => id !== one.id) ?? null);
    });
  return (
    <details onToggle={turned}>
      <summary>{words.fromOthers}</summary>
      <p class="fault" role="alert">
        {fault}
      </p>
      {found && !found.length && <p class="quiet">{words.noneFromOthers}</p>}
      {found && found.length > 0 && (
        <ul class="threads">
          {found.map((one) => (
            <li key={one.id} class={`card proposal ${one.exercise ? "exercise" : ""}`}>
              <Told one={one} />
              <p class="deeds">
                <button type="button" class="second" onClick={() => void dismiss(one)}>
                  {words.dismiss}
                </button>
                <button type="button" class="first" onClick={() => void adopt(one)}>
                  {words.adopt}
                </button>
              </p>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

function Told({ one }: { one: Proposal }) {
  const { source } = one;
  const said = source.words.en ?? Object.values(source.words)[0];
  const facts = [
    source.sender_name ?? source.sender,
    one.place,
    words.heard(one.received_at),
    words.unsigned,
    one.touches_us ? words.touches : words.touchesNot,
    one.follows.length > 0 && words.followsOther,
  ];
  return (
    <div class="worded">
      <span class="marks">
        <span class={`severity ${one.severity}`}>{words.SEVERITIES[one.severity]}</span>
        {one.exercise && <span class="mark">{words.exercise}</span>}
      </span>
      <strong>{said?.title ?? source.event ?? words.noTitle}</strong>
      <span>{said?.body}</span>
      <span class="quiet">{facts.filter(Boolean).join(" · ")}</span>
    </div>
  );
}
