// What happened, the newest first, with the control room's notes; the presses, and where the person was.

import { isOpen } from "../../../board.ts";
import { Age } from "../../../parts/age.tsx";
import { useDoing } from "../../../parts/form.ts";
import type { Case } from "../../../wire.ts";
import { Draft, sent } from "./draft.tsx";
import { Fold } from "./fold.tsx";
import type { Opened } from "./opened.ts";
import { words } from "./record_words.ts";
import { words as frame } from "./words.ts";

const NOTE = 2000;

/** A case may have hundreds of positions; the newest say where somebody is going. */
const MOST_FIXES = 20;

export function Timeline({ opened, one }: { opened: Opened; one: Case }) {
  return (
    <section class="case-box">
      <h3>{words.timeline}</h3>
      <AddNote key={String(isOpen(one))} opened={opened} />
      <ol class="case-story">
        {one.progress
          .map((line, place) => (
            <li key={place}>
              <time dateTime={line.at}>{frame.time(line.at)}</time>
              <span>{frame.stage(line.stage, line.by)}</span>
              {line.words && (
                <span class="case-text" dir="auto">
                  {line.words}
                </span>
              )}
            </li>
          ))
          .reverse()}
      </ol>
    </section>
  );
}

function AddNote({ opened }: { opened: Opened }) {
  const { busy, fault, act } = useDoing();
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = (opened.drafts.get("note") ?? "").trim();
    if (!text) return;
    // A note has no number of its own: it stays in its field until it is known to be written.
    void act(() => opened.tell("POST", "/notes", { text })).then((done) => done && sent(opened, form));
  };
  return (
    <form class="case-say" onSubmit={add}>
      <Draft opened={opened} name="note" label={words.note} most={NOTE} within enterSends />
      <button type="submit" class="second" aria-disabled={busy}>
        {words.addNote}
      </button>
      <p class="fault" role="alert">
        {fault}
      </p>
    </form>
  );
}

export function Presses({ one }: { one: Case }) {
  if (!one.taps.length && !one.track.length) return null;
  const told = [one.taps.length && words.presses(one.taps.length), one.track.length && words.track(one.track.length)];
  return (
    <Fold title={words.whereAndWhen} told={told.filter(Boolean).join(", ")}>
      {one.taps.length > 0 && (
        <ol class="case-story">
          {one.taps.map(({ tap_id, at, trigger, note }) => (
            <li key={tap_id}>
              <time dateTime={at}>{frame.time(at)}</time>
              <span>{frame.triggers[trigger] ?? trigger.replaceAll("_", " ")}</span>
              {note && (
                <span class="case-text" dir="auto">
                  {note}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {isOpen(one) ? (
        <ol class="case-story">
          {one.track.slice(0, MOST_FIXES).map(({ at, latitude, longitude, accuracy_m }) => (
            <li key={at}>
              <Age since={at} />
              <span>
                {latitude.toFixed(5)}, {longitude.toFixed(5)} {words.metresOff(accuracy_m)}{" "}
                <time class="quiet" dateTime={at}>
                  {frame.time(at)}
                </time>
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p class="quiet">{words.noTrack}</p>
      )}
    </Fold>
  );
}
