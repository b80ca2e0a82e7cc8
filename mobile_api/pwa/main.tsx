// The phone's page: one person's phone, drawn anew whenever something has changed.

import { render } from "preact";
import "./styles/theme.css";
import "../../backend/web/browser/holding.css";
import "./styles/frame.css";
import "./styles/tabs.css";
import "./styles/pressing.css";
import "./styles/case.css";
import "./styles/pages.css";
import "./styles/officer.css";
import "./styles/offer.css";
import "./styles/officers_case.css";
import "./styles/oneself.css";
import { Phone } from "./phone.ts";
import { App } from "./screens/app.tsx";
import { show } from "./words/index.ts";

const root = document.getElementById("app");
show();

let asked = false;

/** Once for all that changed in the same breath. */
function draw(): void {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    if (root) render(<App phone={phone} />, root);
  });
}

const phone = new Phone(draw);
void phone.begin();

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/app/sw.js", { scope: "/app" }).catch(() => undefined);
}
