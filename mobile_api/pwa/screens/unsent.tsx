// A press that has no answer yet: what is true of it, and whom to ring meanwhile.

import { HoldButton } from "../../../backend/web/browser/holding.tsx";
import { Shape } from "../../../backend/web/browser/shapes.tsx";
import type { Phone } from "../phone.ts";
import { type Standing, standing, type Waiting } from "../queue.ts";
import { words } from "../words/index.ts";
import { Calls } from "./calls.tsx";
import { SignInForm } from "./signing_in.tsx";
import { useNow } from "./ticking.ts";

function says(stands: Exclude<Standing, "sending">): string {
  return { unsent: words.unsent, sign_in: words.unsentSignIn, refused: words.unsentRefused }[stands];
}

export function Unsent({ phone, one }: { phone: Phone; one: Waiting }) {
  const stands = standing(one, useNow());
  if (stands === "sending") {
    return (
      <section class="sending" role="status">
        <Shape kind={one.kind} />
        <p>{words.sending(one.kind)}</p>
      </section>
    );
  }
  return (
    <section class="unsent" role={phone.quiet || one.silent ? undefined : "alert"}>
      <h2>
        {says(stands)} <strong>{words.unsentRing}</strong>
      </h2>
      <Calls numbers={one.problem?.call ?? phone.known.campus?.numbers} big />
      <p>{words.unsentHow(one.kind, one.pressed_at)}</p>
      {stands === "sign_in" && <SignInForm phone={phone} />}
      <HoldButton
        text={words.stopTrying}
        hint={words.hold}
        again={words.holdAgain}
        class="second"
        done={() => phone.pressing.giveUp(one.tap_id)}
      />
    </section>
  );
}
