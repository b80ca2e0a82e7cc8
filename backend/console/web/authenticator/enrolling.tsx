// A second factor is taken up: the picture, the first code, and the recovery codes that are shown once.

import { useState } from "preact/hooks";
import type { Desk } from "../desk.ts";
import { Dialog } from "../parts/dialog.tsx";
import { fieldsOf, useDoing } from "../parts/form.ts";
import { FormDeeds } from "../parts/form_deeds.tsx";
import { words as frame } from "../words/index.ts";
import { pictureOf } from "./qr.ts";
import { words } from "./words.ts";

/** What the authenticator takes; the server shows it once. */
export interface Begun {
  secret: string;
  uri: string;
}

/** What was begun waits a quarter of an hour for its first code. Throws Refused or Unreachable. */
export function begin(desk: Desk, password: string, code: string | null): Promise<Begun> {
  return desk.ask<Begun>("POST", "/console/api/second-factor", { password, code });
}

interface Traits {
  desk: Desk;
  begun: Begun;
  /** The recovery codes are kept, and the factor counts. */
  done: () => void;
  leave: () => void;
}

export function Enrolling({ desk, begun, done, leave }: Traits) {
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} done={done} />;
  return <FirstCode desk={desk} begun={begun} confirmed={setCodes} leave={leave} />;
}

function FirstCode(traits: { desk: Desk; begun: Begun; confirmed: (codes: string[]) => void; leave: () => void }) {
  const { desk, begun, confirmed, leave } = traits;
  const { busy, fault, act } = useDoing();
  const confirm = (event: SubmitEvent) => {
    const { code = "" } = fieldsOf(event);
    void act(async () => {
      const told = await desk.ask<{ recovery_codes: string[] }>("POST", "/console/api/second-factor/confirm", { code });
      confirmed(told.recovery_codes);
    });
  };
  return (
    <Dialog title={words.title} close={leave} class="enrolling">
      <form class="stack" onSubmit={confirm}>
        <p>{words.scan}</p>
        <Picture text={begun.uri} />
        <details>
          <summary>{words.cannot}</summary>
          <div class="stack">
            <p>{words.type}</p>
            <code class="secret">{begun.secret.replace(/.{4}(?=.)/g, "$& ")}</code>
            <a href={begun.uri}>{words.here}</a>
          </div>
        </details>
        <p class="fault" role="alert">
          {fault}
        </p>
        <label class="field">
          <span>{words.firstCode}</span>
          <input name="code" inputMode="numeric" autocomplete="one-time-code" required />
        </label>
        <FormDeeds notNow={frame.notNow} leave={leave} go={words.confirm} busy={busy} />
      </form>
    </Dialog>
  );
}

function RecoveryCodes({ codes, done }: { codes: string[]; done: () => void }) {
  // Left by its button alone: a slip of the finger must not lose what is never shown again.
  return (
    <Dialog title={words.codesTitle} close={() => undefined} class="enrolling">
      <div class="stack">
        <p>{words.codesMean}</p>
        <ul class="recovery">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div class="deeds">
          <button type="button" class="first" onClick={done}>
            {words.kept}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** Dark on light in both themes, with the light edge of four that a camera needs. */
function Picture({ text }: { text: string }) {
  const rows = pictureOf(text);
  if (!rows) return null;
  const size = rows.length + 8;
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])));
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.picture}>
      <path class="ground" d={`M0 0h${size}v${size}h-${size}z`} />
      <path d={dark.join("")} />
    </svg>
  );
}
