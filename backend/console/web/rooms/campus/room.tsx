// The campus that holds: whether every case is somebody's, where one would go and why, its ladders and its places.

import { useReading } from "../../parts/reading.ts";
import type { RoomTraits } from "../index.ts";
import { Ladders } from "./ladders.tsx";
import { PathCard } from "./path.tsx";
import { bySite, type WholeCampus } from "./places.ts";
import { ProofCard } from "./proof.tsx";
import { words } from "./words.ts";

export default function CampusRoom({ desk }: RoomTraits) {
  const { found: campus, fault } = useReading<WholeCampus>(desk, "/console/api/campus");
  return (
    <div class="record campus-room">
      <header>
        <h1>{words.title}</h1>
        {campus && <p class="quiet">{words.edition(campus.name, campus.version)}</p>}
      </header>
      <p class="fault" role="alert">
        {fault}
      </p>
      <div class="halves">
        <ProofCard desk={desk} />
        {campus && <PathCard desk={desk} campus={campus} />}
      </div>
      {campus && (
        <>
          <Ladders campus={campus} />
          <div class="halves">
            <Routes campus={campus} />
            <Places campus={campus} />
          </div>
        </>
      )}
    </div>
  );
}

function Routes({ campus }: { campus: WholeCampus }) {
  const nameOf = (team: string) => campus.teams.find(({ id }) => id === team)?.name ?? team;
  return (
    <div class="stack">
      <section class="card stack" aria-labelledby="routes">
        <h2 id="routes">{words.routes}</h2>
        <p class="quiet">{words.routesMeans}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.takes}</th>
              <th scope="col">{words.team}</th>
            </tr>
          </thead>
          <tbody>
            {campus.routes.map((one) => (
              <tr key={one.words}>
                <td class="capital">{one.words}</td>
                <td>{nameOf(one.team)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section class="card stack" aria-labelledby="teams">
        <h2 id="teams">{words.teams}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.columns.name}</th>
              <th scope="col">{words.columns.skill}</th>
              <th scope="col">{words.columns.mailbox}</th>
            </tr>
          </thead>
          <tbody>
            {campus.teams.map((team) => (
              <tr key={team.id}>
                <th scope="row">{team.name}</th>
                <td>{words.skill(team.requires_skill)}</td>
                <td>{team.mailbox ?? words.nothing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Places({ campus }: { campus: WholeCampus }) {
  const sites = bySite(campus.zones);
  return (
    <section class="card stack" aria-labelledby="places">
      <h2 id="places">{words.places}</h2>
      <p class="quiet">{words.placesMeans(sites.length, campus.zones.length - sites.length)}</p>
      {sites.map(({ site, zones }) =>
        zones.length === 0 ? (
          <p key={site.id}>
            <strong>{site.name}</strong>
          </p>
        ) : (
          <details key={site.id}>
            <summary>
              <strong>{site.name}</strong> <span class="quiet">{words.inside(zones.length)}</span>
            </summary>
            <ul class="places">
              {zones.map((zone) => (
                <li key={zone.id}>
                  {zone.name} <span class="quiet">{zone.floors.length > 0 && words.floors(zone.floors)}</span>
                </li>
              ))}
            </ul>
          </details>
        ),
      )}
    </section>
  );
}
