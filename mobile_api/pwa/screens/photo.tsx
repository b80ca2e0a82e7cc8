// A photo, made small in the phone before it is sent: what a camera writes beside the picture never leaves it.

import { useState } from "preact/hooks";
import { words } from "../words/index.ts";

/** The longest side in pixels; the server keeps half of it. */
const SIDE = 1024;

interface Traits {
  photo: string | null;
  fault: string | undefined;
  changed: (photo: string | null) => void;
}

export function Photo({ photo, fault, changed }: Traits) {
  const [unfit, setUnfit] = useState(false);
  const choose = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    const made = await small(file).catch(() => null);
    setUnfit(made === null);
    if (made) changed(made);
    input.value = "";
  };
  const wrong = unfit ? words.photoUnfit : fault;
  return (
    <section class="photo">
      {photo ? (
        <img src={`data:image/jpeg;base64,${photo}`} alt={words.photo} width="96" height="96" />
      ) : (
        <p class="quiet no-photo">{words.photoNone}</p>
      )}
      <div class="stack">
        <p class="quiet">{words.photoMeans}</p>
        {wrong && (
          <p class="fault" role="alert">
            {wrong}
          </p>
        )}
        <label class="second file">
          <span>{words.photoChoose}</span>
          <input type="file" accept="image/*" onChange={(event) => void choose(event.currentTarget)} />
        </label>
        {photo && (
          <button type="button" class="plain" onClick={() => changed(null)}>
            {words.photoRemove}
          </button>
        )}
      </div>
    </section>
  );
}

/** A JPEG in base64. Throws for a file that is no picture to this browser. */
async function small(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.85).replace(/^[^,]*,/, "");
}
