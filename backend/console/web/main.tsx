// The console's page: one person's desk, drawn anew at most once a frame.

import { render } from "preact";
import "../../web/browser/tokens.css";
import "../../web/browser/holding.css";
import "./styles/frame.css";
import "./parts/age.css";
import "./styles/bar.css";
import "./styles/shell.css";
import "./authenticator/authenticator.css";
import "./rooms/board/case/case.css";
import "./styles/record.css";
import "./rooms/concerns/concerns.css";
import "./rooms/concerns/me.css";
import "./rooms/officers/officers.css";
import "./rooms/people/people.css";
import "./rooms/campus/campus.css";
import "./rooms/audit/audit.css";
import "./rooms/reports/reports.css";
import "./rooms/board/room.css";
import "./rooms/board/list.css";
import "./rooms/board/sites.css";
import "./rooms/board/map/map.css";
import "./rooms/board/map/area_map.css";
import "./rooms/board/phoned_in.css";
import "./rooms/broadcasts/room.css";
import "./rooms/broadcasts/compose.css";
import "./rooms/broadcasts/what.css";
import "./rooms/broadcasts/whom.css";
import "./rooms/broadcasts/preview.css";
import "./rooms/broadcasts/out.css";
import { Desk } from "./desk.ts";
import { Shell } from "./shell.tsx";
import { follow } from "./theme.ts";

const root = document.getElementById("console");

let asked = false;

/** A hidden page draws too: its title tells of a new emergency. */
function draw(): void {
  if (asked) return;
  asked = true;
  const now = () => {
    asked = false;
    if (root) render(<Shell desk={desk} />, root);
  };
  if (document.visibilityState === "visible") requestAnimationFrame(now);
  else setTimeout(now, 0);
}

const desk = new Desk(draw);
follow();
void desk.begin();
