// How fast cases were answered: plots of every case against the targets, the exact figures beside them.

import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { now } from "../../../../web/browser/clock.ts";
import { fieldsOf } from "../../parts/form.ts";
import { useReading } from "../../parts/reading.ts";
import type { Campus } from "../../wire.ts";
import { words as frame } from "../../words/index.ts";
import type { RoomTraits } from "../index.ts";
import {
  apart,
  dayAt,
  daysFrom,
  figuresOf,
  MEASURES,
  type Measure,
  type Report,
  SPLITS,
  type Split,
} from "./figures.ts";
import { Panel, SIDE } from "./panel.tsx";
import { scaleFor } from "./plot.ts";
import { EachTable, FiguresTable } from "./tables.tsx";
import { words } from "./words.ts";

/** Before the page has said how wide a plot is. */
const WIDTH = 520;

export default function ReportsRoom({ desk }: RoomTraits) {
  const campus = useReading<Campus>(desk, "/console/api/campus");
  const [days, setDays] = useState<{ from: string; to: string } | null>(null);
  const [measure, setMeasure] = useState<Measure>("accepted_s");
  const [split, setSplit] = useState<Split>("kind");
  const query = days ? `?from=${days.from}&to=${days.to}` : "";
  const { found, fault, busy } = useReading<Report>(desk, `/console/api/reports${query}`);
  const names = useMemo(() => new Map(campus.found?.zones.map(({ id, name }) => [id, name]) ?? []), [campus.found]);
  const nameOf = useCallback((place: string) => names.get(place) ?? place, [names]);
  // The page is drawn with every picture of where officers are: thousands of dots only when there is a new report.
  const plots = useMemo(
    () => found && <Plots report={found} measure={measure} split={split} nameOf={nameOf} />,
    [found, measure, split, nameOf],
  );
  const each = useMemo(() => found && <EachTable cases={found.cases} nameOf={nameOf} />, [found, nameOf]);
  const today = dayAt(now(), campus.found?.time_zone);
  const choose = (event: SubmitEvent) => {
    const { from = "", to = "" } = fieldsOf(event);
    setDays({ from, to });
  };
  return (
    <div class="record reports-room" aria-busy={busy}>
      <header>
        <h1>{words.title}</h1>
        <p class="quiet">{words.means}</p>
        {found && <p class="days">{words.days(found.from, found.to)}</p>}
      </header>
      <div class="controls">
        <form class="line" key={query + found?.from} onSubmit={choose}>
          <Day name="from" text={words.from} value={found?.from} />
          <Day name="to" text={words.to} value={found?.to} />
          <button type="submit" class="second">
            {words.show}
          </button>
        </form>
        <fieldset class="line">
          <legend class="unseen">{words.spansLabel}</legend>
          {words.spans.map(({ days: count, name }) => (
            <button
              key={count}
              type="button"
              class="plain"
              onClick={() => setDays({ from: daysFrom(today, 1 - count), to: today })}
            >
              {name}
            </button>
          ))}
        </fieldset>
        <Choice text={words.step} value={measure} names={words.steps} all={MEASURES} choose={setMeasure} />
        <Choice text={words.split} value={split} names={words.splits} all={SPLITS} choose={setSplit} />
        <p class="line take">
          <a class="second" href={`/console/api/reports.csv${query}`} download>
            {words.table}
          </a>
          <button type="button" class="second" onClick={() => window.print()}>
            {words.print}
          </button>
        </p>
      </div>
      <p class="fault" role="alert">
        {fault}
      </p>
      {plots}
      {each}
      {found && <p class="quiet">{words.asOf(frame.time(found.as_of), found.time_zone)}</p>}
    </div>
  );
}

interface PlotTraits {
  report: Report;
  measure: Measure;
  split: Split;
  nameOf: (site: string) => string;
}

function Plots({ report, measure, split, nameOf }: PlotTraits) {
  const { cases, targets } = report;
  const { place, width } = useWidth();
  const { lines, all, scale } = useMemo(() => {
    const named = (key: string) => {
      if (split === "kind") return words.kinds[key as keyof typeof words.kinds];
      if (split === "hour") return words.band(Number(key));
      return key ? nameOf(key) : words.outside;
    };
    const groups = apart(cases, split, nameOf);
    const goals = targets.map((one) =>
      measure === "accepted_s" ? one.accepted_s : measure === "on_scene_s" ? one.on_scene_s : null,
    );
    const values = [...cases.map((one) => one[measure]), ...goals].filter((value) => value !== null);
    return {
      lines: groups.map((group) => ({
        group,
        name: named(group.key),
        figures: figuresOf(group.cases, measure, targets),
      })),
      all: figuresOf(cases, measure, targets),
      // One scale for all, or what stands side by side could not be compared.
      scale: scaleFor(values, width),
    };
  }, [report, measure, split, nameOf, width]);
  if (cases.length === 0) return <p class="card">{words.none}</p>;
  return (
    <div class="plots">
      <div class="panels" ref={place}>
        {lines.map(({ group, name, figures }) => (
          <Panel
            key={group.key}
            name={name}
            group={group}
            figures={figures}
            measure={measure}
            targets={targets}
            scale={scale}
            among={lines.length}
          />
        ))}
        <p class="quiet legend">{words.legend}</p>
      </div>
      <section class="beside" aria-label={words.figures}>
        <FiguresTable
          caption={`${words.steps[measure]} · ${words.splits[split]}`}
          lines={[...lines, { name: words.all, figures: all }]}
        />
        <p class="quiet">{words.fewNote}</p>
      </section>
    </div>
  );
}

/** How wide a plot may be in pixels, so that what is written in it has the size of all other words. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH);
  useLayoutEffect(() => {
    const box = place.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      const plot = box.querySelector(".plot");
      if (plot) setWidth(Math.max(WIDTH / 2, Math.round(plot.clientWidth - 2 * SIDE)));
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return { place, width };
}

function Day({ name, text, value }: { name: string; text: string; value: string | undefined }) {
  return (
    <label class="field">
      <span>{text}</span>
      <input type="date" name={name} required value={value ?? ""} />
    </label>
  );
}

interface ChoiceTraits<T extends string> {
  text: string;
  value: T;
  names: Record<T, string>;
  all: readonly T[];
  choose: (value: T) => void;
}

function Choice<T extends string>({ text, value, names, all, choose }: ChoiceTraits<T>) {
  return (
    <label class="field">
      <span>{text}</span>
      <select value={value} onChange={(event) => choose(all.find((one) => one === event.currentTarget.value) ?? value)}>
        {all.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
