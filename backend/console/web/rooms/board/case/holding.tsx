// A legal hold: nothing about the case is forgotten until one person asks for its release and a second one agrees.

import { useDoing } from "../../../parts/form.ts";
import type { Case } from "../../../wire.ts";
import { Draft, sent } from "./draft.tsx";
import { Fold } from "./fold.tsx";
import type { Opened } from "./opened.ts";
import { words } from "./record_words.ts";

const REASON = 500;

export function Hold({ opened, one }: { opened: Opened; one: Case }) {
  const { busy, fault, act } = useDoing();
  const { hold } = one;
  const asked = hold?.release_asked_because ?? null;
  const deed = (method: string, path: string, body?: unknown) => act(() => opened.tell(method, path, body));
  const give = (path: string) => (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const reason = String(new FormData(form).get(path)).trim();
    if (reason) void deed("POST", path, { reason }).then((done) => done && sent(opened, form));
  };
  return (
    <Fold
      title={words.hold}
      told={hold ? words.held(hold.by, hold.since) : words.notHeld}
      class={hold ? "" : "case-off-paper"}
    >
      <p class="quiet case-off-paper">{words.holdMeans}</p>
      {hold && <p dir="auto">{hold.reason}</p>}
      {!hold && (
        <Reason key="hold" opened={opened} path="/hold" label={words.holdReason} deed={words.setHold} give={give} />
      )}
      {hold && !asked && (
        <Reason
          key="release"
          opened={opened}
          path="/hold/release"
          label={words.releaseReason}
          deed={words.askRelease}
          give={give}
        />
      )}
      {asked && (
        <div class="stack">
          <p class="amber">
            {words.releaseAsked}: <span dir="auto">{asked}</span>
          </p>
          <p class="quiet case-off-paper">{words.agreeMeans}</p>
          <div class="deeds">
            <button
              type="button"
              class="plain"
              aria-disabled={busy}
              onClick={() => void deed("DELETE", "/hold/release")}
            >
              {words.refuse}
            </button>
            <button
              type="button"
              class="second"
              aria-disabled={busy}
              onClick={() => void deed("POST", "/hold/release/confirm", { because: asked })}
            >
              {words.agree}
            </button>
          </div>
        </div>
      )}
      <p class="fault" role="alert">
        {fault}
      </p>
    </Fold>
  );
}

interface ReasonTraits {
  opened: Opened;
  path: string;
  label: string;
  deed: string;
  give: (path: string) => (event: SubmitEvent) => void;
}

function Reason({ opened, path, label, deed, give }: ReasonTraits) {
  return (
    <form class="stack" onSubmit={give(path)}>
      <Draft opened={opened} name={path} label={label} most={REASON} required />
      <div class="deeds">
        <button type="submit" class="second">
          {deed}
        </button>
      </div>
    </form>
  );
}
