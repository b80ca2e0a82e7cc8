// Every officer: those first whom the next call might not reach, what is wrong, and a way to end a sign-in that should end.

import { useEffect, useMemo, useState } from "preact/hooks";
import { now } from "../../../../web/browser/clock.ts";
import { useReading } from "../../parts/reading.ts";
import type { RoomTraits } from "../index.ts";
import { dayAt } from "../reports/figures.ts";
import { inOrder, isOnDuty, isPressing, type Kempt, type Kept, merged } from "./attention.ts";
import { Ending } from "./ending.tsx";
import { OfficerLine } from "./line.tsx";
import { words } from "./words.ts";

/** A message says that something has changed, not what became of the phones: all that come within this are one question. */
const TOGETHER_MS = 5_000;

type Whom = keyof typeof words.whom;
const WHOM: readonly Whom[] = ["all", "on", "needing"];

export default function OfficersRoom({ desk }: RoomTraits) {
  const { found, fault, again } = useReading<{ items: Kept[] }>(desk, "/console/api/officers");
  const [wanted, setWanted] = useState("");
  const [whom, setWhom] = useState<Whom>("all");
  const [ending, setEnding] = useState<Kept | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = desk.listen({
      message: ({ type }) => {
        if (type === "officer")
          timer ??= setTimeout(() => {
            timer = undefined;
            again();
          }, TOGETHER_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [desk]);
  const today = dayAt(now(), desk.standing.campus?.time_zone);
  const everybody = inOrder(merged(found?.items ?? [], desk.standing.officers), today);
  const siteOf = useMemo(
    () => new Map(desk.standing.campus?.zones.map(({ id, name }) => [id, name]) ?? []),
    [desk.standing.campus],
  );
  const shown = everybody.filter((one) => isMeant(one, whom, wanted.trim().toLowerCase()));
  const needing = everybody.filter(needsSomebody).length;
  const onDuty = everybody.filter(({ officer }) => isOnDuty(officer)).length;
  return (
    <div class="record">
      <header>
        <h1>{words.title}</h1>
        <p class="quiet" role="status">
          {said || (found ? words.summary(onDuty, needing) : "")}
        </p>
        <p class="quiet">{words.ownTime}</p>
      </header>
      <div class="controls">
        <label class="field">
          <span>{words.find}</span>
          <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
        <label class="field">
          <span>{words.show}</span>
          <select
            value={whom}
            onChange={(event) => setWhom(WHOM.find((one) => one === event.currentTarget.value) ?? "all")}
          >
            {WHOM.map((one) => (
              <option key={one} value={one}>
                {words.whom[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="fault" role="alert">
        {fault}
      </p>
      {found && shown.length === 0 && <p class="card">{everybody.length ? words.noneSuch : words.none}</p>}
      {shown.length > 0 && (
        <table class="officers-table">
          <thead>
            <tr>
              {Object.entries(words.columns).map(([key, name]) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <OfficerLine
                key={one.officer.officer_id}
                kempt={one}
                today={today}
                site={one.officer.site ? (siteOf.get(one.officer.site) ?? one.officer.site) : null}
                end={() => setEnding(one.officer)}
              />
            ))}
          </tbody>
        </table>
      )}
      {ending && (
        <Ending
          desk={desk}
          officer={ending}
          close={(sentence) => {
            setEnding(null);
            if (!sentence) return;
            setSaid(sentence);
            again();
          }}
        />
      )}
    </div>
  );
}

function needsSomebody({ troubles }: Kempt): boolean {
  return troubles.some(isPressing);
}

function isMeant(one: Kempt, whom: Whom, wanted: string): boolean {
  if (whom === "on" && !isOnDuty(one.officer)) return false;
  if (whom === "needing" && !needsSomebody(one)) return false;
  return [one.officer.name, ...one.officer.teams].some((text) => text.toLowerCase().includes(wanted));
}
