// A key that the desk does not know: its fingerprint is shown to be compared, and from then on it is one's own.

import { type Bytes, base64 } from "../../../../web/browser/sealing/bytes.ts";
import { spoken } from "../../../../web/browser/sealing/key_file.ts";
import { keyIdOf } from "../../../../web/browser/sealing/sealing.ts";
import type { Desk } from "../../desk.ts";
import { useDoing } from "../../parts/form.ts";
import { words } from "./words.ts";
import { API } from "./working.ts";

interface Traits {
  desk: Desk;
  publicKey: Bytes;
  /** Whether there is one in use already that may stay. */
  beside: boolean;
  done: () => void;
  /** Under which heading it stands: alone it is the page's first. */
  level?: 1 | 3;
}

export function Registering({ desk, publicKey, beside, done, level = 1 }: Traits) {
  const { busy, fault, act } = useDoing();
  const put = async (stays: boolean) => {
    const body = { public_key: base64(publicKey), beside: stays };
    if (await act(() => desk.ask("PUT", `${API}/keys`, body))) done();
  };
  return (
    <div class="stack">
      {level === 1 ? <h1 id="key-door">{words.fingerprint}</h1> : <h3>{words.fingerprint}</h3>}
      <p class="fingerprint">
        <code>{spoken(keyIdOf(publicKey))}</code>
      </p>
      <p>{words.compare}</p>
      <p class="quiet">{words.notRegistered}</p>
      <p class="fault" role="alert">
        {fault}
      </p>
      <div class="deeds">
        {beside && (
          <button type="button" class="second" aria-disabled={busy} onClick={() => void put(true)}>
            {words.registerBeside}
          </button>
        )}
        <button type="button" class="first" aria-disabled={busy} onClick={() => void put(false)}>
          {words.register}
        </button>
      </div>
    </div>
  );
}
