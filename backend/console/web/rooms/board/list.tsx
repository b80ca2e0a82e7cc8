// The left column: alarms, the open cases by what needs a person most, and those that are over today.

import { useMemo, useRef, useState } from "preact/hooks";
import { inOrder, isOpen, type Laid, laid, NOTHING } from "../../board.ts";
import type { Desk } from "../../desk.ts";
import { nameOf, placeOf } from "../../places.ts";
import { signals } from "../../signals.ts";
import type { Policy } from "../../wire.ts";
import { Alarms } from "./alarms.tsx";
import { Closed } from "./closed.tsx";
import { CaseRow } from "./row.tsx";
import { words } from "./words.ts";

const NO_POLICIES: readonly Policy[] = [];

/** The links of the list from first to last, for the keys. */
export function caseLinks(): HTMLAnchorElement[] {
  // Not those of a part that is folded away; to ask each link whether it is shown would lay the page out five hundred times.
  return [...document.querySelectorAll<HTMLAnchorElement>(".rows > ol a, .rows > [open] a")];
}

export function CaseList({ desk, opened, sorted }: { desk: Desk; opened: string; sorted: number }) {
  const { standing } = desk;
  const [pointed, setPointed] = useState(false);
  const [keyed, setKeyed] = useState(false);
  const [asked, setAsked] = useState(0);
  const held = pointed || keyed;
  const open = useMemo(
    () => inOrder([...standing.rows.values()].filter(isOpen)).map(({ id }) => id),
    [standing, standing.changes],
  );
  const alarms = useMemo(
    () => signals(standing.rows, standing.alarms.values()).filter((signal) => signal.alarms.length > 0),
    [standing, standing.changes],
  );
  const cases = useLaid(open, held, asked + sorted);
  const above = useLaid(
    alarms.map(({ id }) => id),
    held,
    asked + sorted,
  );
  const me = desk.session?.person.id ?? "";
  const policies = standing.campus?.policies ?? NO_POLICIES;
  const leave = (event: FocusEvent) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !(event.currentTarget as HTMLElement).contains(to)) setKeyed(false);
  };
  return (
    <section
      class="cases"
      aria-labelledby="cases"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocusIn={(event: FocusEvent) => setKeyed((event.target as HTMLElement).matches(":focus-visible"))}
      onFocusOut={leave}
    >
      <header>
        <h1 id="cases">{words.title}</h1>
        <Held desk={desk} cases={cases} above={above} order={() => setAsked(asked + 1)} />
      </header>
      <div class="rows">
        <Alarms desk={desk} ids={above.ids} standing={alarms} />
        {cases.ids.length === 0 && <Nothing read={standing.readAt !== null} />}
        <ol aria-label={words.title}>
          {cases.ids.map((id) => {
            const row = standing.rows.get(id);
            if (!row)
              return (
                <li key={id} class="case over gone">
                  {words.gone}
                </li>
              );
            return <CaseRow key={id} row={row} opened={id === opened} me={me} policies={policies} />;
          })}
        </ol>
        <Closed desk={desk} opened={opened} me={me} policies={policies} />
      </div>
    </section>
  );
}

/** The list as it is laid; a pointer or the keyboard within holds it, and `asked` lays it anew all the same. */
function useLaid(now: readonly string[], held: boolean, asked: number): Laid {
  const before = useRef(NOTHING);
  const answered = useRef(asked);
  before.current = laid(before.current, now, held && answered.current === asked);
  answered.current = asked;
  return before.current;
}

function Nothing({ read }: { read: boolean }) {
  return (
    <div class="nothing">
      <p>{read ? words.none : words.notRead}</p>
      {read && <p class="quiet">{words.noneMeans}</p>}
    </div>
  );
}

interface HeldTraits {
  desk: Desk;
  cases: Laid;
  above: Laid;
  order: () => void;
}

/** The line that says what is held back, in a place of its own so that it moves nothing either. */
function Held({ desk, cases, above, order }: HeldTraits) {
  const first = desk.standing.rows.get(cases.fresh[0] ?? "");
  const count = cases.fresh.length + above.fresh.length;
  if (!cases.stale && !above.stale) return null;
  const press = (event: MouseEvent) => {
    order();
    // Pressed by a key: the line goes, and the keyboard would be nowhere.
    if (event.detail === 0) requestAnimationFrame(() => caseLinks()[0]?.focus());
  };
  const what = first ? `${nameOf(first)}, ${placeOf(first)}` : words.alarm;
  return (
    <button type="button" class="held-back" onClick={press}>
      {count ? words.fresh(count, what) : words.stale}
    </button>
  );
}
