// The password again, when what somebody asked for needs it; what they asked for goes on by itself afterwards.

import { useState } from "preact/hooks";
import { Refused } from "../../../web/browser/calling.ts";
import { type Begun, begin, Enrolling } from "../authenticator/enrolling.tsx";
import { words as factor } from "../authenticator/words.ts";
import type { Desk } from "../desk.ts";
import { Dialog } from "../parts/dialog.tsx";
import { fieldsOf, useDoing } from "../parts/form.ts";
import { FormDeeds } from "../parts/form_deeds.tsx";
import { words } from "../words/index.ts";

/** Who has to have a second factor and has none takes it up here, and then goes on. */
const NEEDS_FACTOR = "second-factor-needed";
const NEW_PHONE = "new-phone";

export function SteppingUp({ desk }: { desk: Desk }) {
  const [password, setPassword] = useState("");
  const [begun, setBegun] = useState<Begun | null>(null);
  const [enrolled, setEnrolled] = useState(false);
  const leave = () => desk.steppingUp?.(false);
  if (begun && !enrolled) return <Enrolling desk={desk} begun={begun} done={() => setEnrolled(true)} leave={leave} />;
  const started = (given: string, made: Begun) => {
    setPassword(given);
    setBegun(made);
  };
  return enrolled ? (
    <NextCode desk={desk} password={password} leave={leave} />
  ) : (
    <PasswordAndCode desk={desk} started={started} leave={leave} />
  );
}

interface Asking {
  desk: Desk;
  started: (password: string, begun: Begun) => void;
  leave: () => void;
}

function PasswordAndCode({ desk, started, leave }: Asking) {
  const { busy, fault, act } = useDoing();
  const give = (event: SubmitEvent) => {
    const { code = "" } = fieldsOf(event);
    // Not trimmed: a password may end in a space.
    const password = String(new FormData(event.currentTarget as HTMLFormElement).get("password"));
    const anew = (event.submitter as HTMLButtonElement | null)?.value === NEW_PHONE;
    void act(async () => {
      if (anew) return started(password, await begin(desk, password, code || null));
      try {
        await desk.stepUp(password, code || null);
      } catch (why) {
        if (!(why instanceof Refused && why.slug === NEEDS_FACTOR)) throw why;
        started(password, await begin(desk, password, null));
      }
    });
  };
  return (
    <Dialog title={words.stepUpTitle} close={leave}>
      <form class="stack" onSubmit={give}>
        <p>{words.stepUpMeans}</p>
        <p class="fault" role="alert">
          {fault}
        </p>
        <label class="field">
          <span>{words.password}</span>
          <input type="password" name="password" required autocomplete="current-password" />
        </label>
        <CodeField hint={words.codeHint} />
        <FormDeeds notNow={words.notNow} leave={leave} go={words.go} busy={busy} />
        {/* Last: the first button that sends is the one that Enter presses. */}
        <button type="submit" class="plain anew" value={NEW_PHONE} aria-disabled={busy}>
          {factor.newPhone}
        </button>
      </form>
    </Dialog>
  );
}

function NextCode({ desk, password, leave }: { desk: Desk; password: string; leave: () => void }) {
  const { busy, fault, act } = useDoing();
  const give = (event: SubmitEvent) => {
    const { code = "" } = fieldsOf(event);
    void act(() => desk.stepUp(password, code));
  };
  return (
    <Dialog title={factor.nextTitle} close={leave}>
      <form class="stack" onSubmit={give}>
        <p>{factor.nextMeans}</p>
        <p class="fault" role="alert">
          {fault}
        </p>
        <CodeField hint="" />
        <FormDeeds notNow={words.notNow} leave={leave} go={words.go} busy={busy} />
      </form>
    </Dialog>
  );
}

function CodeField({ hint }: { hint: string }) {
  return (
    <>
      <label class="field">
        <span>{words.code}</span>
        <input
          name="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          required={!hint}
          aria-describedby={hint ? "code-hint" : undefined}
        />
      </label>
      {hint && (
        <p class="quiet" id="code-hint">
          {hint}
        </p>
      )}
    </>
  );
}
