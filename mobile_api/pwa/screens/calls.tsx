// Whom to ring: what a mobile can ring is a button, the rest is text.

import type { Call } from "../../../backend/web/browser/wire.ts";
import { words } from "../words/index.ts";

/** The call list, the first number first; `big` where ringing is the thing to do now. */
export function Calls({ numbers, big = false }: { numbers: Call[] | undefined; big?: boolean }) {
  const lastResort: Call[] = [{ label: words.emergencyServices, number: "999", dialable: true }];
  const listed = numbers?.length ? numbers : lastResort;
  return (
    <ul class={big ? "calls big" : "calls"} aria-label={words.whomToRing}>
      {listed.map(({ label, number, dialable }) => (
        <li key={number}>
          {dialable ? (
            <a class="call" href={`tel:${number.replace(/[^\d+*#]/g, "")}`}>
              <strong>{words.ring(number)}</strong>
              <span>{label}</span>
            </a>
          ) : (
            <p class="internal">{words.internally(number, label)}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
