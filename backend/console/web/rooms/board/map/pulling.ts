// Corners that are taken hold of on the map and pulled elsewhere, by mouse or finger.

import type { Chart } from "./chart.ts";
import type { Spot } from "./geometry.ts";

const REACH = 16;

interface Wishes {
  handles: () => readonly Spot[];
  pulled: (handle: number, to: Spot) => void;
}

/** Begins to listen; what it gives ends that. */
export function pulling(chart: Chart, place: HTMLElement, { handles, pulled }: Wishes): () => void {
  let held: number | null = null;
  const nearest = (event: PointerEvent): number | null => {
    const { left, top } = place.getBoundingClientRect();
    const away = handles().map((spot) => {
      const { x, y } = chart.pixelOf(spot);
      return Math.hypot(x - (event.clientX - left), y - (event.clientY - top));
    });
    const least = Math.min(...away);
    return least <= REACH ? away.indexOf(least) : null;
  };
  const take = (event: PointerEvent) => {
    held = nearest(event);
    if (held !== null) chart.hold(true);
  };
  const move = ({ clientX, clientY }: PointerEvent) => {
    const to = held === null ? null : chart.spotAt(clientX, clientY);
    if (held !== null && to) pulled(held, to);
  };
  const letGo = () => {
    if (held !== null) chart.hold(false);
    held = null;
  };
  // A press on a corner is no new corner: MapLibre would hear the click that follows.
  const click = (event: MouseEvent) => {
    if (event instanceof PointerEvent && event.pointerId >= 0 && nearest(event) !== null) event.stopPropagation();
  };
  place.addEventListener("pointerdown", take, { capture: true });
  place.addEventListener("click", click, { capture: true });
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", letGo);
  window.addEventListener("pointercancel", letGo);
  return () => {
    place.removeEventListener("pointerdown", take, { capture: true });
    place.removeEventListener("click", click, { capture: true });
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", letGo);
    window.removeEventListener("pointercancel", letGo);
  };
}
