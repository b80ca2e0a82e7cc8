// One case, opened: what it is, who comes, what is said, what was done, and what to do next.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { isOpen } from "../../../board.ts";
import type { Desk } from "../../../desk.ts";
import { track } from "../map/track.ts";
import { Assigning } from "./assigning.tsx";
import { Checklist } from "./checklist.tsx";
import { Conversation } from "./conversation.tsx";
import { Deeds } from "./deeds.tsx";
import { Head, placeOf } from "./head.tsx";
import { Hold } from "./holding.tsx";
import { Links } from "./links.tsx";
import { MethaneReport } from "./methane.tsx";
import { Officers } from "./officers.tsx";
import type { Opened } from "./opened.ts";
import { words as record } from "./record_words.ts";
import { shelfOf } from "./shelf.ts";
import { newestPosition } from "./telling.ts";
import { Presses, Timeline } from "./timeline.tsx";
import { Who } from "./who.tsx";
import { words } from "./words.ts";

interface Traits {
  desk: Desk;
  id: string;
}

/** What is typed in one case never shows in another. */
export default function Case({ desk, id }: Traits) {
  return <OpenedCase key={id} desk={desk} id={id} />;
}

function OpenedCase({ desk, id }: Traits) {
  const shelf = shelfOf(desk);
  const [opened] = useState(() =>
    shelf.take(id, (news) => {
      for (const { author, text } of news) desk.say(`${author ?? record.somebody}: ${text}`);
    }),
  );
  useEffect(() => {
    opened.begin();
    return () => shelf.putBack(opened);
  }, [opened, shelf]);
  const [assigns, setAssigns] = useState(false);
  const view = useRef<HTMLElement>(null);
  const headingId = useId();
  const loaded = opened.whole !== null;
  useEffect(() => {
    if (loaded) view.current?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }, [loaded]);
  const { whole: one } = opened;
  useEffect(() => {
    if (one) track.show(id, one.track);
  }, [id, one]);
  if (!one) return <NotYet opened={opened} />;
  const { session, standing } = desk;
  const me = { id: session?.person.id ?? "", name: session?.person.name ?? "" };
  const position = newestPosition(one, standing.positions);
  const policies = standing.campus?.policies ?? [];
  return (
    <article class="case-view" ref={view} aria-labelledby={headingId} data-open={isOpen(one)}>
      <Head one={one} position={position} me={me} policies={policies} headingId={headingId} />
      <section class="case-body" aria-label={words.details}>
        {opened.old && (
          <p class="case-stands-old" role="status">
            {words.old(opened.readAt ?? 0)}
          </p>
        )}
        <div class="case-pair">
          <Who opened={opened} one={one} />
          <Officers desk={desk} opened={opened} one={one} assign={() => setAssigns(true)} />
        </div>
        <Conversation opened={opened} one={one} />
        <Checklist opened={opened} one={one} />
        <Timeline opened={opened} one={one} />
        <Presses one={one} />
        <MethaneReport opened={opened} one={one} place={placeOf(one, position)} />
        <Links desk={desk} opened={opened} one={one} />
        <Hold opened={opened} one={one} />
      </section>
      <Deeds desk={desk} opened={opened} one={one} me={me.id} />
      {assigns && isOpen(one) && (
        <Assigning desk={desk} opened={opened} one={one} position={position} close={() => setAssigns(false)} />
      )}
    </article>
  );
}

function NotYet({ opened }: { opened: Opened }) {
  return (
    <article class="case-view case-nothing" aria-label={words.opening}>
      <p class="quiet" role="status">
        {opened.refused || (opened.old ? words.notOpened : words.opening)}
      </p>
      <p>
        <a href="#/board">{words.closeCase}</a>
      </p>
    </article>
  );
}
