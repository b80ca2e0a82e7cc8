// The door of the desk: one's key file is opened here, or the first key is made.

import { useEffect, useState } from "preact/hooks";
import type { Bytes } from "../../../../web/browser/sealing/bytes.ts";
import { keyIdOf, publicOf } from "../../../../web/browser/sealing/sealing.ts";
import { type Desk, sentenceOf } from "../../desk.ts";
import { KeyMaker } from "./key_maker.tsx";
import type { Keyring } from "./keyring.ts";
import { Registering } from "./registering.tsx";
import { unlocking } from "./unlocking.ts";
import type { OwnKeys } from "./wire.ts";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  keys: Keyring;
  done: () => void;
}

export function KeyDoor({ desk, keys, done }: Traits) {
  const [own, setOwn] = useState<OwnKeys | null>(null);
  const [fault, setFault] = useState("");
  const [found, setFound] = useState<Bytes | null>(null);
  const [loading, setLoading] = useState(false);
  useEffect(() => {
    desk.ask<OwnKeys>("GET", "/console/api/concerns/keys").then(setOwn, (why) => setFault(sentenceOf(why)));
  }, [desk]);
  if (fault)
    return (
      <p class="fault" role="alert">
        {fault}
      </p>
    );
  if (!own) return <p class="quiet">{words.working}</p>;

  const enter = (privateKey: Bytes) => {
    keys.hold(privateKey, Date.now());
    done();
  };
  const opened = (privateKey: Bytes) => {
    const known = own.items.some(({ key_id }) => key_id === keyIdOf(publicOf(privateKey)));
    if (known) enter(privateKey);
    else setFound(privateKey);
  };
  const hasKey = own.items.some(({ retired_on }) => retired_on === null);
  return (
    <section class="card key-door" aria-labelledby="key-door">
      {found ? (
        <Registering desk={desk} publicKey={publicOf(found)} beside={hasKey} done={() => enter(found)} />
      ) : hasKey || loading ? (
        <KeyLoader desk={desk} opened={opened} />
      ) : (
        <KeyMaker made={setFound} load={() => setLoading(true)} />
      )}
    </section>
  );
}

function KeyLoader({ desk, opened }: { desk: Desk; opened: (privateKey: Bytes) => void }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const open = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const file = given.get("file");
    if (!(file instanceof File) || file.size === 0) return setFault(words.noFile);
    setFault("");
    setBusy(true);
    const answer = await unlocking({ file: await file.text(), passphrase: String(given.get("passphrase")) });
    setBusy(false);
    if ("trouble" in answer) setFault(words.trouble[answer.trouble]);
    else opened(answer.privateKey);
  };
  return (
    <form class="stack" onSubmit={(event: SubmitEvent) => void open(event)}>
      <h1 id="key-door">{words.keyTitle}</h1>
      <p>{words.keyMeans}</p>
      {desk.session?.demo && <p class="quiet">{words.demoKeys}</p>}
      <p class="fault" role="alert">
        {fault}
      </p>
      <label class="field">
        <span>{words.keyFile}</span>
        <input type="file" name="file" accept=".key,.json,application/json" />
      </label>
      <label class="field">
        <span>{words.passphrase}</span>
        <input
          type="password"
          name="passphrase"
          autocomplete="off"
          aria-describedby={desk.session?.demo ? "passphrase-hint" : undefined}
        />
      </label>
      {desk.session?.demo && (
        <p class="quiet" id="passphrase-hint">
          {words.passphraseHint}
        </p>
      )}
      <p class="quiet" role="status">
        {busy ? words.opening : ""}
      </p>
      <div class="deeds">
        <button type="submit" class="first" aria-disabled={busy}>
          {words.openKey}
        </button>
      </div>
    </form>
  );
}
