// Oneself: who is signed in here, what may be told and set, how the phone is woken, and the way out.

import { useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { Calls } from "./calls.tsx";
import { Install } from "./install.tsx";
import { SignInForm } from "./signing_in.tsx";
import { Waking } from "./waking.tsx";

/** The pages behind this one, in the order in which they matter to somebody who comes to help. */
export const BEHIND = ["profile", "pins", "sign-ins", "language"] as const;
export type Behind = (typeof BEHIND)[number];

function named(one: Behind): string {
  return { profile: words.profile, pins: words.pins, "sign-ins": words.signIns, language: words.language }[one];
}

export function Me({ phone }: { phone: Phone }) {
  const [fault, setFault] = useState("");
  const leave = () => {
    if (phone.pressing.own.length) setFault(words.signOutWaits);
    else void phone.signOut();
  };
  return (
    <section class="page">
      <h1>{words.me}</h1>
      {phone.ranOut && <SignInForm phone={phone} />}
      <p>
        {words.signedInAs} <strong dir="auto">{phone.session?.person.name}</strong>
      </p>
      <nav class="card rows" aria-label={words.me}>
        {BEHIND.map((one) => (
          <a key={one} href={`#${one}`}>
            <span>{named(one)}</span>
            <Onwards />
          </a>
        ))}
      </nav>
      <Waking waking={phone.oneself.waking} />
      <Install installing={phone.oneself.installing} />
      <section class="card stack">
        <h2>{words.concernTitle}</h2>
        <p>{words.concernMeans}</p>
        {/* Opened apart: it is told nothing of where it was opened, and has no way back into this page. */}
        <a class="second" href="/concern" target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">
          {words.concern}
        </a>
      </section>
      <section class="card stack">
        <h2>{words.whomToRing}</h2>
        <Calls numbers={phone.known.campus?.numbers} />
      </section>
      <p class="quiet">{words.limits}</p>
      <p class="fault" role="alert">
        {fault}
      </p>
      <button type="button" class="second" onClick={leave}>
        {words.signOut}
      </button>
    </section>
  );
}

/** The way back from a page behind this one. */
export function Backwards() {
  return (
    <a class="backwards" href="#me">
      <Onwards />
      <span>{words.me}</span>
    </a>
  );
}

function Onwards() {
  return (
    <svg class="onwards" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M9 5l7 7-7 7" />
    </svg>
  );
}
