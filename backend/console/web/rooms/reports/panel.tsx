// One plot of times: every case a dot, half and nineteen of twenty as lines, the targets as lines of another kind.

import { useMemo, useState } from "preact/hooks";
import { type Figures, type Group, isOver, type Measure, type Reported, type Target, targetsIn } from "./figures.ts";
import { circles, diamonds, marks, nearest, place, type Scale, swarm } from "./plot.ts";
import { words } from "./words.ts";

/** Three plots have more room than eight. */
const FEW = 3;
const TALL = 92;
const LOW = 52;
/** A row above the plot for the word of each target. */
const ROW = 17;
const FOOT = 22;
/** Room beside the scale for the halves of its first and last words. */
export const SIDE = 32;
const RADIUS = 3.2;
const DOT_PX = 7;
const REACH_PX = 16;
const MARK_PX = 68;
/** The widest word of a target, and of a share. */
const GOAL_PX = 160;
const SHARE_PX = 44;

interface Traits {
  name: string;
  group: Group;
  figures: Figures;
  measure: Measure;
  targets: Target[];
  scale: Scale;
  /** How many stand one below the other. */
  among: number;
}

export function Panel({ name, group, figures, measure, targets, scale, among }: Traits) {
  const height = among > FEW ? LOW : TALL;
  const [at, setAt] = useState(-1);
  const { fine, over, all } = useMemo(() => {
    const timed = group.cases.filter((one) => one[measure] !== null);
    const dots = swarm(timed, (one) => one[measure] ?? 0, scale, height, DOT_PX);
    const isLate = ({ of }: { of: Reported }) => isOver(of, measure, targets);
    return {
      fine: dots.filter((dot) => !isLate(dot)),
      over: dots.filter(isLate),
      all: dots.sort((one, other) => one.x - other.x),
    };
  }, [group, measure, targets, scale, height]);
  const goals = targetsIn(group.cases, measure, targets);
  const top = 6 + ROW * Math.max(1, goals.length);
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
    setAt(nearest(all, (event.clientX - box.left) * ratio - SIDE, (event.clientY - box.top) * ratio - top, REACH_PX));
  };
  return (
    <figure class="panel">
      <figcaption>
        <h2>{name}</h2>
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
            <svg viewBox={`${-SIDE} ${-top} ${scale.width + 2 * SIDE} ${top + height + FOOT}`} aria-hidden="true">
              <Axis scale={scale} height={height} />
              <path class="dots" d={circles(fine, RADIUS)} />
              <path class="dots over" d={diamonds(over, RADIUS + 1)} />
              {goals.map(([kind, target], row) => (
                <Goal
                  key={kind}
                  x={place(scale, target)}
                  height={height}
                  row={row}
                  text={
                    goals.length > 1
                      ? words.targetOf(words.kinds[kind], words.took(target))
                      : words.target(words.took(target))
                  }
                />
              ))}
              {figures.p50 !== null && (
                <Share class="half" x={place(scale, figures.p50)} height={height} text={words.half} />
              )}
              {figures.p95 !== null && (
                <Share
                  class="most"
                  x={place(scale, figures.p95)}
                  height={height}
                  text={words.most}
                  width={scale.width}
                />
              )}
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

function Axis({ scale, height }: { scale: Scale; height: number }) {
  return (
    <g class="axis">
      <line x1={0} x2={scale.width} y1={height} y2={height} />
      {marks(scale, MARK_PX).map((mark) => (
        <g key={mark} transform={`translate(${place(scale, mark)} 0)`}>
          <line class="mark" y1={0} y2={height} />
          <text y={height + 16}>{words.took(mark)}</text>
        </g>
      ))}
    </g>
  );
}

interface LineTraits {
  x: number;
  height: number;
  text: string;
}

/** A target across the plot; its word stands above, before its line and below those of later ones, so that none crosses it. */
function Goal({ x, height, text, row }: LineTraits & { row: number }) {
  const y = -5 - row * ROW;
  const before = x > GOAL_PX;
  return (
    <g class="line target">
      <line x1={x} x2={x} y1={y - 9} y2={height} />
      <text x={before ? x - 5 : x + 5} y={y} text-anchor={before ? "end" : "start"}>
        {text}
      </text>
    </g>
  );
}

/** What so many stayed within: the word of half stands to the left of its line, that of 95 % to the right. */
function Share({ class: name, x, height, text, width }: LineTraits & { class: "half" | "most"; width?: number }) {
  const left = width === undefined ? x > SHARE_PX : x > width - SHARE_PX;
  return (
    <g class={`line ${name}`}>
      <line x1={x} x2={x} y1={0} y2={height} />
      <text x={left ? x - 4 : x + 4} y={height - 4} text-anchor={left ? "end" : "start"}>
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
