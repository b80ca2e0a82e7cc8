// Before anybody has signed in at this console.

import type { Desk } from "../desk.ts";
import { fieldsOf, useDoing } from "../parts/form.ts";
import { words } from "../words/index.ts";

export function SigningIn({ desk }: { desk: Desk }) {
  const { busy, fault, act } = useDoing();
  const enter = (event: SubmitEvent) => {
    const { email = "", password = "" } = fieldsOf(event);
    void act(() => desk.signIn(email, password));
  };
  return (
    <form class="card stack sign-in" onSubmit={enter} aria-labelledby="sign-in">
      <h1 id="sign-in">{words.signInTitle}</h1>
      <p class="quiet">{words.signInMeans}</p>
      <p class="fault" role="alert">
        {fault || desk.farewell}
      </p>
      <label class="field">
        <span>{words.email}</span>
        <input type="email" name="email" required autocomplete="username" />
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
