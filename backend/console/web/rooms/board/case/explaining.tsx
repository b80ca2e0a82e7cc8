// Why these officers: which team by which route, the ladder's rungs and when they are due, who was not asked and why not.

import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../../../parts/dialog.tsx";
import { useDoing } from "../../../parts/form.ts";
import type { Opened } from "./opened.ts";
import { words } from "./record_words.ts";
import type { Explained } from "./wire.ts";
import { words as frame } from "./words.ts";

export function Explaining({ opened, close }: { opened: Opened; close: () => void }) {
  const { fault, act } = useDoing();
  const [told, setTold] = useState<Explained | null>(null);
  useEffect(() => {
    void act(async () => setTold(await opened.ask<Explained>("GET", "/explain")));
  }, []);
  return (
    <Dialog title={frame.whyTitle} close={close} class="case-explaining">
      <div class="stack">
        <p class="fault" role="alert">
          {fault}
        </p>
        {told && <Reasons told={told} />}
        <div class="deeds">
          <button type="button" class="second" onClick={close}>
            {words.close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function Reasons({ told }: { told: Explained }) {
  return (
    <>
      <p>{told.because}</p>
      <ul class="quiet">
        {told.routes.map((route) => (
          <li key={route}>{route}</li>
        ))}
        {told.by_todays_routes && <li class="amber">{words.todaysRoutes(told.by_todays_routes)}</li>}
        {told.mailbox && <li>{words.mailed}</li>}
        {told.climb > 0 && <li>{words.climbs(told.climb)}</li>}
      </ul>
      <h3>{words.rungs}</h3>
      <ol class="case-rungs">
        {told.rungs.map(({ number, due_at, state, words: says }) => (
          <li key={number} data-state={state}>
            <time dateTime={due_at}>{frame.time(due_at)}</time>
            <span>{says}</span>
            <span class="quiet">{words.rung[state] ?? state.replaceAll("_", " ")}</span>
          </li>
        ))}
      </ol>
      <h3>{words.notAsked}</h3>
      {told.not_asked.length === 0 && <p class="quiet">{words.notAskedNobody}</p>}
      <ul class="case-not-asked">
        {told.not_asked.map(({ officer_id, name, words: why }) => (
          <li key={officer_id}>
            <strong>{name}</strong> <span>{why}</span>
          </li>
        ))}
      </ul>
      {told.not_asked_in_the_other_world > 0 && (
        <p class="quiet">{words.otherWorld(told.not_asked_in_the_other_world)}</p>
      )}
    </>
  );
}
