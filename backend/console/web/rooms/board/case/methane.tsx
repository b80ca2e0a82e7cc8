// The METHANE report of a major incident in the order of its letters; every version that is saved stays on the server.

import { useState } from "preact/hooks";
import { isOpen } from "../../../board.ts";
import { useDoing } from "../../../parts/form.ts";
import type { Case, Methane as Report } from "../../../wire.ts";
import { Draft } from "./draft.tsx";
import { Fold } from "./fold.tsx";
import type { Opened } from "./opened.ts";
import { words } from "./record_words.ts";

const LETTERS = ["exact_location", "type", "hazards", "access", "number", "emergency_services"] as const;
const LONGEST = 500;

export function MethaneReport({ opened, one, place }: { opened: Opened; one: Case; place: string }) {
  const { methane } = one;
  const told = methane ? words.version(methane.version, methane.by, methane.at) : words.noReport;
  return (
    <Fold title={words.methane} told={told} class="case-methane">
      {isOpen(one) && <Writing opened={opened} one={one} place={place} />}
      {methane && <Read report={methane} paper={isOpen(one)} />}
    </Fold>
  );
}

function Writing({ opened, one, place }: { opened: Opened; one: Case; place: string }) {
  const { busy, fault, act } = useDoing();
  const { methane } = one;
  const version = methane?.version ?? 0;
  // The version whose words stand in the fields; a colleague's newer one never overwrites what somebody is typing.
  const [base, setBase] = useState(() => Number(opened.drafts.get("methane.base") ?? version));
  const [round, setRound] = useState(0);
  const names = ["major_incident", ...LETTERS].map((letter) => `methane.${letter}`);
  const typed = names.some((name) => opened.drafts.has(name));
  const follow = (to: number) => {
    for (const name of [...names, "methane.base"]) opened.drafts.delete(name);
    setBase(to);
    setRound(round + 1);
  };
  if (version !== base && !typed) follow(version);
  const declared = opened.drafts.get("methane.major_incident") ?? String(methane?.major_incident ?? false);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const letters = LETTERS.map((letter) => [letter, String(given.get(`methane.${letter}`)).trim() || null]);
    const body = { major_incident: given.get("methane.major_incident") === "true", ...Object.fromEntries(letters) };
    void act(() => opened.change("PUT", "/methane", body)).then(
      (done) => done && follow(opened.whole?.methane?.version ?? version + 1),
    );
  };
  const declare = (event: Event) => {
    opened.drafts.set("methane.major_incident", (event.currentTarget as HTMLInputElement).value);
    opened.drafts.set("methane.base", String(base));
  };
  return (
    <form key={round} class="stack" onSubmit={save} onInput={() => opened.drafts.set("methane.base", String(base))}>
      <p class="quiet">{words.methaneMeans}</p>
      {version !== base && (
        <p class="amber" role="status">
          {words.overtaken(methane?.by ?? null, version)}{" "}
          <button type="button" class="second" onClick={() => follow(version)}>
            {words.showTheirs}
          </button>
        </p>
      )}
      <div class="case-letter">
        <Initial letter="major_incident" />
        <fieldset class="case-declared">
          <legend>{words.letters.major_incident}</legend>
          {["true", "false"].map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="methane.major_incident"
                value={value}
                defaultChecked={declared === value}
                onChange={declare}
              />
              {value === "true" ? words.declared : words.standby}
            </label>
          ))}
        </fieldset>
      </div>
      {LETTERS.map((letter) => (
        <div key={letter} class="case-letter">
          <Initial letter={letter} />
          <Draft
            opened={opened}
            name={`methane.${letter}`}
            label={words.letters[letter]}
            most={LONGEST}
            initial={methane?.[letter] ?? (letter === "exact_location" && !methane ? place : "")}
          />
        </div>
      ))}
      <p class="fault" role="alert">
        {fault}
      </p>
      <div class="deeds">
        <button type="submit" class="second" aria-disabled={busy}>
          {words.saveReport}
        </button>
      </div>
    </form>
  );
}

function Initial({ letter }: { letter: keyof typeof words.letters }) {
  return (
    <span class="case-initial" aria-hidden="true">
      {words.letters[letter].charAt(0)}
    </span>
  );
}

/** The report as it stands, for paper and for a closed case. */
function Read({ report, paper }: { report: Report; paper: boolean }) {
  return (
    <dl class={paper ? "case-paper" : ""}>
      <div>
        <dt>{words.letters.major_incident}</dt>
        <dd>{report.major_incident ? words.declared : words.standby}</dd>
      </div>
      {LETTERS.map((letter) => (
        <div key={letter}>
          <dt>{words.letters[letter]}</dt>
          <dd dir="auto">{report[letter] ?? <span class="quiet">{words.notKnown}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
