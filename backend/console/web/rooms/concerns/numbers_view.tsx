// The years' numbers, as they may be told: years that are over, and none below five.

import { useEffect, useState } from "preact/hooks";
import { type Desk, sentenceOf } from "../../desk.ts";
import type { Page, Year } from "./wire.ts";
import { words } from "./words.ts";

export function NumbersView({ desk }: { desk: Desk }) {
  const [years, setYears] = useState<Year[] | null>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    const asked = desk.ask<Page<Year>>("GET", "/console/api/concerns/statistics");
    asked.then(
      ({ items }) => setYears(items),
      (why) => setFault(sentenceOf(why)),
    );
  }, [desk]);
  const cell = (count: number | null) => <td class="number">{count ?? <span class="quiet">{words.fewer}</span>}</td>;
  return (
    <section class="stack" aria-labelledby="numbers">
      <h1 id="numbers">{words.places.numbers}</h1>
      <p class="quiet">{words.numbersMeans}</p>
      <p class="fault" role="alert">
        {fault}
      </p>
      {years?.length === 0 && <p>{words.noYears}</p>}
      {years && years.length > 0 && (
        <table class="numbers">
          <thead>
            <tr>
              {[words.year, ...Object.values(words.outcomes), words.total].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {years.map((one) => (
              <tr key={one.year}>
                <th scope="row">{one.year}</th>
                {cell(one.prevent)}
                {cell(one.welfare)}
                {cell(one.no_concern)}
                {cell(one.total)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
