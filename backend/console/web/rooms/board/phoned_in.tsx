// A case for somebody who rang 4444: the kind, the place, the caller, and what has happened.

import { useEffect, useState } from "preact/hooks";
import { Shape } from "../../../../web/browser/shapes.tsx";
import type { Kind } from "../../../../web/browser/wire.ts";
import type { Desk } from "../../desk.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { FormDeeds } from "../../parts/form_deeds.tsx";
import type { Case } from "../../wire.ts";
import { words as frame } from "../../words/index.ts";
import type { Found } from "./finding.ts";
import { phonedIn, type Start } from "./phoning.ts";
import { PlaceField } from "./place_field.tsx";
import { words } from "./words.ts";

const KINDS: Kind[] = ["emergency", "first_aid", "help"];

/** Nothing, until somebody opens it. */
export function PhonedIn({ desk }: { desk: Desk }) {
  const [start, setStart] = useState<Start | null>(null);
  useEffect(() => {
    phonedIn.heardBy(setStart);
    return () => phonedIn.heardBy(() => undefined);
  }, []);
  return start && <Form desk={desk} start={start} close={() => setStart(null)} />;
}

function Form({ desk, start, close }: { desk: Desk; start: Start; close: () => void }) {
  const { busy, fault, act } = useDoing();
  const [place, setPlace] = useState<Found | null>(null);
  const { position } = start;
  const raise = (event: SubmitEvent) => {
    const { kind, name, number, note, floor, place: typed } = fieldsOf(event);
    // A level, and a place that is none of the campus's, have no member on the wire: officers read them as words.
    const unknown = !place && typed ? words.atPlace(typed) : "";
    const said = [unknown, place && floor ? words.onFloor(floor) : "", note].filter(Boolean).join(" ");
    const where = position ? { position: { ...position, source: "map" } } : { zone: place?.id ?? null };
    const call = { kind, ...where, caller: { name: name || null, number: number || null }, note: said || null };
    void act(async () => {
      const made = await desk.ask<Case>("POST", "/console/api/incidents", call);
      desk.standing.take("incident", { ...made });
      close();
      location.hash = `#/board/${made.id}`;
    });
  };
  return (
    <Dialog title={words.phonedIn} close={close} class="phoned-in">
      <form class="stack" onSubmit={raise}>
        <p class="quiet">{words.phonedInMeans}</p>
        <p class="fault" role="alert">
          {fault}
        </p>
        <KindChoice first={start.kind ?? "emergency"} />
        {position ? (
          <p>{words.onMap(position.latitude, position.longitude)}</p>
        ) : (
          <PlaceField places={desk.standing.campus?.zones ?? []} chosen={place} choose={setPlace} />
        )}
        {place && place.floors.length > 0 && <Floors key={place.id} floors={place.floors} />}
        <div class="caller">
          <label class="field">
            <span>{words.callerName}</span>
            <input name="name" maxLength={120} autocomplete="off" />
          </label>
          <label class="field">
            <span>{words.callerNumber}</span>
            <input name="number" type="tel" maxLength={30} autocomplete="off" />
          </label>
        </div>
        <label class="field">
          <span>{words.note}</span>
          <textarea name="note" rows={3} maxLength={NOTE} aria-describedby="note-hint" />
        </label>
        <p class="quiet" id="note-hint">
          {words.noteHint}
        </p>
        <FormDeeds notNow={words.leave} leave={close} go={words.raise} busy={busy} />
      </form>
    </Dialog>
  );
}

/** As long as the server takes, with room for the place before it. */
const NOTE = 1850;

function KindChoice({ first }: { first: Kind }) {
  return (
    <fieldset class="kinds">
      <legend class="unseen">{words.kind}</legend>
      {KINDS.map((kind) => (
        <label key={kind} class={`kind ${kind}`}>
          <input type="radio" name="kind" value={kind} defaultChecked={kind === first} />
          <Shape kind={kind} />
          <span>{frame.kinds[kind]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Floors({ floors }: { floors: string[] }) {
  return (
    <fieldset class="floors">
      <legend class="quiet">{words.floor}</legend>
      {["", ...floors].map((floor) => (
        <label key={floor}>
          <input type="radio" name="floor" value={floor} defaultChecked={floor === ""} />
          <span>{floor || words.floorNotKnown}</span>
        </label>
      ))}
    </fieldset>
  );
}
