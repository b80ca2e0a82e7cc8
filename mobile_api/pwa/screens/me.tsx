// Who is signed in on this phone, and the way out.

import { useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";
import { Calls } from "./calls.tsx";
import { SignInForm } from "./signing_in.tsx";

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
      <div class="card stack">
        <p>
          {words.signedInAs} <strong>{phone.session?.person.name}</strong>
        </p>
        <p class="fault" role="alert">
          {fault}
        </p>
        <button type="button" class="second" onClick={leave}>
          {words.signOut}
        </button>
      </div>
      <div class="card stack">
        <h2>{words.whomToRing}</h2>
        <Calls numbers={phone.known.campus?.numbers} />
      </div>
      <p class="quiet">{words.limits}</p>
    </section>
  );
}
