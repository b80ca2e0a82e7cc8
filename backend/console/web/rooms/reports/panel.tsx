// One plot of times: every case a dot, half and nineteen of twenty as lines, the targets as lines of another kind.

import { useId, useMemo, useState } from "preact/hooks";
import { type Figures, type Group, isOver, type Measure, type Reported, type Target, targetsIn } from "./figures.ts";
import { circles, diamonds, marks, nearest, place, type Scale, swarm } from "./plot.ts";
import { words } from "./words.ts";

const HEIGHT = 92;
const TOP = 20;
const FOOT = 22;
const SIDE = 26;
const RADIUS = 3.2;
const DOT_PX = 7;
const REACH_PX = 16;
const MARK_PX = 62;

interface Traits {
  name: string;
  group: Group;
  figures: Figures;
  measure: Measure;
  targets: Target[];
  scale: Scale;
}

export function Panel({ name, group, figures, measure, targets, scale }: Traits) {
  const id = useId();
  const [at, setAt] = useState(-1);
  const { fine, over, all } = useMemo(() => {
    const timed = group.cases.filter((one) => one[measure] !== null);
    const dots = swarm(timed, (one) => one[measure] ?? 0, scale, HEIGHT, DOT_PX);
    const isLate = ({ of }: { of: Reported }) => isOver(of, measure, targets);
    return {
      fine: dots.filter((dot) => !isLate(dot)),
      over: dots.filter(isLate),
      all: dots.sort((one, other) => one.x - other.x),
    };
  }, [group, measure, targets, scale]);
  const chosen = all[at];
  const text = chosen ? sentence(chosen.of, measure, targets) : words.point;
  const key = (event: KeyboardEvent) => {
    const wanted = stepped(event.key, at, all.length);
    if (wanted === null) return;
    event.preventDefault();
    setAt(wanted);
  };
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const ratio = (scale.width + 2 * SIDE) / box.width;
    setAt(nearest(all, (event.clientX - box.left) * ratio - SIDE, (event.clientY - box.top) * ratio - TOP, REACH_PX));
  };
  return (
    <figure class="panel">
      <figcaption>
        <h3 id={id}>{name}</h3>
        <span class="quiet">
          {words.cases(figures.count)}
          {figures.without > 0 && ` · ${words.without(figures.without)}`}
        </span>
      </figcaption>
      {all.length === 0 ? (
        <p class="quiet">{words.noneHere}</p>
      ) : (
        <>
          <div
            class="plot"
            role="slider"
            tabIndex={0}
            aria-label={words.stepThrough(summary(name, figures))}
            aria-valuemin={0}
            aria-valuemax={all.length}
            aria-valuenow={at + 1}
            aria-valuetext={text}
            onKeyDown={key}
            onPointerMove={point}
            onPointerLeave={() => setAt(-1)}
          >
            <svg viewBox={`${-SIDE} ${-TOP} ${scale.width + 2 * SIDE} ${TOP + HEIGHT + FOOT}`} aria-hidden="true">
              <Axis scale={scale} />
              <path class="dots" d={circles(fine, RADIUS)} />
              <path class="dots over" d={diamonds(over, RADIUS + 1)} />
              {targetsIn(group.cases, measure, targets).map(([kind, target]) => (
                <Line key={kind} class="target" scale={scale} at={target} text={words.target(words.took(target))} />
              ))}
              <Line class="half" scale={scale} at={figures.p50} text={words.half} />
              <Line class="most" scale={scale} at={figures.p95} text={words.most} />
              {chosen && <circle class="chosen" cx={chosen.x} cy={chosen.y} r={RADIUS + 3} />}
            </svg>
          </div>
          <p class="one quiet" aria-hidden="true">
            {text}
          </p>
        </>
      )}
    </figure>
  );
}

function Axis({ scale }: { scale: Scale }) {
  return (
    <g class="axis">
      <line x1={0} x2={scale.width} y1={HEIGHT} y2={HEIGHT} />
      {marks(scale, MARK_PX).map((mark) => (
        <g key={mark} transform={`translate(${place(scale, mark)} 0)`}>
          <line class="mark" y1={0} y2={HEIGHT} />
          <text y={HEIGHT + 16}>{words.took(mark)}</text>
        </g>
      ))}
    </g>
  );
}

/** A time across the plot; its word stands above, where the dots are not. */
function Line({ class: name, scale, at, text }: { class: string; scale: Scale; at: number | null; text: string }) {
  if (at === null) return null;
  const x = place(scale, at);
  const end = x > scale.width * 0.85 ? "end" : x < scale.width * 0.15 ? "start" : "middle";
  const isTarget = name === "target";
  return (
    <g class={`line ${name}`}>
      <line x1={x} x2={x} y1={isTarget ? -4 : 0} y2={HEIGHT} />
      <text x={x} y={isTarget ? -8 : HEIGHT - 3} text-anchor={isTarget ? end : "start"} dx={isTarget ? 0 : 3}>
        {text}
      </text>
    </g>
  );
}

function stepped(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(at + 1, count - 1);
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return key === "Escape" ? -1 : null;
}

function summary(name: string, { count, without, p50, p95 }: Figures): string {
  return words.summary(name, count - without, words.took(p50 ?? 0), words.took(p95 ?? 0));
}

function sentence(one: Reported, measure: Measure, targets: Target[]): string {
  const told = words.one(one.reference, one.day, one.hour, words.took(one[measure] ?? 0));
  return isOver(one, measure, targets) ? `${told}, ${words.over}` : told;
}
