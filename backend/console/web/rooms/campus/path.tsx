// Where a case would go: asked by kind, place and hour, answered rung by rung.

import { useState } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { bySite, type Path, pathQuery, subtypesOf, type WholeCampus } from "./places.ts";
import { words } from "./words.ts";

export function PathCard({ desk, campus }: { desk: Desk; campus: WholeCampus }) {
  const [kind, setKind] = useState("emergency");
  const [path, setPath] = useState<Path | null>(null);
  const { busy, fault, act } = useDoing();
  const explain = (event: SubmitEvent) => {
    const { subtype = "", zone = "", at = "" } = fieldsOf(event);
    void act(async () => setPath(await desk.ask<Path>("GET", pathQuery({ kind, subtype, zone, at }))));
  };
  return (
    <section class="card stack" aria-labelledby="path">
      <h2 id="path">{words.path}</h2>
      <form class="fields" onSubmit={explain}>
        <label class="field">
          <span>{words.kind}</span>
          <select name="kind" value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            {campus.policies.map((one) => (
              <option key={one.kind} value={one.kind}>
                {words.kinds[one.kind]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{words.subtype}</span>
          <select name="subtype" key={kind}>
            <option value="">{words.anything}</option>
            {subtypesOf(campus.routes, kind).map((one) => (
              <option key={one} value={one}>
                {one.replaceAll("_", " ")}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{words.place}</span>
          <select name="zone">
            <option value="">{words.unknownPlace}</option>
            {bySite(campus.zones).map(({ site, zones }) => (
              <optgroup key={site.id} label={site.name}>
                <option value={site.id}>{site.name}</option>
                {zones.map((zone) => (
                  <option key={zone.id} value={zone.id}>
                    {zone.name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{words.at}</span>
          <input type="datetime-local" name="at" aria-describedby="at-hint" />
        </label>
        <p class="quiet" id="at-hint">
          {words.atHint}
        </p>
        <button type="submit" class="first" aria-disabled={busy}>
          {words.explain}
        </button>
      </form>
      <p class="fault" role="alert">
        {fault}
      </p>
      <div role="status">{path && <Told path={path} />}</div>
    </section>
  );
}

function Told({ path }: { path: Path }) {
  return (
    <div class="stack">
      <p class="verdict">{words.goesTo(path.team.name, path.wanted)}</p>
      <p class="quiet">
        {path.because} {path.mailbox && words.mailbox}
      </p>
      <ol class="rungs">
        {path.rungs.map((rung) => (
          <li key={rung.number}>
            <span class="when">{words.after(rung.after_s)}</span>
            <span>{rung.words}</span>
          </li>
        ))}
      </ol>
      <details>
        <summary>{words.why}</summary>
        <ul class="stack">
          {path.routes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
