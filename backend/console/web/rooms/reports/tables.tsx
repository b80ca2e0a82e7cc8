// The exact figures beside the plots, and every case by itself.

import { type Figures, MEASURES, type Measure, type Reported } from "./figures.ts";
import { words } from "./words.ts";

export interface Line {
  name: string;
  figures: Figures;
}

export function FiguresTable({ lines, caption }: { lines: Line[]; caption: string }) {
  const { columns } = words;
  return (
    <table class="figures">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {[columns.count, columns.p50, columns.p95, columns.slowest, columns.met, columns.without].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, figures }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{figures.count}</td>
            <td class="number">{time(figures.p50)}</td>
            <td class="number">{time(figures.p95)}</td>
            <td class="number">{time(figures.slowest)}</td>
            <td class="number">{figures.measured ? words.met(figures.met, figures.measured) : words.noTarget}</td>
            <td class="number">{figures.without}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Thousands of lines are no table to read: the CSV has them. */
const SHOWN = 200;

export function EachTable({ cases, nameOf }: { cases: Reported[]; nameOf: (place: string) => string }) {
  const { eachColumns } = words;
  const shown = cases.slice(-SHOWN).reverse();
  const named = (place: string | null) => (place ? nameOf(place) : words.nothing);
  return (
    <details class="each">
      <summary>{words.each}</summary>
      {cases.length > SHOWN && <p class="quiet">{words.shown(SHOWN, cases.length)}</p>}
      <table>
        <thead>
          <tr>
            {[eachColumns.reference, eachColumns.when, eachColumns.site, eachColumns.zone].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {MEASURES.map((measure) => (
              <th key={measure} scope="col">
                {words.steps[measure]}
              </th>
            ))}
            <th scope="col">{eachColumns.state}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.reference}>
              <th scope="row">{one.reference}</th>
              <td>{words.when(one.day, one.hour)}</td>
              <td>{named(one.site)}</td>
              <td>{named(one.zone)}</td>
              {MEASURES.map((measure: Measure) => (
                <td key={measure} class="number">
                  {time(one[measure])}
                </td>
              ))}
              <td>{words.states[one.state] ?? words.stillOpen}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function time(seconds: number | null): string {
  return seconds === null ? words.nothing : words.took(seconds);
}
