// Which keys are open, in a line above everything, with the button that forgets them.

import { spoken } from "../../../../web/browser/sealing/key_file.ts";
import type { Keyring } from "./keyring.ts";
import { words } from "./words.ts";

export function KeyLine({ keys, add }: { keys: Keyring; add: () => void }) {
  const { open } = keys;
  return (
    <p class="key-line">
      <span>{open.length === 1 ? words.keyOpen : words.keysOpen}</span>
      {open.map((keyId) => (
        <code key={keyId}>{spoken(keyId)}</code>
      ))}
      <span class="quiet">{words.keyEnds}</span>
      <span class="key-deeds">
        <button type="button" class="plain" onClick={add}>
          {words.anotherKey}
        </button>
        <button type="button" class="second" onClick={() => keys.lock()}>
          {words.lock}
        </button>
      </span>
    </p>
  );
}
