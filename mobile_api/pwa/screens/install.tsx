// The app on the phone's own screen: one press where the browser offers it, else the way in words.

import type { Installing } from "../installing.ts";
import { words } from "../words/index.ts";

export function Install({ installing }: { installing: Installing }) {
  const { state } = installing;
  return (
    <section class="card stack">
      <h2>{words.installTitle}</h2>
      <p>{state === "done" ? words.installDone : words.installMeans}</p>
      {state === "offered" && (
        <button type="button" class="second" onClick={() => void installing.begin()}>
          {words.install}
        </button>
      )}
      {state === "apple" && <p>{words.installApple}</p>}
      {state === "menu" && <p>{words.installMenu}</p>}
    </section>
  );
}
