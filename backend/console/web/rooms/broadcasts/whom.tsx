// Step two: whom it is for, and how far it would get to them.

import { useState } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import { Area } from "./area.tsx";
import type { AtHand } from "./at_hand.ts";
import { Check } from "./check.tsx";
import { Reached } from "./reached.tsx";
import { Scrolls } from "./scrolls.tsx";
import type { Audience } from "./wire.ts";
import { words } from "./words.ts";

type Listed = "sites" | "zones" | "teams";

export function WhomStep({ desk, one }: { desk: Desk; one: AtHand }) {
  const { campus, sketch } = one;
  if (!campus) return null;
  const { audience } = sketch;
  const write = (next: Partial<Audience>) =>
    one.write((before) => ({ ...before, audience: { ...before.audience, ...next } }));
  const turn = (list: Listed, id: string) => {
    const stands = one.sketch.audience[list];
    write({ [list]: stands.includes(id) ? stands.filter((other) => other !== id) : [...stands, id] });
  };
  const sites = campus.zones.filter(({ kind }) => kind === "site");
  const zones = campus.zones.filter(({ kind }) => kind !== "site");
  return (
    <>
      <div class="told-people">
        <div class="choices">
          <label class="choice">
            <input
              type="checkbox"
              name="everyone"
              checked={audience.everyone}
              onChange={() => write({ everyone: !audience.everyone })}
            />
            {words.everyone}
          </label>
          <label class="choice">
            <input type="checkbox" checked={audience.abroad} onChange={() => write({ abroad: !audience.abroad })} />
            {words.abroad}
          </label>
        </div>
        <Scrolls class="groups" name={`${words.sites}, ${words.teams}`}>
          <Choices list="sites" title={words.sites} all={sites} chosen={audience.sites} turn={turn} />
          <Choices list="teams" title={words.teams} all={campus.teams} chosen={audience.teams} turn={turn} />
        </Scrolls>
        <Who audience={audience} write={write} />
      </div>
      <div class="told-places">
        <Zones all={zones} sites={sites} chosen={audience.zones} turn={turn} />
        <Area desk={desk} audience={audience} write={write} />
      </div>
      <div class="far">
        <Reached one={one} />
        <Check one={one} step="whom" />
      </div>
    </>
  );
}

interface Choosing {
  list: Listed;
  title: string;
  all: readonly { id: string; name: string }[];
  chosen: readonly string[];
  turn: (list: Listed, id: string) => void;
}

function Choices({ list, title, all, chosen, turn }: Choosing) {
  return (
    <fieldset class="choosing">
      <legend>{title}</legend>
      <div class="choices">
        {all.map(({ id, name }) => (
          <label key={id} class="choice">
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => turn(list, id)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ZonesTraits extends Pick<Choosing, "chosen" | "turn"> {
  all: readonly { id: string; name: string; site: string }[];
  sites: readonly { id: string; name: string }[];
}

/** The chosen first, so that none is told without being seen. */
function Zones({ all, sites, chosen, turn }: ZonesTraits) {
  const [sought, setSought] = useState("");
  const wanted = sought.trim().toLowerCase();
  const site = (id: string) => sites.find((one) => one.id === id)?.name ?? "";
  const found = all
    .filter(({ name, site: at }) => !wanted || `${name} ${site(at)}`.toLowerCase().includes(wanted))
    .sort((one, other) => Number(chosen.includes(other.id)) - Number(chosen.includes(one.id)));
  return (
    <fieldset class="choosing zones">
      <legend>{words.zones}</legend>
      <input
        type="search"
        aria-label={words.findZone}
        placeholder={words.findZone}
        value={sought}
        onInput={(event) => setSought(event.currentTarget.value)}
      />
      <div class="choices list">
        {!found.length && <p class="quiet">{words.noZone}</p>}
        {found.map(({ id, name, site: at }) => (
          <label key={id} class="choice">
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => turn("zones", id)} />
            <span class="named">
              {name} <span class="quiet">{site(at)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Who({ audience, write }: { audience: Audience; write: (next: Partial<Audience>) => void }) {
  const now = audience.of === audience.in_now ? "both" : audience.of ? "of" : "in_now";
  return (
    <label class="field">
      <span>{words.who}</span>
      <select
        value={now}
        onChange={(event) => {
          const who = event.currentTarget.value;
          write({ of: who !== "in_now", in_now: who !== "of" });
        }}
      >
        {(["both", "of", "in_now"] as const).map((who) => (
          <option key={who} value={who}>
            {words.WHO[who]}
          </option>
        ))}
      </select>
    </label>
  );
}
