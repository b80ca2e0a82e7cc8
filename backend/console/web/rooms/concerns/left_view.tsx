// Concerns that nobody at the desk can open any more: taken to the recovery key's holders, and given to two again.

import { useEffect, useState } from "preact/hooks";
import { type Desk, sentenceOf } from "../../desk.ts";
import { useDoing } from "../../parts/form.ts";
import { copiesIn } from "./left.ts";
import type { Colleague, Left, Page } from "./wire.ts";
import { words } from "./words.ts";
import { API } from "./working.ts";

interface Told {
  left: Left[];
  able: Colleague[];
}

export function LeftView({ desk }: { desk: Desk }) {
  const [told, setTold] = useState<Told | null>(null);
  const [fault, setFault] = useState("");
  const [restored, setRestored] = useState(false);
  const look = () => {
    all(desk).then(setTold, (why) => setFault(sentenceOf(why)));
  };
  useEffect(look, [desk]);
  const done = () => {
    setRestored(true);
    look();
  };
  return (
    <section class="stack" aria-labelledby="left">
      <h1 id="left">{words.places.left}</h1>
      <p class="quiet">{words.leftMeans}</p>
      <p class="fault" role="alert">
        {fault}
      </p>
      <p role="status">{restored ? words.restored : ""}</p>
      {told?.left.length === 0 && <p>{words.noneLeft}</p>}
      {told && told.left.length > 0 && (
        <>
          <ol class="road stack">
            <li>
              {words.leftSave}{" "}
              <button type="button" class="second" onClick={() => save(told.left)}>
                {words.leftSaveDo}
              </button>
            </li>
            <li>
              {words.leftRecover} <code>bluelight prevent recover</code>
            </li>
            <li>{words.leftLoad}</li>
          </ol>
          {told.left.map((one) => (
            <Restoring key={one.id} desk={desk} concern={one} able={told.able} done={done} />
          ))}
        </>
      )}
    </section>
  );
}

async function all(desk: Desk): Promise<Told> {
  const [left, colleagues] = await Promise.all([
    desk.ask<Page<Left>>("GET", `${API}/left-behind`),
    desk.ask<Page<Colleague>>("GET", `${API}/advisers`),
  ]);
  return { left: left.items, able: colleagues.items.filter(({ cannot }) => cannot === null) };
}

/** As the command takes it: a list, sealed as it is. */
function save(items: Left[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ items })], { type: "application/json" }));
  link.download = "left-behind.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

interface RestoringTraits {
  desk: Desk;
  concern: Left;
  able: Colleague[];
  done: () => void;
}

function Restoring({ desk, concern, able, done }: RestoringTraits) {
  const { busy, fault, act } = useDoing();
  const [problem, setProblem] = useState("");
  const restore = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const adviser_ids = given.getAll("adviser").map(String);
    const file = given.get("copies");
    if (adviser_ids.length !== 2) return setProblem(words.notTwo);
    const copies = file instanceof File ? copiesIn(await file.text(), concern) : null;
    if (!copies) return setProblem(words.noCopies);
    setProblem("");
    if (await act(() => desk.ask("POST", `${API}/${concern.id}/restore`, { adviser_ids, copies }))) done();
  };
  const title = `left-${concern.id}`;
  return (
    <section class="card stack" aria-labelledby={title}>
      <h2 id={title}>{words.concernOf(words.day(concern.day))}</h2>
      <form class="stack" onSubmit={(event: SubmitEvent) => void restore(event)}>
        <fieldset class="candidates">
          <legend class="quiet">{words.forTwo}</legend>
          {able.map((one) => (
            <label key={one.adviser_id}>
              <input type="checkbox" name="adviser" value={one.adviser_id} />
              <span>{one.name}</span>
            </label>
          ))}
        </fieldset>
        <label class="field">
          <span>{words.copiesFile(concern.id)}</span>
          <input type="file" name="copies" accept=".json,application/json" />
        </label>
        <p class="fault" role="alert">
          {problem || fault}
        </p>
        <div class="deeds">
          <button type="submit" class="first" aria-disabled={busy}>
            {words.restore}
          </button>
        </div>
      </form>
    </section>
  );
}
