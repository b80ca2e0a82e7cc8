// What the console makes heard: the new-emergency sound for as long as something calls, a short one for other news.

import { message, newEmergency, soundState } from "../../web/browser/sounds.ts";

/** Begin, go on or fall silent. The page carries whether it can really be heard: what only tests could hear is no sound. */
export function ring(calls: boolean, audible: boolean): void {
  if (calls && audible) newEmergency.start({ repeating: true });
  else newEmergency.stop();
  const page = document.documentElement;
  if (calls && audible && soundState() === "on") page.dataset.sounding = "newEmergency";
  else delete page.dataset.sounding;
}

/** Once, unless the louder one is heard anyway. */
export function chime(audible: boolean): void {
  if (audible && !document.documentElement.dataset.sounding) message.start();
}
