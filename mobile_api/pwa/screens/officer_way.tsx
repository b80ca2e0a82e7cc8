// Which way and how far: an arrow where the phone has a compass, else the wind; how old both places are.

import { now } from "../../../backend/web/browser/clock.ts";
import type { OfficersCase, Position } from "../../../backend/web/browser/wire.ts";
import { arrow, bearing, distance_m, isHere, wind } from "../bearing.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";

/** A place that is older says where somebody was. */
const OLD_S = 60;

export function Way({ phone, incident }: { phone: Phone; incident: OfficersCase }) {
  const own = phone.whereabouts.last;
  const theirs = incident.position;
  if (!theirs) return <p class="way amber">{words.placeUnknown}</p>;
  return (
    <section class="way">
      {own ? <Pointing phone={phone} own={own} theirs={theirs} /> : <p class="amber">{words.ownPlaceUnknown}</p>}
      <p class={age(theirs) > OLD_S ? "amber" : "quiet"}>
        {words.theirPlace(words.age(age(theirs)), theirs.accuracy_m)}
      </p>
      {own && age(own) > OLD_S && <p class="amber">{words.ownPlaceOld(words.age(age(own)))}</p>}
    </section>
  );
}

function Pointing({ phone, own, theirs }: { phone: Phone; own: Position; theirs: Position }) {
  const metres = distance_m(own, theirs);
  const towards = bearing(own, theirs);
  const { degrees } = phone.officer.heading;
  if (isHere(metres, own.accuracy_m, theirs.accuracy_m)) return <p class="lead">{words.hereAlready}</p>;
  return (
    <p class="pointing">
      {degrees !== null && (
        <svg viewBox="0 0 48 48" class="arrow" aria-hidden="true" style={{ rotate: `${arrow(towards, degrees)}deg` }}>
          <path d="M24 3l15 39-15-9-15 9z" />
        </svg>
      )}
      <span>
        <strong>{words.metres(metres)}</strong>
        <span>{words.bearing(wind(towards))}</span>
      </span>
    </p>
  );
}

function age({ recorded_at }: Position): number {
  return recorded_at ? Math.max(0, Math.floor((now() - Date.parse(recorded_at)) / 1000)) : 0;
}
