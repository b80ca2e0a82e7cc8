// What a controller must know of a case in five seconds: what, where, how old, who comes, and what nobody has done.

import { Shape } from "../../../../../web/browser/shapes.tsx";
import type { Position } from "../../../../../web/browser/wire.ts";
import { isOpen, thresholds } from "../../../board.ts";
import { Age } from "../../../parts/age.tsx";
import { Clock } from "../../../parts/clock.tsx";
import type { Alarm, Case, Policy } from "../../../wire.ts";
import { answered, marks, somebodyThere } from "./telling.ts";
import { words } from "./words.ts";

/** From when on a position no longer says where somebody is, as the server judges officers' positions. */
const OLD_S = 60;
const VERY_OLD_S = 300;

interface Traits {
  one: Case;
  position: Position | null;
  me: { id: string; name: string };
  policies: readonly Policy[];
  headingId: string;
}

export function Head({ one, position, me, policies, headingId }: Traits) {
  const open = isOpen(one);
  const told = answered(one);
  const bad = told.came === "nobody_yes" || told.came === "nobody_asked" || told.came === "late";
  const found = marks(one);
  const detail = one.subtype?.replaceAll("_", " ");
  return (
    <header class={`case-head ${one.exercise ? "exercise" : ""}`}>
      <a class="plain case-close" href="#/board">
        <span class="unseen">{words.closeCase}</span>
        <span aria-hidden="true">×</span>
      </a>
      {found.length > 0 && (
        <p class="case-marks">
          {found.map((mark) => (
            <strong key={mark} class={`mark-${mark}`}>
              {words.mark[mark]}
            </strong>
          ))}
        </p>
      )}
      <h2 id={headingId} tabIndex={-1}>
        <Shape kind={one.kind} />
        <span>
          {words.kinds[one.kind]}
          {detail && <span class="case-detail">, {detail}</span>} <span class="case-reference">{one.reference}</span>
        </span>
        {open && <Age since={one.received_at} {...thresholds(one, policies)} />}
      </h2>
      <p class="case-place">
        {placeOf(one, position)}
        {position?.accuracy_m != null && <span class="case-accuracy"> ({words.accuracy(position.accuracy_m)})</span>}
      </p>
      {open && <PositionLine position={position} />}
      <p class={`case-truth ${bad && open ? "case-bad" : ""}`}>
        <span>{words.state(told)}</span>
        {open && !one.seen && <span> {words.unseen}</span>}
        {open && !somebodyThere(one) && <span> {words.nobodyThere}</span>}
      </p>
      <p class="quiet">
        {words.raised(one.received_at)} · {words.triggers[one.trigger] ?? one.trigger.replaceAll("_", " ")}
      </p>
      {one.note && <p class="case-call-note">{one.note}</p>}
      <Alarms alarms={one.alarms} />
      {open ? <Taken one={one} me={me.id} /> : <p class="quiet">{words.closed}</p>}
      <p class="quiet case-paper">
        {words.printed} {new Date().toLocaleDateString("en-GB")} <Clock /> {words.printedBy(me.name)}
      </p>
    </header>
  );
}

export function placeOf(one: Case, position: Position | null): string {
  if (one.zone) return words.place(one.zone.name, position?.floor ?? null);
  return position ? words.outside : words.nowhere;
}

/** No position is a fact too; an old one says so beside its figures. */
function PositionLine({ position }: { position: Position | null }) {
  if (!position) return <p class="quiet">{words.noPosition}</p>;
  const { latitude, longitude, recorded_at, source } = position;
  return (
    <p class="quiet case-position">
      {words.position}{" "}
      {recorded_at && (
        <>
          <Age since={recorded_at} amber_s={OLD_S} red_s={VERY_OLD_S} /> {words.ago} ·{" "}
        </>
      )}
      {latitude.toFixed(5)}, {longitude.toFixed(5)}
      {source && ` · ${source}`}
    </p>
  );
}

function Alarms({ alarms }: { alarms: Alarm[] }) {
  const standing = alarms.filter(({ taken_at }) => taken_at === null);
  if (!standing.length) return null;
  return (
    <ul class="case-alarms" aria-label={words.alarms}>
      {standing.map(({ alarm_id, reason, since }) => (
        <li key={alarm_id}>
          {words.alarm(reason)} <Age since={since} />
        </li>
      ))}
    </ul>
  );
}

function Taken({ one, me }: { one: Case; me: string }) {
  if (!one.taken_by) return <p class="case-taken amber">{words.notTaken}</p>;
  return (
    <p class="case-taken">
      {one.taken_by.id === me ? words.takenByMe : words.takenBy(one.taken_by.name)}
      {one.taken_at && <span class="quiet"> {words.since(one.taken_at)}</span>}
    </p>
  );
}
