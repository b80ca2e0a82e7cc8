// The password again, when what somebody asked for needs it; what they asked for goes on by itself afterwards.

import type { Desk } from "../desk.ts";
import { Dialog } from "../parts/dialog.tsx";
import { fieldsOf, useDoing } from "../parts/form.ts";
import { words } from "../words/index.ts";

export function SteppingUp({ desk }: { desk: Desk }) {
  const { busy, fault, act } = useDoing();
  const give = (event: SubmitEvent) => {
    event.preventDefault();
    // Not trimmed: a password may end in a space.
    const password = String(new FormData(event.currentTarget as HTMLFormElement).get("password"));
    const { code = "" } = fieldsOf(event);
    void act(() => desk.stepUp(password, code || null));
  };
  const leave = () => desk.steppingUp?.(false);
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
        <label class="field">
          <span>{words.code}</span>
          <input name="code" inputMode="numeric" autocomplete="one-time-code" aria-describedby="code-hint" />
        </label>
        <p class="quiet" id="code-hint">
          {words.codeHint}
        </p>
        <div class="deeds">
          <button type="button" class="plain" onClick={leave}>
            {words.notNow}
          </button>
          <button type="submit" class="first" aria-disabled={busy}>
            {words.go}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
