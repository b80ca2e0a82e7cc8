// Officers over the map: what moves every second is drawn by the page, so that the map is drawn anew only when it changes.

import type { Map as Maplibre } from "maplibre-gl";
import type { Spot } from "./geometry.ts";
import { type Frame, type Label, readable } from "./labels.ts";

/** Somebody on duty as drawn: `name` says how old the position is. */
export interface Mover extends Spot {
  id: string;
  name: string;
  opacity: number;
}

/** A case: its picture and its name stand above whoever is at the same place. */
export interface Standing extends Spot {
  icon: string;
  name: string;
}

/** The colours of the names. */
interface Ink {
  ink: string;
  ground: string;
}

/** Pixels of the screen: a picture's side, the names' letters and what they stand below, their halo on each side. */
const SIDE = 32;
const LETTER = 12;
const BELOW = 12;
const HALO = 1.5;
const OFFICERS = `${LETTER}px system-ui, sans-serif`;
/** About what style.ts writes below a case. */
const CASES = "bold 13px system-ui, sans-serif";
/** Farther away names would be a carpet. */
const NAMED_FROM = 15.5;

export class OfficersAbove {
  private readonly canvas = document.createElement("canvas");
  private readonly pen = this.canvas.getContext("2d");
  private readonly widths = new Map<string, number>();
  private pictures = new Map<string, HTMLCanvasElement>();
  private colours: Ink = { ink: "", ground: "" };
  private movers: readonly Mover[] = [];
  private cases: readonly Standing[] = [];
  private wide = 0;
  private high = 0;
  private fine = 1;

  constructor(private readonly map: Maplibre) {
    this.canvas.className = "officers-above";
    this.canvas.setAttribute("aria-hidden", "true");
    map.getCanvasContainer().append(this.canvas);
    this.measure();
    map.on("resize", () => this.measure());
    map.on("render", () => this.draw());
  }

  dress(pictures: Map<string, ImageData>, colours: Ink): void {
    this.pictures = new Map([...pictures].map(([name, picture]) => [name, drawable(picture)]));
    this.colours = colours;
    this.draw();
  }

  /** Draw these from now on; whoever stands where a case is leaves the case's picture free. */
  show(movers: readonly Mover[], cases: readonly Standing[]): void {
    this.movers = movers;
    this.cases = cases;
    this.draw();
  }

  /** Who is within so many pixels of this one. */
  at(x: number, y: number, reach: number): string[] {
    return this.inSight(this.movers, SIDE / 2 + reach)
      .filter(({ at }) => Math.abs(at.x - x) <= SIDE / 3 + reach && Math.abs(at.y - y) <= SIDE / 3 + reach)
      .map(({ one }) => one.id);
  }

  private draw(): void {
    const { pen } = this;
    const officer = this.pictures.get("officer");
    if (!pen || !officer) return;
    pen.setTransform(this.fine, 0, 0, this.fine, 0, 0);
    pen.clearRect(0, 0, this.wide, this.high);
    const seen = this.inSight(this.movers, SIDE);
    for (const { one, at } of seen) {
      pen.globalAlpha = one.opacity;
      stamp(pen, officer, at);
    }
    pen.globalAlpha = 1;
    if (seen.length === 0) return;
    const cases = this.inSight(this.cases, SIDE);
    if (this.map.getZoom() >= NAMED_FROM) this.name(seen, cases);
    pen.globalCompositeOperation = "destination-out";
    for (const { one, at } of cases) {
      const picture = this.pictures.get(one.icon);
      if (picture) stamp(pen, picture, at);
    }
    pen.globalCompositeOperation = "source-over";
  }

  /** Asked seldom: the answer lays the page out. */
  private measure(): void {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    this.wide = clientWidth;
    this.high = clientHeight;
    this.fine = window.devicePixelRatio;
    this.canvas.width = Math.round(clientWidth * this.fine);
    this.canvas.height = Math.round(clientHeight * this.fine);
  }

  private name(seen: Seen<Mover>[], cases: Seen<Standing>[]): void {
    const { pen } = this;
    if (!pen) return;
    pen.font = CASES;
    const taken = cases.map(({ one, at }): Frame => {
      const width = Math.max(this.widthOf(one.name), SIDE);
      return { x: at.x - width / 2, y: at.y - SIDE / 2, width, height: SIDE + LETTER + BELOW / 2 };
    });
    pen.font = OFFICERS;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.lineJoin = "round";
    pen.lineWidth = 2 * HALO;
    pen.strokeStyle = this.colours.ground;
    pen.fillStyle = this.colours.ink;
    const labels = seen.map(({ one, at }): Label => {
      const width = this.widthOf(one.name) + 2 * HALO;
      return { text: one.name, x: at.x - width / 2, y: at.y + BELOW, width, height: LETTER + 2 * HALO };
    });
    for (const { text, x, y, width } of readable(labels, taken)) {
      pen.strokeText(text, x + width / 2, y);
      pen.fillText(text, x + width / 2, y);
    }
  }

  private widthOf(text: string): number {
    const known = this.widths.get(text);
    if (known !== undefined) return known;
    const width = this.pen?.measureText(text).width ?? 0;
    // Names carry an age: what was said an hour ago is not kept.
    if (this.widths.size > 2000) this.widths.clear();
    this.widths.set(text, width);
    return width;
  }

  private inSight<T extends Spot>(all: readonly T[], margin: number): Seen<T>[] {
    const found: Seen<T>[] = [];
    for (const one of all) {
      const at = this.map.project([one.longitude, one.latitude]);
      const across = at.x >= -margin && at.x <= this.wide + margin;
      if (across && at.y >= -margin && at.y <= this.high + margin) found.push({ one, at });
    }
    return found;
  }
}

interface Pixel {
  x: number;
  y: number;
}

interface Seen<T> {
  one: T;
  at: Pixel;
}

function stamp(pen: CanvasRenderingContext2D, picture: HTMLCanvasElement, { x, y }: Pixel): void {
  pen.drawImage(picture, x - SIDE / 2, y - SIDE / 2, SIDE, SIDE);
}

function drawable(picture: ImageData): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d")?.putImageData(picture, 0, 0);
  return canvas;
}
