// The seconds that pass on a screen.

import { useEffect, useState } from "preact/hooks";
import { now } from "../../../backend/web/browser/clock.ts";

/** The time as the server would say, told anew each second. */
export function useNow(): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(time, now());
}
