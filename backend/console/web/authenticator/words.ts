// What is said while somebody takes up a second factor, in English.

import { spoken } from "../words/index.ts";

export const words = spoken({
  title: "Set up your second factor",
  means: "Your role needs one: an app on your own phone that shows a new code every half minute.",
  scan: "Scan this with an authenticator app on your own phone.",
  picture: "The picture for your authenticator app",
  cannot: "If you cannot scan it",
  type: "Type this key into the app:",
  here: "Or open it in an app on this device",
  firstCode: "The code that the app shows now",
  confirm: "Confirm",
  codesTitle: "Keep these recovery codes",
  codesMean:
    "Each is good once, in place of a code, on the day your phone is lost. Write them down or print them. They are not shown again.",
  kept: "I have kept them",
  nextTitle: "One more code",
  nextMeans: "Your second factor is set up. The code you just typed is used up: wait for the next one.",
  newPhone: "Set up a new phone",
});
