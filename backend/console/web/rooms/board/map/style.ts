// How the map is drawn: a style of its own, from the colours of the page, that fetches nothing from anywhere.

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { NONE } from "./sources.ts";

/** The page's colours, by the names of its style sheets. */
export interface Palette {
  ground: string;
  surface: string;
  sunk: string;
  line: string;
  edge: string;
  ink: string;
  quiet: string;
  red: string;
  green: string;
  blue: string;
}

/** A server of pictures for the ground, if there is one. */
export interface Tiles {
  url: string;
  attribution: string;
}

/** Fonts of the machine itself: without a server of glyphs the map draws letters from these. */
const FONT = ["system-ui", "sans-serif"];
/** A weight is read out of the names; a machine that has none of them draws its own sans-serif as heavy. */
const BOLD = ["Segoe UI Bold", "Noto Sans Bold", "DejaVu Sans Bold"];

const FARTHEST = 22;

/** What was said in pixels at zoom 0 stays as many metres at every zoom. */
const METRES: ExpressionSpecification = [
  "interpolate",
  ["exponential", 2],
  ["zoom"],
  0,
  ["get", "radius"],
  FARTHEST,
  ["*", ["get", "radius"], 2 ** FARTHEST],
];

function byKind({ red, green, blue }: Palette): ExpressionSpecification {
  return ["match", ["get", "kind"], "emergency", red, "first_aid", green, blue];
}

function empty() {
  return { type: "geojson" as const, data: NONE };
}

/** Cut into few large pieces, each as fine as a metre: every picture is one or two of them to lay out anew, not a dozen. */
function moving() {
  return { ...empty(), maxzoom: 12 };
}

export function styleOf(palette: Palette, tiles: Tiles | null): StyleSpecification {
  return {
    version: 8,
    sources: {
      ...(tiles && { tiles: { type: "raster", tiles: [tiles.url], tileSize: 256, attribution: tiles.attribution } }),
      outlines: empty(),
      names: empty(),
      area: empty(),
      track: empty(),
      cases: moving(),
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": palette.ground } },
      ...(tiles ? [ground] : []),
      ...places(palette),
      ...area(palette),
      ...people(palette),
    ],
  };
}

/** Pictures of the ground stay pale, so that what is wrong stands out of them. */
const ground: LayerSpecification = {
  id: "tiles",
  type: "raster",
  source: "tiles",
  paint: { "raster-saturation": -0.8, "raster-opacity": 0.55, "raster-fade-duration": 0 },
};

function places(palette: Palette): LayerSpecification[] {
  const halo = { "text-halo-color": palette.ground, "text-halo-width": 1.5 };
  return [
    {
      id: "sites",
      type: "fill",
      source: "outlines",
      filter: ["==", ["get", "kind"], "site"],
      paint: { "fill-color": palette.sunk, "fill-opacity": 0.6 },
    },
    {
      id: "site-edges",
      type: "line",
      source: "outlines",
      filter: ["==", ["get", "kind"], "site"],
      paint: { "line-color": palette.edge, "line-width": 1.5, "line-dasharray": [3, 2] },
    },
    {
      id: "buildings",
      type: "fill",
      source: "outlines",
      filter: ["!", ["in", ["get", "kind"], ["literal", ["site", "shuttle_stop"]]]],
      paint: { "fill-color": palette.surface, "fill-outline-color": palette.edge },
    },
    {
      id: "stops",
      type: "symbol",
      source: "names",
      minzoom: 13,
      filter: ["==", ["get", "kind"], "shuttle_stop"],
      layout: { "icon-image": "stop", "icon-allow-overlap": true },
    },
    {
      id: "site-names",
      type: "symbol",
      source: "names",
      filter: ["==", ["get", "kind"], "site"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": BOLD,
        "text-size": 14,
        "text-anchor": "bottom",
        "text-offset": [0, -0.4],
      },
      paint: { "text-color": palette.ink, ...halo },
    },
    {
      id: "building-names",
      type: "symbol",
      source: "names",
      minzoom: 15,
      filter: ["!=", ["get", "kind"], "site"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 12,
        "text-max-width": 8,
        "text-variable-anchor": ["center", "top", "bottom"],
        "text-radial-offset": 0.9,
      },
      paint: { "text-color": palette.quiet, ...halo },
    },
  ];
}

/** What is being drawn: an area that a broadcast goes to, with the corners to take hold of. */
function area(palette: Palette): LayerSpecification[] {
  return [
    {
      id: "area",
      type: "fill",
      source: "area",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": palette.ink, "fill-opacity": 0.12 },
    },
    {
      id: "area-edge",
      type: "line",
      source: "area",
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": palette.ink, "line-width": 2 },
    },
    {
      id: "area-corners",
      type: "circle",
      source: "area",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 8,
        "circle-color": palette.surface,
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 2,
      },
    },
  ];
}

function people(palette: Palette): LayerSpecification[] {
  const halo = { "text-halo-color": palette.ground, "text-halo-width": 1.5 };
  return [
    {
      id: "accuracy",
      type: "circle",
      source: "cases",
      filter: ["get", "circled"],
      paint: {
        "circle-radius": METRES,
        "circle-color": byKind(palette),
        "circle-opacity": ["case", ["get", "opened"], 0.16, 0.06],
        "circle-stroke-color": byKind(palette),
        "circle-stroke-width": ["case", ["get", "opened"], 1.5, 0.75],
        "circle-stroke-opacity": ["case", ["get", "opened"], 0.9, 0.45],
      },
    },
    {
      id: "track",
      type: "line",
      source: "track",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": palette.ink, "line-width": 2, "line-dasharray": [1, 2] },
    },
    {
      id: "track-points",
      type: "circle",
      source: "track",
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 2.5, "circle-color": palette.ink },
    },
    {
      id: "opened",
      type: "circle",
      source: "cases",
      filter: ["get", "opened"],
      paint: {
        "circle-radius": 20,
        "circle-opacity": 0,
        "circle-stroke-color": palette.ink,
        "circle-stroke-width": 2.5,
      },
    },
    {
      id: "cases",
      type: "symbol",
      source: "cases",
      layout: {
        "icon-image": ["get", "icon"],
        // Always there; the names of buildings make way for it.
        "icon-allow-overlap": true,
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "icon-opacity": ["get", "opacity"] },
    },
    {
      id: "case-names",
      type: "symbol",
      source: "cases",
      minzoom: 13,
      layout: {
        "text-field": ["get", "name"],
        "text-font": BOLD,
        "text-size": 13,
        "text-anchor": "top",
        "text-offset": [0, 1.2],
        "symbol-sort-key": ["-", 0, ["get", "order"]],
      },
      paint: { "text-color": palette.ink, ...halo },
    },
  ];
}
