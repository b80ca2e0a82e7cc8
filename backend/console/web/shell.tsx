// The frame around every room: whether it is live, what stands, the ways to the rooms, and the room.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isOpen } from "./board.ts";
import type { Desk } from "./desk.ts";
import { Clock } from "./parts/clock.tsx";
import { named, ROOMS, type Room, type RoomTraits } from "./rooms/index.ts";
import { SigningIn } from "./rooms/signing_in.tsx";
import { SteppingUp } from "./rooms/stepping_up.tsx";
import { choose, theme } from "./theme.ts";
import { words } from "./words/index.ts";

export function Shell({ desk }: { desk: Desk }) {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const turned = () => setHash(location.hash);
    window.addEventListener("hashchange", turned);
    return () => window.removeEventListener("hashchange", turned);
  }, []);
  if (!desk.begun) return <p class="loading">{words.loading}</p>;
  if (!desk.session) {
    return (
      <main class="door">
        <SigningIn desk={desk} />
      </main>
    );
  }
  const { room, rest, needs } = named(hash, desk.session.person.roles);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("room")?.focus()}>
        {words.skip}
      </button>
      <Bar desk={desk} room={room} />
      <NotLive desk={desk} />
      <main id="room" tabIndex={-1} class={room?.path ?? ""}>
        {room ? (
          <Entered key={room.path} room={room} desk={desk} rest={rest} />
        ) : (
          <h1>{needs.length ? words.notYours(needs) : words.noRoom}</h1>
        )}
      </main>
      {desk.steppingUp && <SteppingUp desk={desk} />}
      <p class="unseen" role="status">
        {desk.heard.calmly}
      </p>
      <p class="unseen" role="alert">
        {desk.heard.loudly}
      </p>
    </>
  );
}

function Bar({ desk, room }: { desk: Desk; room: Room | undefined }) {
  const { standing, lostAt } = desk;
  const open = [...standing.rows.values()].filter(isOpen).length;
  return (
    <header class="bar">
      <p class="standing">
        {desk.hears && (
          <strong class={lostAt === null ? "live" : "lost"}>{lostAt === null ? words.live : words.connecting}</strong>
        )}
        <Clock />
        {desk.has("controller") && (
          <>
            <span>{words.open(open)}</span>
            <span>{words.onDuty(standing.onDuty.length)}</span>
          </>
        )}
        {desk.session?.demo && <span class="demo">{words.demo}</span>}
      </p>
      <nav aria-label={words.roomsLabel}>
        {ROOMS.filter(({ name, roles }) => name && desk.has(...roles)).map(({ path, name }) => (
          <a key={path} href={`#/${path}`} aria-current={path === room?.path ? "page" : undefined}>
            {name && words.rooms[name]}
          </a>
        ))}
      </nav>
      <p class="who">
        <span>{desk.session?.person.name}</span>
        <ThemeButton />
        <button type="button" class="plain" onClick={() => void desk.signOut()}>
          {words.signOut}
        </button>
      </p>
    </header>
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

/** A connection that is back at once is no news. */
const PATIENT_MS = 2_500;

function NotLive({ desk }: { desk: Desk }) {
  const { lostAt } = desk;
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    setPatient(true);
    if (lostAt === null) return;
    const timer = setTimeout(() => setPatient(false), PATIENT_MS);
    return () => clearTimeout(timer);
  }, [lostAt]);
  const shown = lostAt !== null && !patient;
  return (
    <p class="not-live" role="alert" hidden={!shown}>
      {shown ? words.notLive(lostAt) : ""}
    </p>
  );
}

function Entered({ room, desk, rest }: { room: Room } & RoomTraits) {
  const [Inside, setInside] = useState<ComponentType<RoomTraits> | null>(null);
  const [failed, setFailed] = useState(false);
  const enter = () => {
    setFailed(false);
    room.load().then(
      (loaded) => setInside(() => loaded.default),
      () => setFailed(true),
    );
  };
  useEffect(enter, [room]);
  if (Inside) return <Inside desk={desk} rest={rest} />;
  if (!failed) return <p class="loading">{words.loading}</p>;
  return (
    <p class="loading" role="alert">
      {words.notLoaded}{" "}
      <button type="button" class="second" onClick={enter}>
        {words.again}
      </button>
    </p>
  );
}
