// The frame around every room: the bar, whether it is live, the room, and what may be opened over any of them.

import { useEffect, useState } from "preact/hooks";
import { Bar, BROADCAST } from "./bar.tsx";
import type { Desk } from "./desk.ts";
import { useCalling } from "./hearing.ts";
import { useFetched } from "./parts/fetched.ts";
import { KeysDialog } from "./parts/keys_dialog.tsx";
import { useKeys } from "./pressing_keys.ts";
import { PhonedIn } from "./rooms/board/phoned_in.tsx";
import { phonedIn } from "./rooms/board/phoning.ts";
import { WaitsForYou } from "./rooms/broadcasts/waits_for_you.tsx";
import { named, type Room, type RoomTraits } from "./rooms/index.ts";
import { SigningIn } from "./rooms/signing_in.tsx";
import { SteppingUp } from "./rooms/stepping_up.tsx";
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
  return <Desktop desk={desk} hash={hash} roles={desk.session.person.roles} />;
}

function Desktop({ desk, hash, roles }: { desk: Desk; hash: string; roles: readonly string[] }) {
  const { room, rest, needs } = named(hash, roles);
  const calling = useCalling(desk);
  const [asksKeys, setAsksKeys] = useState(false);
  const showKeys = () => setAsksKeys(true);
  const controls = desk.has("controller");
  useKeys(controls ? { broadcast: toBroadcast, phonedIn: () => phonedIn.open(), keys: showKeys } : { keys: showKeys });
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("room")?.focus()}>
        {words.skip}
      </button>
      <Bar desk={desk} room={room} calling={calling} />
      <NotLive desk={desk} />
      <main id="room" tabIndex={-1} class={room?.path ?? ""}>
        {room ? (
          <Entered key={room.path} room={room} desk={desk} rest={rest} />
        ) : (
          <h1>{needs.length ? words.notYours(needs) : words.noRoom}</h1>
        )}
      </main>
      {controls && <PhonedIn desk={desk} />}
      {controls && <WaitsForYou desk={desk} here={room?.path === "broadcasts"} />}
      {asksKeys && <KeysDialog close={() => setAsksKeys(false)} />}
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

function toBroadcast(): void {
  location.hash = BROADCAST;
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
  const { Made: Inside, failed, again } = useFetched(room.load);
  if (Inside) return <Inside desk={desk} rest={rest} />;
  if (!failed) return <p class="loading">{words.loading}</p>;
  return (
    <p class="loading" role="alert">
      {words.notLoaded}{" "}
      <button type="button" class="second" onClick={again}>
        {words.again}
      </button>
    </p>
  );
}
