// The ladder of each kind: whom it asks second by second, and the targets it is measured by.

import { Shape } from "../../../../web/browser/shapes.tsx";
import type { Kind } from "../../../../web/browser/wire.ts";
import type { CampusPolicy, CampusStep, WholeCampus } from "./places.ts";
import { words } from "./words.ts";

export function Ladders({ campus }: { campus: WholeCampus }) {
  return (
    <section class="stack" aria-labelledby="ladders">
      <h2 id="ladders">{words.ladders}</h2>
      <p class="quiet">{words.laddersMeans}</p>
      <div class="thirds">
        {campus.policies.map((policy) => (
          <Ladder key={policy.kind} policy={policy} campus={campus} />
        ))}
      </div>
    </section>
  );
}

function Ladder({ policy, campus }: { policy: CampusPolicy; campus: WholeCampus }) {
  const { targets } = policy;
  const told = words.targets(
    targets?.accepted_s ? words.within(targets.accepted_s) : null,
    targets?.on_scene_s ? words.within(targets.on_scene_s) : null,
  );
  return (
    <div class="card stack">
      <h3 class="line">
        <Shape kind={policy.kind as Kind} /> {words.kinds[policy.kind]}
      </h3>
      <p class="quiet">
        {words.wanted(policy.wanted)}; {words.late(words.within(policy.reask_after_s))}.
      </p>
      {told && (
        <p class="quiet">
          {words.targetsLabel}: {told}
        </p>
      )}
      <ol class="rungs">
        {policy.steps.map((step) => (
          <li key={step.after_s}>
            <span class="when">{words.after(step.after_s)}</span>
            <span>{sentence(step, campus)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function sentence(step: CampusStep, campus: WholeCampus): string {
  const team = step.team ? (campus.teams.find(({ id }) => id === step.team)?.name ?? step.team) : words.itsTeam;
  const asked = words.rung({ ask: step.ask, count: step.count, team, onDuty: step.on_duty, by: step.by });
  return step.and_tell ? `${asked}, ${words.tells}` : asked;
}
