// The map's own buttons: to a site, to the open case, nearer and farther.

import type { Place } from "../../../wire.ts";
import { words } from "./words.ts";

interface Traits {
  sites: readonly Place[];
  goTo: (site: string | null) => void;
  goToCase?: () => void;
  zoom: (by: 1 | -1) => void;
}

const ALL = "*";

export function Controls({ sites, goTo, goToCase, zoom }: Traits) {
  const chosen = (event: Event & { currentTarget: HTMLSelectElement }) => {
    const { value } = event.currentTarget;
    // Back to its title, so that the same site can be chosen again.
    event.currentTarget.value = "";
    if (value) goTo(value === ALL ? null : value);
  };
  return (
    <div class="map-controls">
      <select aria-label={words.goToSite} onChange={chosen}>
        <option value="">{words.goTo}</option>
        <option value={ALL}>{words.allSites}</option>
        {sites.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {goToCase && (
        <button type="button" onClick={goToCase}>
          {words.thisCase}
        </button>
      )}
      <span class="zoom">
        <button type="button" aria-label={words.nearer} onClick={() => zoom(1)}>
          +
        </button>
        <button type="button" aria-label={words.farther} onClick={() => zoom(-1)}>
          −
        </button>
      </span>
    </div>
  );
}
