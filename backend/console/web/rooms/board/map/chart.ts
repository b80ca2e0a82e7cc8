// The map itself: MapLibre with the style of this page, told what to draw, telling what was pointed at.

import { type GeoJSONSource, Map as Maplibre, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { type Mover, OfficersAbove } from "./above.ts";
import type { Box, Spot } from "./geometry.ts";
import { PIXEL_RATIO, pictures } from "./pictures.ts";
import { type Collection, NONE, standingOf } from "./sources.ts";
import { type Palette, styleOf, type Tiles } from "./style.ts";
import { drawsInSoftware } from "./webgl.ts";

export type Layer = "outlines" | "names" | "area" | "track" | "cases";

/** Something that was pointed at. */
export interface Thing {
  what: "case" | "officer";
  id: string;
}

export interface Wishes {
  home: Box | null;
  tiles: Tiles | null;
  title: string;
  /** Pressed, or Enter with the keyboard on the map: what is there, the uppermost first, and where. */
  pointed(things: Thing[], at: Spot): void;
}

/** Half the dots each way where no card draws them: the page's keys come before the map's edges. */
const COARSE = 0.5;
const MARGIN = 48;
const QUICK_MS = 200;
/** Nearer than this a site is, not a building. */
const NEAR = 17;

export class Chart {
  private readonly map: Maplibre;
  private readonly above: OfficersAbove;
  private readonly drawn = new Map<Layer, { data: Collection; written: string }>();
  private readonly follow = () => this.repaint();
  private readonly tiles: Tiles | null;

  /** Raises what MapLibre raises where there is no WebGL. */
  constructor(place: HTMLElement, { home, tiles, title, pointed }: Wishes) {
    setWorkerUrl(MAP_WORKER);
    this.tiles = tiles;
    this.map = new Maplibre({
      container: place,
      style: styleOf(palette(), tiles),
      ...(home && { bounds: home, fitBoundsOptions: { padding: MARGIN, maxZoom: NEAR } }),
      maxZoom: 20,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      rollEnabled: false,
      attributionControl: false,
      fadeDuration: 0,
      ...(drawsInSoftware() && { pixelRatio: COARSE }),
      refreshExpiredTiles: false,
      renderWorldCopies: false,
      locale: { "Map.Title": title },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 96 }), "bottom-right");
    this.above = new OfficersAbove(this.map);
    this.map.on("style.load", () => this.dress());
    this.map.on("click", ({ point, lngLat }) => pointed(this.at(point.x, point.y, FINGER), spotOf(lngLat)));
    const canvas = this.map.getCanvas();
    canvas.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const { clientWidth, clientHeight } = canvas;
      pointed(this.at(clientWidth / 2, clientHeight / 2, AIM), spotOf(this.map.getCenter()));
    });
    this.map.on("mousemove", ({ point }) => canvas.classList.toggle("over", this.at(point.x, point.y, 0).length > 0));
    window.addEventListener("bluelight-theme", this.follow);
  }

  /** Draw this from now on; what is drawn already costs nothing. */
  show(layer: Layer, data: Collection): void {
    const written = JSON.stringify(data.features);
    if (this.drawn.get(layer)?.written === written) return;
    this.drawn.set(layer, { data, written });
    this.give(layer);
  }

  /** Officers from now on: they move over the map, which costs it nothing. */
  showOfficers(movers: readonly Mover[]): void {
    this.above.show(movers, standingOf(this.drawn.get("cases")?.data ?? NONE));
  }

  fit(box: Box): void {
    this.map.fitBounds(box, { padding: MARGIN, maxZoom: NEAR, duration: QUICK_MS });
  }

  /** Go to a place that is not on the screen; never while somebody moves the map. */
  bringIn(spot: Spot): void {
    const at: [number, number] = [spot.longitude, spot.latitude];
    if (this.map.isMoving() || this.map.getBounds().contains(at)) return;
    this.goTo(spot);
  }

  goTo({ latitude, longitude }: Spot): void {
    const zoom = Math.max(this.map.getZoom(), NEAR - 1);
    this.map.easeTo({ center: [longitude, latitude], zoom, duration: QUICK_MS });
  }

  zoom(by: 1 | -1): void {
    if (by > 0) this.map.zoomIn({ duration: QUICK_MS });
    else this.map.zoomOut({ duration: QUICK_MS });
  }

  get middle(): Spot {
    return spotOf(this.map.getCenter());
  }

  /** The place under a pixel of the window; null outside the map. */
  spotAt(clientX: number, clientY: number): Spot | null {
    const { left, right, top, bottom } = this.map.getCanvas().getBoundingClientRect();
    if (clientX < left || clientX > right || clientY < top || clientY > bottom) return null;
    return spotOf(this.map.unproject([clientX - left, clientY - top]));
  }

  /** Where a place is on the screen, in pixels of the map. */
  pixelOf({ latitude, longitude }: Spot): { x: number; y: number } {
    return this.map.project([longitude, latitude]);
  }

  /** While something is being pulled the map stays where it is. */
  hold(still: boolean): void {
    if (still) this.map.dragPan.disable();
    else this.map.dragPan.enable();
  }

  close(): void {
    window.removeEventListener("bluelight-theme", this.follow);
    this.map.remove();
  }

  private at(x: number, y: number, reach: number): Thing[] {
    const box: [[number, number], [number, number]] = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ];
    const layers = ["cases"].filter((layer) => this.map.getLayer(layer));
    const cases = this.map.queryRenderedFeatures(box, { layers }).map(({ properties }) => String(properties.id));
    return [
      ...[...new Set(cases)].map((id): Thing => ({ what: "case", id })),
      ...this.above.at(x, y, reach).map((id): Thing => ({ what: "officer", id })),
    ];
  }

  /** After the style is there, for the first time, in other colours, or after the screen's driver had lost it. */
  private dress(): void {
    const colours = palette();
    const drawn = pictures(colours);
    for (const [name, picture] of drawn) {
      if (!this.map.hasImage(name)) this.map.addImage(name, picture, { pixelRatio: PIXEL_RATIO });
    }
    for (const layer of this.drawn.keys()) this.give(layer);
    this.above.dress(drawn, colours);
  }

  private give(layer: Layer): void {
    // Before the style is there nothing can be drawn; `dress` gives it all.
    this.map.getSource<GeoJSONSource>(layer)?.setData(this.drawn.get(layer)?.data ?? NONE);
  }

  private repaint(): void {
    this.map.setStyle(styleOf(palette(), this.tiles), { diff: false });
  }
}

/** Pixels around a press, and around the aim of the keyboard. */
const FINGER = 6;
const AIM = 24;

function spotOf({ lat, lng }: { lat: number; lng: number }): Spot {
  return { latitude: lat, longitude: lng };
}

function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: keyof Palette) => style.getPropertyValue(`--${name}`).trim() || "#808080";
  return {
    ground: colour("ground"),
    surface: colour("surface"),
    sunk: colour("sunk"),
    line: colour("line"),
    edge: colour("edge"),
    ink: colour("ink"),
    quiet: colour("quiet"),
    red: colour("red"),
    green: colour("green"),
    blue: colour("blue"),
  };
}
