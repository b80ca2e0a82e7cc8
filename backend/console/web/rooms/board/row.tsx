// One case as a line of the list: what it is, where, how far, and for how long.

import { Shape } from "../../../../web/browser/shapes.tsx";
import { isOpen, isUnanswered, thresholds } from "../../board.ts";
import { Age } from "../../parts/age.tsx";
import { unlessUnchanged } from "../../parts/unchanged.ts";
import { placeOf } from "../../places.ts";
import type { Policy, Row } from "../../wire.ts";
import { words as frame } from "../../words/index.ts";
import { marksOf, stageOf } from "./telling.ts";
import { words } from "./words.ts";

interface Traits {
  row: Row;
  /** Whether its case is the one that stands open beside the list. */
  opened: boolean;
  me: string;
  policies: readonly Policy[];
}

export const CaseRow = unlessUnchanged(({ row, opened, me, policies }: Traits) => {
  const marks = marksOf(row);
  const place = placeOf(row);
  const waits = isOpen(row) && (isUnanswered(row) || row.late);
  return (
    <li class={`case ${row.kind} ${isOpen(row) ? "" : "over"} ${row.exercise ? "exercise" : ""}`}>
      <a href={`#/board/${row.id}`} data-case={row.id} aria-current={opened ? "true" : undefined}>
        <Shape kind={row.kind} />
        <span class="line">
          <span class="name">
            <strong>{frame.kinds[row.kind]}</strong> <span class="reference">{row.reference}</span>
          </span>
          <Age since={row.received_at} {...thresholds(row, policies)} />
        </span>
        <span class="line">
          <span class="place" title={place}>
            {place}
          </span>
          {row.unread > 0 && <span class="unread">{words.unread(row.unread)}</span>}
        </span>
        <span class="line">
          <span class={waits ? "stage waits" : "stage"}>{stageOf(row)}</span>
          {isOpen(row) && row.taken_by && (
            <span class="taker">
              {row.taken_by.id === me ? words.mine : words.takenBy(row.taken_by.name ?? words.colleague)}
            </span>
          )}
        </span>
        {marks.length > 0 && (
          <span class="marks">
            {marks.map(({ text, wrong }) => (
              <span key={text} class={wrong ? "tag wrong" : "tag"}>
                {text}
              </span>
            ))}
          </span>
        )}
      </a>
    </li>
  );
});
