// The cases that belong to this one, and a way to find another that does.

import { useState } from "preact/hooks";
import { Shape } from "../../../../../web/browser/shapes.tsx";
import type { Desk } from "../../../desk.ts";
import { Age } from "../../../parts/age.tsx";
import { useDoing } from "../../../parts/form.ts";
import type { Case } from "../../../wire.ts";
import { linkable } from "./choosing.ts";
import { Fold } from "./fold.tsx";
import type { Opened } from "./opened.ts";
import { words } from "./record_words.ts";
import { words as frame } from "./words.ts";

const MOST = 5;

export function Links({ desk, opened, one }: { desk: Desk; opened: Opened; one: Case }) {
  const { busy, fault, act } = useDoing();
  const [text, setText] = useState("");
  const found = linkable(desk.standing.rows.values(), one, text);
  const link = (other_id: string) => act(() => opened.change("POST", "/links", { other_id }));
  const unlink = (other: string) => act(() => opened.change("DELETE", `/links/${other}`));
  return (
    <Fold
      title={words.links}
      told={one.linked.map(({ reference }) => reference).join(", ")}
      open={one.linked.length > 0}
      class={one.linked.length ? "" : "case-off-paper"}
    >
      {one.linked.length === 0 && <p class="quiet">{words.noLinks}</p>}
      <ul class="case-linked">
        {one.linked.map(({ id, reference }) => (
          <li key={id}>
            <a href={`#/board/${id}`}>{reference}</a>
            <button
              type="button"
              class="plain"
              aria-label={words.unlinkOf(reference)}
              aria-disabled={busy}
              onClick={() => void unlink(id)}
            >
              {words.unlink}
            </button>
          </li>
        ))}
      </ul>
      <div class="case-find case-off-paper stack">
        <label class="field">
          <span>{words.findCase}</span>
          <input autocomplete="off" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        {found.length === 0 && <p class="quiet">{words.noCase}</p>}
        <ul class="case-found">
          {found.slice(0, MOST).map((row) => (
            <li key={row.id}>
              <Shape kind={row.kind} />
              <span>
                {frame.kinds[row.kind]} {row.reference}
                <span class="quiet">
                  {" "}
                  {row.zone?.name ?? frame.nowhere} · <Age since={row.received_at} />
                </span>
              </span>
              <button
                type="button"
                class="second"
                aria-label={words.linkTo(row.reference)}
                aria-disabled={busy}
                onClick={() => void link(row.id)}
              >
                {words.link}
              </button>
            </li>
          ))}
        </ul>
        {found.length > MOST && <p class="quiet">{words.moreCases(found.length - MOST)}</p>}
      </div>
      <p class="fault" role="alert">
        {fault}
      </p>
    </Fold>
  );
}
