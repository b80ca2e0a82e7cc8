// The campus as a map: where the cases are, who is on duty and how old that is; fetched only when somebody looks at it.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Kind } from "../../../../../web/browser/wire.ts";
import type { Desk } from "../../../desk.ts";
import { Chart, type Thing } from "./chart.ts";
import { Controls } from "./controls.tsx";
import { DragKinds } from "./drag_kinds.tsx";
import { type Feed, feed } from "./feed.ts";
import type { Spot } from "./geometry.ts";
import { Here } from "./here.tsx";
import { boxOf, homeOf, placesOf, seenAt } from "./sources.ts";
import { tilesOf } from "./tiles.ts";
import { words } from "./words.ts";

export interface MapTraits {
  desk: Desk;
  /** The case that is open, "" for none. */
  open: string;
  /** A kind was let go over a place, or pressed without one. */
  dropped: (kind: Kind, position?: Spot) => void;
  /** It cannot be drawn after all. */
  broken: () => void;
}

export default function CampusMap({ desk, open, dropped, broken }: MapTraits) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<{ chart: Chart; feed: Feed } | null>(null);
  const [things, setThings] = useState<Thing[]>([]);
  const { campus } = desk.standing;
  const zones = campus?.zones;

  useEffect(() => {
    if (!place.current || !campus || !zones) return;
    let chart: Chart;
    try {
      chart = new Chart(place.current, {
        home: boxOf(zones, homeOf(zones)),
        tiles: tilesOf(campus),
        title: words.title,
        pointed: (found) => setThings(alone(found)),
      });
    } catch {
      // The driver refused after all; what stands beside the map goes on.
      broken();
      return;
    }
    const { outlines, names } = placesOf(zones);
    chart.show("outlines", outlines);
    chart.show("names", names);
    const fed = feed(desk, chart, open);
    shown.current = { chart, feed: fed };
    return () => {
      shown.current = null;
      fed.stop();
      chart.close();
    };
  }, [desk, campus, zones]);

  const whereOpen = () => {
    const row = desk.standing.rows.get(open);
    const moved = desk.standing.positions?.cases.find(({ incident_id }) => incident_id === open);
    return row ? seenAt(row, moved, zones ?? []) : null;
  };

  useEffect(() => {
    shown.current?.feed.open(open);
    const at = whereOpen();
    if (at) shown.current?.chart.bringIn(at);
  }, [open]);

  const goTo = (site: string | null) => {
    const box = boxOf(zones ?? [], site);
    if (box) shown.current?.chart.fit(box);
  };
  const goToCase = () => {
    const at = whereOpen();
    if (at) shown.current?.chart.goTo(at);
  };
  return (
    <section class="campus-map" aria-label={words.map}>
      <div class="chart" ref={place} />
      <Controls
        sites={zones?.filter(({ kind }) => kind === "site") ?? []}
        goTo={goTo}
        {...(open && { goToCase })}
        zoom={(by) => shown.current?.chart.zoom(by)}
      />
      <DragKinds spotAt={(x, y) => shown.current?.chart.spotAt(x, y) ?? null} dropped={dropped} />
      {things.length > 0 && <Here desk={desk} things={things} close={() => setThings([])} />}
      <p class="outlines">
        {[campus && words.outlines(campus.name), campus && tilesOf(campus)?.attribution].filter(Boolean).join(" · ")}
      </p>
    </section>
  );
}

/** A single case that is pointed at is opened at once; all else is listed. */
function alone(things: Thing[]): Thing[] {
  const [only] = things;
  if (things.length !== 1 || only?.what !== "case") return things;
  location.hash = `#/board/${only.id}`;
  return [];
}
