// An area that no zone is: by numbers, and by the map where there is one.

import { useState } from "preact/hooks";
import type { Desk } from "../../desk.ts";
import { drawsMaps } from "../board/map/webgl.ts";
import { DrawingArea } from "./drawing_area.tsx";
import type { Audience, Circle } from "./wire.ts";
import { words } from "./words.ts";

interface Traits {
  audience: Audience;
  write: (next: Partial<Audience>) => void;
}

export function Area({ desk, audience, write }: Traits & { desk: Desk }) {
  const [draws, setDraws] = useState(false);
  // Counted, so that the numbers are those of the map when it closes.
  const [drawn, setDrawn] = useState(0);
  const close = () => {
    setDraws(false);
    setDrawn(drawn + 1);
  };
  return (
    <fieldset class="choosing area">
      <legend>{words.area}</legend>
      {drawsMaps() && (
        <button type="button" class="second" onClick={() => setDraws(true)}>
          {words.draw}
        </button>
      )}
      {draws && <DrawingArea desk={desk} audience={audience} write={write} close={close} />}
      <CircleByNumbers key={drawn} audience={audience} write={write} />
      {audience.polygon.length > 0 && (
        <p class="drawn">
          {words.drawn(audience.polygon.length - 1)}{" "}
          <button type="button" class="plain" onClick={() => write({ polygon: [] })}>
            {words.noPolygon}
          </button>
        </p>
      )}
    </fieldset>
  );
}

const PARTS = ["latitude", "longitude", "radius_m"] as const;
type Typed = Record<(typeof PARTS)[number], string>;
const RANGE = { latitude: [-90, 90], longitude: [-180, 180], radius_m: [1, 50_000] } as const;
const NAMES = { latitude: words.latitude, longitude: words.longitude, radius_m: words.radius };
const NONE: Typed = { latitude: "", longitude: "", radius_m: "" };

function typedOf(circle: Circle | null): Typed {
  if (!circle) return NONE;
  return {
    latitude: String(circle.latitude),
    longitude: String(circle.longitude),
    radius_m: String(circle.radius_m),
  };
}

function CircleByNumbers({ audience, write }: Traits) {
  const [typed, setTyped] = useState<Typed>(() => typedOf(audience.circle));
  const type = (part: keyof Typed, value: string) => {
    const next = { ...typed, [part]: value };
    setTyped(next);
    write({ circle: circleOf(next) });
  };
  const clear = () => {
    setTyped(NONE);
    write({ circle: null });
  };
  return (
    <div class="line circle">
      {PARTS.map((part) => (
        <label key={part} class="field">
          <span>{NAMES[part]}</span>
          <input
            type="number"
            step="any"
            min={RANGE[part][0]}
            max={RANGE[part][1]}
            value={typed[part]}
            onInput={(event) => type(part, event.currentTarget.value)}
          />
        </label>
      ))}
      {audience.circle && (
        <button type="button" class="plain" onClick={clear}>
          {words.noCircle}
        </button>
      )}
    </div>
  );
}

/** A circle when all three numbers are those of one. */
function circleOf(typed: Typed): Circle | null {
  const told = PARTS.map((part) => {
    const value = typed[part].trim() === "" ? Number.NaN : Number(typed[part]);
    return value >= RANGE[part][0] && value <= RANGE[part][1] ? value : null;
  });
  const [latitude, longitude, radius_m] = told;
  if (latitude == null || longitude == null || radius_m == null) return null;
  return { latitude, longitude, radius_m };
}
