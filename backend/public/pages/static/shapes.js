// The three kinds by shape as well as by colour, and the marks of a case: drawn here, fetched from nowhere.

const SVG = "http://www.w3.org/2000/svg";

const OUTLINES = {
  emergency: ["path", { d: "M14 3h20l11 11v20L34 45H14L3 34V14z" }],
  first_aid: ["path", { d: "M17 4h14v13h13v14H31v13H17V31H4V17h13z" }],
  help: ["circle", { cx: 24, cy: 24, r: 21 }],
};

const SIGNS = {
  emergency: ["path", { d: "M21 11h6l-1.2 17h-3.6zM24 37.5a3.3 3.3 0 1 1 0-6.6 3.3 3.3 0 0 1 0 6.6z" }],
  help: ["path", { d: "M17 19a7 7 0 1 1 10.5 6c-1.8 1-3.5 2-3.5 4.5M24 36.6v.2", class: "stroke" }],
};

/** The shape of a kind; the word beside it names it, so that it is hidden from screen readers. */
export function shape(kind, className = "shape") {
  const known = kind in OUTLINES ? kind : "emergency";
  const drawing = node("svg", { viewBox: "0 0 48 48", class: `${className} ${known}`, "aria-hidden": "true" });
  drawing.append(node(...OUTLINES[known]));
  if (known in SIGNS) {
    const [name, traits] = SIGNS[known];
    drawing.append(node(name, { ...traits, class: `sign ${traits.class ?? ""}`.trim() }));
  }
  return drawing;
}

/** The ring that empties while a press can still be stopped. */
export function ring() {
  const drawing = node("svg", { viewBox: "0 0 100 100", class: "ring", "aria-hidden": "true" });
  drawing.append(node("circle", { cx: 50, cy: 50, r: 45, pathLength: 1 }));
  return drawing;
}

function node(name, traits) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(traits)) made.setAttribute(attribute, value);
  return made;
}
