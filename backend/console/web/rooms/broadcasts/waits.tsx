// Words that wait for a second person: read whole and held by whoever confirms, watched by whoever asked.

import { HoldButton } from "../../../../web/browser/holding.tsx";
import { Age } from "../../parts/age.tsx";
import { useDoing } from "../../parts/form.ts";
import type { RoomTraits } from "../index.ts";
import type { AtHand } from "./at_hand.ts";
import { Preview } from "./preview.tsx";
import { Reached } from "./reached.tsx";
import { Sum } from "./send.tsx";
import { mayConfirm } from "./steps.ts";
import { words } from "./words.ts";

export function Waits({ desk, one }: { desk: RoomTraits["desk"]; one: AtHand }) {
  const { busy, fault, act: hold } = useDoing(words.notSent);
  const { thread } = one;
  if (!thread?.second) return null;
  const { second } = thread;
  const mine = !mayConfirm(thread, desk.session?.person.id ?? "");
  return (
    <div class={`compose waits ${thread.exercise ? "exercise" : ""}`}>
      <header class="top">
        <h1>{words.waitsTitle}</h1>
        {thread.exercise && <strong class="mark">{words.exercise}</strong>}
        <p class="amber asked">
          {words.asked} <Age since={second.asked_at} /> {words.ago} · {words.expires(second.expires_at)}
        </p>
      </header>
      <section class="step send" aria-label={words.waitsTitle}>
        <Preview one={thread} languages={thread.languages} />
        <div class="sum">
          <p class="told">{mine ? words.waitsMeans : words.askedBy(second.asked_by.name ?? words.somebody)}</p>
          <Sum thread={thread} one={one} />
          <Reached one={one} />
        </div>
      </section>
      <footer class="ways">
        <p class="away">
          <button type="button" class="second" onClick={() => one.change()}>
            {words.changeIt}
          </button>{" "}
          <span class="quiet">{words.changeMeans}</span>
        </p>
        <p class="fault" role="alert">
          {fault}
        </p>
        {!mine && (
          <HoldButton
            class={`first ${busy ? "busy" : ""}`}
            text={words.confirm(thread.reach?.people ?? 0)}
            hint={words.confirmHint}
            again={words.again}
            done={() => void hold(() => one.does("confirm", { digest: second.digest }))}
          />
        )}
      </footer>
    </div>
  );
}
