// Before anybody has signed in: what this is, whom to ring, and the way in.

import { useState } from "preact/hooks";
import { Refused, Unreachable } from "../../../backend/web/browser/calling.ts";
import type { Phone } from "../phone.ts";
import { kept, OTHERS, words } from "../words/index.ts";
import { Calls } from "./calls.tsx";
import { nameOf } from "./language.tsx";

export function SigningIn({ phone }: { phone: Phone }) {
  return (
    <>
      <section class="about">
        <h1>{words.promise}</h1>
        <p>{words.promiseMore}</p>
      </section>
      <SignInForm phone={phone} />
      <section class="warning">
        <p>
          <strong>{words.limits}</strong> {words.inDanger}
        </p>
        <Calls numbers={phone.known.campus?.numbers.slice(0, 1)} />
      </section>
      <Languages phone={phone} />
    </>
  );
}

/** Who cannot read this page needs to find their own on it. */
function Languages({ phone }: { phone: Phone }) {
  const others = ["en", ...OTHERS.map(({ language }) => language)].filter((one) => one !== (kept() ?? "en"));
  return (
    <p class="languages">
      {others.map((one) => (
        <button key={one} type="button" class="plain" lang={one} onClick={() => phone.oneself.speakHere(one)}>
          {nameOf(one)}
        </button>
      ))}
    </p>
  );
}

/** Also on a phone whose sign-in has run out, for the same person or another. */
export function SignInForm({ phone }: { phone: Phone }) {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setFault("");
    try {
      await phone.signIn(String(given.get("email")).trim(), String(given.get("password")));
    } catch (why) {
      if (!(why instanceof Refused || why instanceof Unreachable)) throw why;
      setFault(why instanceof Refused ? why.message : words.unreachable);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="card stack" onSubmit={enter} aria-labelledby="sign-in">
      <h2 id="sign-in">{words.signIn}</h2>
      <p class="fault" role="alert">
        {fault || phone.farewell}
      </p>
      <label class="field">
        <span>{words.email}</span>
        <input type="email" name="email" required autocomplete="username" inputMode="email" />
      </label>
      <label class="field">
        <span>{words.password}</span>
        <input type="password" name="password" required autocomplete="current-password" />
      </label>
      <button type="submit" class="first" aria-disabled={busy}>
        {words.signIn}
      </button>
    </form>
  );
}
