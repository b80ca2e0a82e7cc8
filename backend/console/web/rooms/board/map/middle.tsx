// The board's middle: the map, fetched when it is wanted, or the list of sites, which has everything the map has.

import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../../../desk.ts";
import { useFetched } from "../../../parts/fetched.ts";
import { phonedIn } from "../phoning.ts";
import { Sites } from "../sites.tsx";
import { drawsMaps } from "./webgl.ts";
import { words } from "./words.ts";

const KEY = "bluelight.console.middle";

type View = "map" | "list";

const load = () => import("./campus_map.tsx");

export function Middle({ desk, opened }: { desk: Desk; opened: string }) {
  const [view, setView] = useState<View>(() => (localStorage.getItem(KEY) === "list" ? "list" : "map"));
  const [fault, setFault] = useState(() => (drawsMaps() ? "" : words.noWebgl));
  const wanted = view === "map" && !fault;
  const { Made: Drawn, failed } = useFetched(load, wanted);
  useEffect(() => {
    if (failed) setFault(words.notFetched);
  }, [failed]);

  const choose = (next: View) => {
    localStorage.setItem(KEY, next);
    if (drawsMaps()) setFault("");
    setView(next);
  };
  const now = wanted ? "map" : "list";
  return (
    <>
      <div class="middle-ways">
        {fault && <span class="quiet">{fault}</span>}
        {drawsMaps() && (
          <fieldset>
            <legend class="unseen">{words.view}</legend>
            {(["map", "list"] as const).map((one) => (
              <button key={one} type="button" aria-pressed={one === now} onClick={() => choose(one)}>
                {words[one]}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {now === "list" && <Sites desk={desk} opened={opened} />}
      {now === "map" && !Drawn && <p class="quiet map-wait">{words.fetching}</p>}
      {now === "map" && Drawn && desk.standing.campus && (
        <Drawn
          desk={desk}
          open={opened}
          dropped={(kind, position) => phonedIn.open(position ? { kind, position } : { kind })}
          broken={() => setFault(words.noWebgl)}
        />
      )}
    </>
  );
}
