// The time of day, as the server would say.

import { useEffect, useState } from "preact/hooks";
import { now } from "../../../web/browser/clock.ts";
import { words } from "../words/index.ts";

export function Clock() {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <time class="clock">{words.time(time)}</time>;
}
