// The tally by zone: where somebody needs help first, then where most have said nothing.

import type { Place } from "../../wire.ts";
import { zonesInOrder } from "./counting.ts";
import type { ZoneCount } from "./wire.ts";
import { words } from "./words.ts";

interface Traits {
  zones: readonly ZoneCount[];
  places: readonly Place[];
}

export function Zones({ zones, places }: Traits) {
  const site = (id: string | null) => places.find((one) => one.id === id)?.name;
  return (
    <table class="zones">
      <thead>
        <tr>
          <th scope="col">{words.zone}</th>
          <th scope="col">{words.TALLY.need_help}</th>
          <th scope="col">{words.TALLY.safe}</th>
          <th scope="col">{words.TALLY.not_here}</th>
          <th scope="col">{words.nothing}</th>
          <th scope="col">{words.told}</th>
        </tr>
      </thead>
      <tbody>
        {zonesInOrder(zones).map((one) => (
          <tr key={`${one.site}/${one.zone}`}>
            <th scope="row">{one.name ?? words.nowhere(site(one.site))}</th>
            <td class={`number ${one.states.need_help ? "red" : ""}`}>{one.states.need_help}</td>
            <td class="number">{one.states.safe}</td>
            <td class="number">{one.states.not_here}</td>
            <td class="number">{one.unaccounted}</td>
            <td class="number">{one.people}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
