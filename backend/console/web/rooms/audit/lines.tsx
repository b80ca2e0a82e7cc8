// The lines of the log; who did it and what it is about are ways to further lines.

import { factsOf } from "./anchors.ts";
import type { Asked } from "./room.tsx";
import { words } from "./words.ts";

export interface AuditLine {
  id: number;
  at: string;
  action: string;
  actor: string | null;
  actor_name: string | null;
  about: string;
  about_id: string | null;
  facts: Record<string, unknown>;
  place: number | null;
}

export function Lines({ lines, show }: { lines: AuditLine[]; show: (asked: Partial<Asked>) => void }) {
  return (
    <table class="lines">
      <thead>
        <tr>
          {Object.entries(words.columns).map(([key, name]) => (
            <th key={key} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td class="number">{words.moment(line.at)}</td>
            <td>{line.action}</td>
            <td>
              <Who line={line} show={show} />
            </td>
            <td>
              {words.kinds[line.about] ?? line.about}
              {line.about_id && (
                <button
                  type="button"
                  class="id"
                  title={words.only(line.about_id)}
                  onClick={() => show({ about: line.about, about_id: line.about_id ?? "" })}
                >
                  {line.about_id}
                </button>
              )}
            </td>
            <td class="quiet">{factsOf(line.facts)}</td>
            <td class="number quiet">{line.place ?? words.notLinked}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Who({ line: { actor, actor_name }, show }: { line: AuditLine; show: (asked: Partial<Asked>) => void }) {
  if (!actor) return <>{words.itself}</>;
  const name = actor_name ?? words.unknown;
  return (
    <button
      type="button"
      class="who-did"
      title={words.only(name)}
      onClick={() => show({ actor, actorName: actor_name ?? actor })}
    >
      {name}
    </button>
  );
}
