// The frame around every screen: who is told what aloud, whether it is live, and which screen stands.

import { useEffect, useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import { standing } from "../queue.ts";
import { words } from "../words/index.ts";
import { Cards } from "./cards.tsx";
import { Dark } from "./dark.tsx";
import { Home } from "./home.tsx";
import { Language } from "./language.tsx";
import { BEHIND, type Behind, Me } from "./me.tsx";
import { OfficerScreen } from "./officer.tsx";
import { Asking } from "./officer_offer.tsx";
import { Pins } from "./pins.tsx";
import { OwnProfile } from "./profile.tsx";
import { SignIns } from "./sign_ins.tsx";
import { SigningIn } from "./signing_in.tsx";
import { useNow } from "./ticking.ts";
import { Timer } from "./timer.tsx";

const SCREENS = ["officer", "home", "timer", "cards", "me"] as const;
type Tab = (typeof SCREENS)[number];
type Screen = Tab | Behind;

/** A connection that is back at once is no news. */
const PATIENT_MS = 2_500;

export function App({ phone }: { phone: Phone }) {
  const [hash, setHash] = useState(location.hash);
  const screen = named(hash, phone.officer.is);
  useEffect(() => {
    const turned = () => setHash(location.hash);
    window.addEventListener("hashchange", turned);
    return () => window.removeEventListener("hashchange", turned);
  }, []);
  useEffect(() => {
    // A different colour of screen: seen from the corner of an eye.
    document.documentElement.classList.toggle("off-duty", phone.officer.is && !phone.officer.on);
  });
  const entered = phone.session !== null;
  useEffect(() => {
    document.getElementById("main")?.focus({ preventScroll: true });
    // Each screen begins at its top: after signing in on a small phone EMERGENCY must not lie above the edge.
    window.scrollTo(0, 0);
  }, [screen, entered]);
  if (phone.dark && phone.session) return <Dark phone={phone} />;
  return (
    <>
      <Live phone={phone} />
      <main id="main" tabIndex={-1} class={phone.session ? screen : "door"}>
        {phone.session ? <Standing screen={screen} phone={phone} /> : <SigningIn phone={phone} />}
      </main>
      {phone.session && <Tabs phone={phone} screen={screen} />}
      {phone.officer.is && <Asking phone={phone} />}
      <p class="unseen" role="status">
        {phone.heard.calmly}
      </p>
      <p class="unseen" role="alert">
        {phone.heard.loudly}
      </p>
    </>
  );
}

function Standing({ screen, phone }: { screen: Screen; phone: Phone }) {
  if (screen === "officer") return <OfficerScreen phone={phone} />;
  if (screen === "timer") return <Timer phone={phone} />;
  if (screen === "cards") return <Cards phone={phone} />;
  if (screen === "me") return <Me phone={phone} />;
  if (screen === "profile") return <OwnProfile phone={phone} />;
  if (screen === "pins") return <Pins phone={phone} />;
  if (screen === "sign-ins") return <SignIns phone={phone} />;
  if (screen === "language") return <Language phone={phone} />;
  return <Home phone={phone} />;
}

function Live({ phone }: { phone: Phone }) {
  const now = useNow();
  const { lostAt } = phone;
  const stale = phone.session && lostAt !== null && now - lostAt > PATIENT_MS;
  return (
    <header class="frame">
      {phone.ranOut ? (
        <p class="not-live" role="status">
          {words.ranOut} <a href="#me">{words.signInAgain}</a>
        </p>
      ) : (
        <p class="not-live" role="status" hidden={!stale}>
          {stale && lostAt !== null ? words.notLive(lostAt) : ""}
        </p>
      )}
    </header>
  );
}

/** On a screen other than the first, what is on its way or open must not be forgotten. */
function Tabs({ phone, screen }: { phone: Phone; screen: Screen }) {
  const now = useNow();
  const first = phone.pressing.own[0];
  const unsent = first && standing(first, now) !== "sending";
  const current = BEHIND.some((one) => one === screen) ? "me" : screen;
  return (
    <nav class="tabs" aria-label={words.app}>
      {SCREENS.filter((one) => one !== "officer" || phone.officer.is).map((one) => (
        <a key={one} href={`#${one}`} aria-current={one === current ? "page" : undefined}>
          <Mark screen={one} />
          <span>{one === "officer" ? words.duty : words[one]}</span>
          {one === "home" && screen !== "home" && unsent && <em>{words.unsent}</em>}
        </a>
      ))}
    </nav>
  );
}

const MARKS: Record<Tab, string> = {
  officer: "M12 2.5l8 3v6c0 5-3.4 8.4-8 10-4.6-1.6-8-5-8-10v-6zM8.5 12l2.5 2.5 4.5-5",
  home: "M12 3l9 8h-2.5v9h-5v-6h-3v6h-5v-9H3z",
  timer: "M12 5a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 3v5l3.5 2M9.5 2h5",
  cards: "M5 3h14v18H5zM8.5 8h7M8.5 12h7M8.5 16h4",
  me: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-4 3.5-6 8-6s8 2 8 6",
};

function Mark({ screen }: { screen: Tab }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={MARKS[screen]} />
    </svg>
  );
}

function named(hash: string, officer: boolean): Screen {
  const found = [...SCREENS, ...BEHIND].find((one) => one === hash.slice(1));
  if (officer) return found ?? "officer";
  return found && found !== "officer" ? found : "home";
}
