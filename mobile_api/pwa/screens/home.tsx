// The first screen: what everybody is told, what is on its way, what is open, and the three buttons.

import { useState } from "preact/hooks";
import type { Kind } from "../../../backend/web/browser/wire.ts";
import { isOpen } from "../cases.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { Case } from "./case.tsx";
import { Countdown } from "./countdown.tsx";
import { ThreeButtons } from "./three_buttons.tsx";
import { Unsent } from "./unsent.tsx";
import { WakeAsk } from "./waking.tsx";
import { Warnings } from "./warnings.tsx";

export function Home({ phone }: { phone: Phone }) {
  const [counting, setCounting] = useState<Kind | null>(null);
  const cases = phone.known.inOrder;
  const onItsWay = phone.pressing.own;
  const busy = onItsWay.length > 0 || cases.some(isOpen);
  const seconds = (kind: Kind) =>
    phone.known.campus?.kinds.find((one) => one.kind === kind)?.countdown_s ?? (kind === "emergency" ? 3 : 5);
  return (
    <>
      <Warnings phone={phone} />
      {onItsWay.map((one) => (
        <Unsent key={one.tap_id} phone={phone} one={one} />
      ))}
      {cases.map((incident) => (
        <Case key={incident.id} phone={phone} incident={incident} />
      ))}
      <section class={busy ? "asking more" : "asking"}>
        <header>
          <h1>{busy ? words.moreHelp : words.ask}</h1>
          {!busy && <Where phone={phone} />}
        </header>
        <ThreeButtons
          seconds={seconds}
          pressed={(kind) => {
            phone.whereabouts.follow();
            setCounting(kind);
          }}
          held={(kind) => {
            phone.whereabouts.follow();
            phone.press(kind, true);
          }}
        />
      </section>
      {!busy && <WakeAsk waking={phone.oneself.waking} />}
      {counting && (
        <Countdown
          kind={counting}
          seconds={seconds(counting)}
          say={(text) => phone.say(text, { loudly: true })}
          sent={(pressed_at) => {
            setCounting(null);
            phone.press(counting, false, pressed_at);
            window.scrollTo(0, 0);
          }}
          stopped={() => {
            setCounting(null);
            phone.say(words.stopped(counting));
          }}
        />
      )}
    </>
  );
}

function Where({ phone }: { phone: Phone }) {
  const { state, accuracy_m } = phone.whereabouts;
  if (state === "known" && accuracy_m !== null) return <p class="where">{words.seesWhere(accuracy_m)}</p>;
  if (state === "asking") return <p class="where">{words.whereAsking}</p>;
  if (state === "refused") return <p class="where amber">{words.whereRefused}</p>;
  return (
    <p class="where amber">
      {words.whereUnknown}{" "}
      <button type="button" class="plain" onClick={() => phone.whereabouts.follow()}>
        {words.shareWhere}
      </button>
    </p>
  );
}
