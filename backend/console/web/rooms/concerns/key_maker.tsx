// The first key: made in this browser under a passphrase, and used only once its file has been kept.

import { useState } from "preact/hooks";
import type { Bytes } from "../../../../web/browser/sealing/bytes.ts";
import { readKeyFile, SHORTEST_PASSPHRASE } from "../../../../web/browser/sealing/key_file.ts";
import { FormDeeds } from "../../parts/form_deeds.tsx";
import { unlocking } from "./unlocking.ts";
import { words } from "./words.ts";

interface Traits {
  made: (privateKey: Bytes) => void;
  load: () => void;
}

export function KeyMaker({ made, load }: Traits) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const [file, setFile] = useState<{ text: string; privateKey: Bytes } | null>(null);
  if (file) return <KeyKeeper text={file.text} kept={() => made(file.privateKey)} />;
  const make = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const [passphrase, same] = [String(given.get("passphrase")), String(given.get("same"))];
    // Signs as a person counts them: an emoji is one.
    const signs = [...passphrase].length;
    if (signs < SHORTEST_PASSPHRASE) return setFault(words.tooShort(signs));
    if (passphrase !== same) return setFault(words.notTheSame);
    setFault("");
    setBusy(true);
    const answer = await unlocking({ passphrase, today: new Date().toISOString().slice(0, 10) });
    setBusy(false);
    if ("trouble" in answer) setFault(words.trouble[answer.trouble]);
    else setFile(answer);
  };
  return (
    <form class="stack" onSubmit={(event: SubmitEvent) => void make(event)}>
      <h1 id="key-door">{words.noKeyYet}</h1>
      <p>{words.noKeyMeans}</p>
      <p class="fault" role="alert">
        {fault}
      </p>
      <label class="field">
        <span>{words.newPassphrase}</span>
        <input type="password" name="passphrase" autocomplete="new-password" aria-describedby="new-hint" />
      </label>
      <p class="quiet" id="new-hint">
        {words.newPassphraseHint}
      </p>
      <label class="field">
        <span>{words.samePassphrase}</span>
        <input type="password" name="same" autocomplete="new-password" />
      </label>
      <p class="quiet" role="status">
        {busy ? words.making : ""}
      </p>
      <FormDeeds notNow={words.otherKey} leave={load} go={words.makeKey} busy={busy} />
    </form>
  );
}

/** Nobody goes on before the file was saved: a key that lies nowhere opens nothing tomorrow. */
function KeyKeeper({ text, kept }: { text: string; kept: () => void }) {
  const [saved, setSaved] = useState(false);
  const save = () => {
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `bluelight-${readKeyFile(text).fingerprint}.key`;
    link.click();
    URL.revokeObjectURL(address);
    setSaved(true);
  };
  return (
    <div class="stack">
      <h1 id="key-door">{words.saveTitle}</h1>
      <p>{words.saveMeans}</p>
      <div class="deeds">
        <button type="button" class={saved ? "second" : "first"} onClick={save}>
          {words.save}
        </button>
        {saved && (
          <button type="button" class="first" onClick={kept}>
            {words.saved}
          </button>
        )}
      </div>
    </div>
  );
}
