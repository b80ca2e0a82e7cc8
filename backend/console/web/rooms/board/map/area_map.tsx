// A map to draw an area on: corners or a circle, pressed and pulled; the same by Enter in the middle and by figures.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "../../../desk.ts";
import { Chart } from "./chart.ts";
import { Controls } from "./controls.tsx";
import { type Circle, closed, crossesItself, edgeOf, metresBetween, opened, type Spot } from "./geometry.ts";
import { pulling } from "./pulling.ts";
import { areaOf, boxOf, homeOf, placesOf } from "./sources.ts";
import { tilesOf } from "./tiles.ts";
import { words } from "./words.ts";

/** As the wire has it: `polygon` ends with the corner it began with; at most one of the two. */
export interface Area {
  polygon: Spot[] | null;
  circle: Circle | null;
}

export interface AreaTraits {
  desk: Desk;
  area: Area;
  /** Told whenever the area is another one; both null while it has no inside. */
  change: (area: Area) => void;
  /** It cannot be drawn: zones can still be chosen from the list. */
  broken: () => void;
}

type Mode = "polygon" | "circle";

/** What a first press of a circle's middle draws, and the smallest and largest that make sense. */
const FIRST_M = 100;
const LEAST_M = 10;
const MOST_M = 5000;

export default function AreaMap({ desk, area, change, broken }: AreaTraits) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<Chart | null>(null);
  const [mode, setMode] = useState<Mode>(area.circle ? "circle" : "polygon");
  const [corners, setCorners] = useState<readonly Spot[]>(() => opened(area.polygon));
  const [circle, setCircle] = useState(area.circle);
  const { campus } = desk.standing;
  const crosses = mode === "polygon" && corners.length > 3 && crossesItself(corners);

  const draw = (next: readonly Spot[], round: Circle | null) => {
    setCorners(next);
    setCircle(round);
    change({ polygon: closed(next), circle: round });
  };
  const press = (at: Spot) => {
    if (mode === "circle") draw([], { radius_m: FIRST_M, ...circle, ...at });
    else draw([...corners, at], null);
  };
  const pull = (handle: number, to: Spot) => {
    if (circle) {
      const radius_m = handle === 0 ? circle.radius_m : within(Math.round(metresBetween(circle, to)));
      draw([], handle === 0 ? { ...circle, ...to } : { ...circle, radius_m });
    } else
      draw(
        corners.map((corner, index) => (index === handle ? to : corner)),
        null,
      );
  };
  // The map is made once and hears the newest of these.
  const newest = useRef({ press, pull, handles: [] as readonly Spot[] });
  newest.current = { press, pull, handles: circle ? [circle, edgeOf(circle)] : corners };

  useEffect(() => {
    if (!place.current || !campus) return;
    let chart: Chart;
    try {
      chart = new Chart(place.current, {
        home: boxOf(campus.zones, homeOf(campus.zones)),
        tiles: tilesOf(campus),
        title: words.area,
        pointed: (_, at) => newest.current.press(at),
      });
    } catch {
      broken();
      return;
    }
    const { outlines, names } = placesOf(campus.zones);
    chart.show("outlines", outlines);
    chart.show("names", names);
    chart.show("area", areaOf(corners, circle));
    const stop = pulling(chart, place.current, {
      handles: () => newest.current.handles,
      pulled: (handle, to) => newest.current.pull(handle, to),
    });
    shown.current = chart;
    return () => {
      shown.current = null;
      stop();
      chart.close();
    };
  }, [campus]);

  useEffect(() => shown.current?.show("area", areaOf(corners, circle)), [corners, circle]);

  const turn = (next: Mode) => {
    setMode(next);
    if (next !== mode) draw([], null);
  };
  const goTo = (site: string | null) => {
    const box = boxOf(campus?.zones ?? [], site);
    if (box) shown.current?.fit(box);
  };
  return (
    <div class="area-map">
      <div class="area-ways">
        <fieldset>
          <legend class="unseen">{words.drawAs}</legend>
          {(["polygon", "circle"] as const).map((one) => (
            <button key={one} type="button" aria-pressed={one === mode} onClick={() => turn(one)}>
              {words[one]}
            </button>
          ))}
        </fieldset>
        {mode === "circle" && circle && (
          <label class="radius">
            <span>{words.radius}</span>
            <input
              type="number"
              min={LEAST_M}
              max={MOST_M}
              step={10}
              value={circle.radius_m}
              onChange={({ currentTarget }) =>
                draw([], { ...circle, radius_m: within(Number(currentTarget.value) || circle.radius_m) })
              }
            />
          </label>
        )}
        {corners.length > 0 && (
          <button type="button" class="second" onClick={() => draw(corners.slice(0, -1), null)}>
            {words.undo}
          </button>
        )}
        {(corners.length > 0 || circle) && (
          <button type="button" class="second" onClick={() => draw([], null)}>
            {words.clear}
          </button>
        )}
      </div>
      <p class={crosses ? "red" : "quiet"} role="status">
        {crosses ? words.crosses : mode === "circle" ? words.drawCircle : words.drawPolygon}
      </p>
      <div class="campus-map">
        <div class="chart" ref={place} />
        <Controls
          sites={campus?.zones.filter(({ kind }) => kind === "site") ?? []}
          goTo={goTo}
          zoom={(by) => shown.current?.zoom(by)}
        />
      </div>
    </div>
  );
}

function within(metres: number): number {
  return Math.min(Math.max(metres, LEAST_M), MOST_M);
}
