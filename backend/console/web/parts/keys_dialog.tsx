// Every key in a list, and whether letters are keys at all.

import { useState } from "preact/hooks";
import { KEYS } from "../keys.ts";
import { letLettersWork, lettersWork } from "../pressing_keys.ts";
import { words } from "../words/index.ts";
import { Dialog } from "./dialog.tsx";

export function KeysDialog({ close }: { close: () => void }) {
  const [on, setOn] = useState(lettersWork);
  const turn = () => {
    letLettersWork(!on);
    setOn(!on);
  };
  return (
    <Dialog title={words.keysTitle} close={close} class="keys">
      <p class="quiet">{words.keysMean}</p>
      <dl>
        {KEYS.map(([key, deed]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words.keys[deed]}</dd>
          </div>
        ))}
      </dl>
      <label class="choice">
        <input type="checkbox" checked={on} onChange={turn} />
        <span>{words.keysUsed}</span>
      </label>
      <p class="deeds">
        <button type="button" class="first" onClick={close}>
          {words.close}
        </button>
      </p>
    </Dialog>
  );
}
