// The small pictures of the map, drawn by the page itself: the three kinds, officers and shuttle stops.

import type { Kind } from "../../../../../web/browser/wire.ts";
import type { Palette } from "./style.ts";

/** Pixels of the screen; drawn twice as fine. */
const SIDE = 32;
const FINE = 2;

/** On a square of 48, as browser/shapes.tsx draws them in the page. */
const SHAPES: Record<Kind, string> = {
  emergency: "M14 3h20l11 11v20L34 45H14L3 34V14z",
  first_aid: "M17 4h14v13h13v14H31v13H17V31H4V17h13z",
  help: "M24 3a21 21 0 1 0 .01 0z",
};

/** What stands in them, in the colour of the edge. */
const SIGNS: Partial<Record<Kind, string>> = {
  emergency: "M21 11h6l-1.2 17h-3.6zM24 37.5a3.3 3.3 0 1 1 .01 0z",
  help: "M17 19a7 7 0 1 1 10.5 6c-1.8 1-3.5 2-3.5 4.5h0v1M24 36.6v.4",
};

const OFFICER = "M24 8 40 24 24 40 8 24z";
const STOP = "M16 14h16v18H16zM19 34h3v3h-3zM26 34h3v3h-3z";

/** Each by the name that sources.ts gives it. */
export function pictures(palette: Palette): Map<string, ImageData> {
  const made = new Map<string, ImageData>();
  const colours: Record<Kind, string> = { emergency: palette.red, first_aid: palette.green, help: palette.blue };
  for (const kind of ["emergency", "first_aid", "help"] as const) {
    for (const answered of [false, true]) {
      for (const exercise of [false, true]) {
        const name = [kind, answered && "answered", exercise && "exercise"].filter(Boolean).join("-");
        const fill = answered ? palette.surface : colours[kind];
        const hatch = exercise ? (answered ? colours[kind] : palette.ground) : null;
        put(name, SHAPES[kind], {
          fill,
          edge: answered ? colours[kind] : palette.ground,
          hatch,
          sign: SIGNS[kind] ?? "",
        });
      }
    }
  }
  put("officer", OFFICER, { fill: palette.ink, edge: palette.ground, hatch: null, sign: "" });
  put("stop", STOP, { fill: palette.quiet, edge: palette.ground, hatch: null, sign: "" });
  return made;

  function put(name: string, outline: string, look: Look): void {
    const picture = drawn(outline, look);
    if (picture) made.set(name, picture);
  }
}

interface Look {
  fill: string;
  edge: string;
  hatch: string | null;
  sign: string;
}

function drawn(outline: string, { fill, edge, hatch, sign }: Look): ImageData | null {
  const side = SIDE * FINE;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return null;
  const shape = new Path2D(outline);
  pen.scale(side / 52, side / 52);
  pen.translate(2, 2);
  pen.fillStyle = fill;
  pen.fill(shape);
  if (hatch) {
    pen.save();
    pen.clip(shape);
    pen.strokeStyle = hatch;
    pen.lineWidth = 4;
    pen.beginPath();
    for (let x = -48; x < 48; x += 12) {
      pen.moveTo(x, 48);
      pen.lineTo(x + 48, 0);
    }
    pen.stroke();
    pen.restore();
  }
  pen.strokeStyle = edge;
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  pen.stroke(shape);
  pen.fillStyle = edge;
  if (sign.includes("z")) pen.fill(new Path2D(sign));
  else pen.stroke(new Path2D(sign));
  return pen.getImageData(0, 0, side, side);
}

export const PIXEL_RATIO = FINE;
