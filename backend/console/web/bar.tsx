// The two lines above every room: whether it is live and what calls, and the ways to the rooms.

import { useState } from "preact/hooks";
import { isOpen } from "./board.ts";
import { Calling } from "./calling.tsx";
import type { Desk } from "./desk.ts";
import { Clock } from "./parts/clock.tsx";
import { SoundButton } from "./parts/sound_button.tsx";
import { phonedIn } from "./rooms/board/phoning.ts";
import { ROOMS, type Room } from "./rooms/index.ts";
import type { Signal } from "./signals.ts";
import { choose, theme } from "./theme.ts";
import { words } from "./words/index.ts";

export function Bar({ desk, room, calling }: { desk: Desk; room: Room | undefined; calling: Signal[] }) {
  const controls = desk.has("controller");
  return (
    <header class={`bar ${calling.length ? "calling" : ""}`}>
      <div class="watch">
        <Standing desk={desk} />
        {controls && <Calling desk={desk} calling={calling} />}
        {controls && (
          <p class="begins">
            <a class="second" href={BROADCAST}>
              {words.broadcast}
            </a>
            <button type="button" class="second" onClick={() => phonedIn.open()}>
              {words.phonedIn}
            </button>
          </p>
        )}
      </div>
      <div class="ways">
        <nav aria-label={words.roomsLabel}>
          {ROOMS.filter(({ name, roles }) => name && desk.has(...roles)).map(({ path, name }) => (
            <a key={path} href={`#/${path}`} aria-current={path === room?.path ? "page" : undefined}>
              {name && words.rooms[name]}
            </a>
          ))}
        </nav>
        <p class="who">
          {desk.session?.demo && <span class="demo">{words.demo}</span>}
          <span>{desk.session?.person.name}</span>
          <ThemeButton />
          <button type="button" class="plain" onClick={() => void desk.signOut()}>
            {words.signOut}
          </button>
        </p>
      </div>
    </header>
  );
}

/** Where a broadcast begins. */
export const BROADCAST = "#/broadcasts/new";

function Standing({ desk }: { desk: Desk }) {
  const { standing, lostAt } = desk;
  const open = [...standing.rows.values()].filter(isOpen).length;
  return (
    <p class="standing">
      {desk.hears && (
        <strong class={lostAt === null ? "live" : "lost"}>{lostAt === null ? words.live : words.connecting}</strong>
      )}
      <Clock />
      {desk.has("controller") && (
        <>
          <span class="count">{words.open(open)}</span>
          <span class={standing.onDuty.length ? "count" : "count amber"}>{words.onDuty(standing.onDuty.length)}</span>
          <SoundButton desk={desk} />
        </>
      )}
    </p>
  );
}

function ThemeButton() {
  const [now, setNow] = useState(theme);
  const other = now === "dark" ? "light" : "dark";
  const turn = () => {
    choose(other);
    setNow(other);
  };
  return (
    <button type="button" class="plain" onClick={turn}>
      {other === "dark" ? words.toDark : words.toLight}
    </button>
  );
}
