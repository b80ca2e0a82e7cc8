// One's own sound, on or off, and the names of those who hear nothing: everybody sees both.

import { useEffect } from "preact/hooks";
import { allowSound, onSoundChange, soundState } from "../../../web/browser/sounds.ts";
import type { Desk } from "../desk.ts";
import { mayHear, silent } from "../signals.ts";
import type { DeskPicture } from "../wire.ts";
import { words } from "../words/index.ts";
import { useDoing } from "./form.ts";

export function SoundButton({ desk }: { desk: Desk }) {
  const { fault, act } = useDoing();
  useEffect(() => {
    onSoundChange(desk.changed);
    return () => onSoundChange(() => undefined);
  }, [desk]);
  const people = desk.standing.desk?.people ?? [];
  const me = desk.session?.person.id ?? "";
  const on = mayHear(people, me);
  const deaf = silent(people, me);
  const turn = () =>
    act(async () => {
      desk.standing.desk = await desk.ask<DeskPicture>("PUT", "/console/api/sound", { on: !on });
      desk.changed();
    });
  const state = soundState();
  return (
    <>
      {on && state === "blocked" ? (
        <button type="button" class="sound blocked" onClick={() => void allowSound()}>
          {words.allowSound}
        </button>
      ) : (
        <button
          type="button"
          class={`sound ${on ? "" : "off"}`}
          title={on ? words.soundMeans : words.soundMeansOff}
          onClick={() => void turn()}
        >
          {on ? words.soundOn : words.soundOff}
        </button>
      )}
      {on && state === "none" && <span class="amber">{words.noSound}</span>}
      {deaf.length > 0 && (
        <span class="deaf" title={words.silent(deaf)}>
          {words.silent(deaf)}
        </span>
      )}
      {fault && (
        <span class="red" role="alert">
          {fault}
        </span>
      )}
    </>
  );
}
