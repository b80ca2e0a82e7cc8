// Going on and ending: no change in one press, an update, and what is held: all clear and that it was an error.

import { useState } from "preact/hooks";
import { HoldButton } from "../../../../web/browser/holding.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { words as frame } from "../../words/index.ts";
import type { RoomTraits } from "../index.ts";
import type { AtHand } from "./at_hand.ts";
import { mayConfirm } from "./steps.ts";
import { words } from "./words.ts";

export function Ending({ desk, one }: { desk: RoomTraits["desk"]; one: AtHand }) {
  const { fault, act: hold } = useDoing(words.notSent);
  const [updating, setUpdating] = useState(false);
  const { thread } = one;
  if (thread?.state !== "in_force") {
    return (
      <footer class="ways">
        <a class="second" href="#/broadcasts">
          {words.toList}
        </a>
      </footer>
    );
  }
  const { second } = thread;
  const confirms = second && mayConfirm(thread, desk.session?.person.id ?? "");
  return (
    <footer class="ways">
      <HoldButton
        class="second"
        text={words.retract}
        hint={words.retractHint}
        again={words.again}
        done={() => void hold(() => one.does("retract"))}
      />
      <p class="away fault" role="alert">
        {fault}
      </p>
      {second && <p class="amber">{words.updateWaits}</p>}
      {confirms && (
        <HoldButton
          class="second"
          text={words.updateSend}
          hint={words.confirmHint}
          again={words.again}
          done={() => void hold(() => one.does("confirm", { digest: second.digest }))}
        />
      )}
      <button type="button" class="second" onClick={() => void hold(() => one.does("update", { no_change: true }))}>
        {words.noChange}
      </button>
      <button type="button" class="second" onClick={() => setUpdating(true)}>
        {words.update}
      </button>
      <HoldButton
        class="first"
        text={words.allClear}
        hint={words.clearHint}
        again={words.again}
        done={() => void hold(() => one.does("clear", {}))}
      />
      {updating && <Update one={one} close={() => setUpdating(false)} />}
    </footer>
  );
}

/** Own words wait for a second person; a template's go at once. */
function Update({ one, close }: { one: AtHand; close: () => void }) {
  const { busy, fault, act: hold } = useDoing(words.notSent);
  const { thread, campus } = one;
  const [template, setTemplate] = useState("");
  const alerts =
    campus?.templates.filter(({ kind, severity }) => kind === "alert" && severity === thread?.severity) ?? [];
  const send = async (event: SubmitEvent) => {
    const { title, body, next } = fieldsOf(event);
    const said = template ? { template } : { title, body };
    const next_update_min = Number(next) >= 1 ? Math.round(Number(next)) : null;
    if (await hold(() => one.does("update", { ...said, next_update_min }))) close();
  };
  return (
    <Dialog title={words.updateTitle} close={close} class="update">
      <form class="stack" onSubmit={(event) => void send(event)}>
        <label class="field">
          <span>{words.templates}</span>
          <select value={template} onChange={(event) => setTemplate(event.currentTarget.value)}>
            <option value="">{words.own}</option>
            {alerts.map(({ id, title }) => (
              <option key={id} value={id}>
                {title.replace(/\{place\}/g, thread?.place_name ?? "…")}
              </option>
            ))}
          </select>
        </label>
        {!template && (
          <>
            <label class="field">
              <span>{words.title1}</span>
              <input name="title" required maxLength={500} defaultValue={thread?.title ?? ""} />
            </label>
            <label class="field">
              <span>{words.body}</span>
              <textarea name="body" required rows={4} maxLength={4000} />
            </label>
            <p class="quiet">{words.ownNow}</p>
          </>
        )}
        <label class="field">
          <span>{words.nextIn}</span>
          <input name="next" type="number" min={1} max={10080} defaultValue={String(thread?.next_update_min ?? "")} />
        </label>
        <p class="fault" role="alert">
          {fault}
        </p>
        <p class="deeds">
          <button type="button" class="second" onClick={close}>
            {frame.notNow}
          </button>
          <button type="submit" class="first" aria-disabled={busy}>
            {template ? words.updateSend : words.ask}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
