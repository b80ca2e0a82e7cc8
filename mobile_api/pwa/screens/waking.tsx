// Whether this phone can be woken, said as it is, with the one thing that can be done about it.

import type { Waking as Wakes } from "../waking.ts";
import { words } from "../words/index.ts";

export function Waking({ waking }: { waking: Wakes }) {
  const { state } = waking;
  if (state === "unknown") return null;
  return (
    <section class="card stack">
      <h2>{words.wakeTitle}</h2>
      <Stands waking={waking} />
      <p class="quiet">{words.wakeNever}</p>
    </section>
  );
}

function Stands({ waking }: { waking: Wakes }) {
  const { state } = waking;
  if (state === "on") {
    return (
      <>
        <p role="status">{waking.told ? words.wakeOn : words.wakeOnUntold}</p>
        <button type="button" class="second" onClick={() => void waking.stop()}>
          {words.wakeStop}
        </button>
      </>
    );
  }
  if (state === "unasked" || state === "asking" || state === "off") {
    return (
      <>
        <p>{words.wakeMeans}</p>
        <Allow waking={waking} />
      </>
    );
  }
  if (state === "refused") {
    return (
      <p role="status">
        {words.wakeRefused} {words.wakeRefusedHow}
      </p>
    );
  }
  if (state === "failed") {
    return (
      <>
        <p role="status">{words.wakeFailed}</p>
        <button type="button" class="second" onClick={() => void waking.allow()}>
          {words.wakeAgain}
        </button>
      </>
    );
  }
  const why = {
    unknown: "",
    insecure: words.wakeInsecure,
    home_first: words.wakeHomeFirst,
    cannot: words.wakeCannot,
    not_set_up: words.wakeNotSetUp,
  }[state];
  return <p role="status">{why}</p>;
}

function Allow({ waking }: { waking: Wakes }) {
  return (
    <button
      type="button"
      class="second"
      aria-disabled={waking.state === "asking"}
      onClick={() => waking.state !== "asking" && void waking.allow()}
    >
      {words.wakeAsk}
    </button>
  );
}

/** Once, beneath what matters more, until it is answered either way. */
export function WakeAsk({ waking }: { waking: Wakes }) {
  const { state } = waking;
  if (waking.later || !(state === "unasked" || state === "asking")) return null;
  return (
    <aside class="card stack" aria-label={words.wakeTitle}>
      <p>{words.wakeMeans}</p>
      <Allow waking={waking} />
      <button type="button" class="plain" onClick={() => waking.notNow()}>
        {words.wakeLater}
      </button>
    </aside>
  );
}
