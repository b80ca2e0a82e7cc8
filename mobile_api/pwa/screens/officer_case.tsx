// The one screen of a case an officer has: where to, the next move, who else comes, what is said, what to know.

import { HoldButton } from "../../../backend/web/browser/holding.tsx";
import { Shape } from "../../../backend/web/browser/shapes.tsx";
import type { Incident, OfficersCase } from "../../../backend/web/browser/wire.ts";
import { isUnsent, type Move, nextMove } from "../moves.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { Story } from "./case.tsx";
import { Conversation } from "./conversation.tsx";
import { Marks } from "./officer_marks.tsx";
import { Needs } from "./officer_needs.tsx";
import { Way } from "./officer_way.tsx";
import { useNow } from "./ticking.ts";

export function OfficersCaseView({ phone, incident }: { phone: Phone; incident: OfficersCase }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(incident.received_at)) / 1000));
  const state = phone.officer.stateIn(incident);
  return (
    <article
      class={`case officers ${incident.exercise ? "hatched" : ""}`}
      aria-label={words.yourCase(incident.reference)}
    >
      <header>
        <p class="case-kind">
          <Shape kind={incident.kind} />
          <span>
            <strong>{words.KINDS[incident.kind].name}</strong> · {incident.reference}
          </span>
          <span class="case-age">{words.age(seconds)}</span>
        </p>
        <Marks incident={incident} />
        <h2>{words.place(incident)}</h2>
      </header>
      {state !== "on_scene" && <Way phone={phone} incident={incident} />}
      {incident.note && <blockquote dir="auto">{incident.note}</blockquote>}
      <Others phone={phone} incident={incident} />
      <Conversation phone={phone} incident={incident as unknown as Incident} />
      <Needs phone={phone} incident={incident} />
      <Story progress={incident.progress} />
      <Next phone={phone} incident={incident} state={state} />
    </article>
  );
}

function Others({ phone, incident }: { phone: Phone; incident: OfficersCase }) {
  const others = incident.responders.filter(({ officer_id }) => officer_id !== phone.session?.person.id);
  return (
    <section>
      <h3>{words.othersComing}</h3>
      {!others.length && <p class="quiet">{words.nobodyElse}</p>}
      <ul class="coming">
        {others.map((one) => (
          <li key={one.officer_id}>
            <strong>{one.name}</strong>
            <span>{[words.doing(one), words.arrival(one)].filter(Boolean).join(", ")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One big button under the thumb, and what of the moves before it nobody has heard yet. */
function Next({ phone, incident, state }: { phone: Phone; incident: OfficersCase; state: string }) {
  const { officer } = phone;
  const waiting = officer.acting.acts.filter((act) => act.does === "move" && act.incident_id === incident.id);
  const unsent = waiting.find((act) => act.does === "move" && isUnsent(act, Date.now()));
  const next = nextMove(state);
  const go = (move: Move) => officer.move(incident, move);
  return (
    <div class="thumb">
      <p class={unsent ? "amber" : "quiet"} role="status">
        {unsent?.does === "move" ? words.moveUnsent(unsent.move) : words.state(state)}
      </p>
      {next === "resolved" ? (
        <HoldButton
          text={words.MOVES.resolved}
          hint={words.resolveHint}
          again={words.holdAgain}
          class="first huge"
          done={() => go("resolved")}
        />
      ) : (
        next && (
          <button type="button" class="first huge" onClick={() => go(next)}>
            {words.MOVES[next]}
          </button>
        )
      )}
    </div>
  );
}
