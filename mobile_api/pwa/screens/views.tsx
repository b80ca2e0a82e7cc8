// Who has looked at one's profile, when, for which case and why: the newest first.

import { useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import type { View } from "../profile.ts";
import { words } from "../words/index.ts";
import { useAsked } from "./asked.ts";

interface Page {
  items: View[];
  next_cursor: number | null;
}

export function Views({ phone }: { phone: Phone }) {
  const [cursor, setCursor] = useState<number | null>(null);
  const { answer } = useAsked<Page>(phone, `/v1/profile/views?limit=20${cursor === null ? "" : `&cursor=${cursor}`}`);
  if (!answer) return null;
  return (
    <section class="card stack">
      <h2>{words.views}</h2>
      {!answer.items.length && <p>{words.viewsNone}</p>}
      <ol class="listed">
        {answer.items.map((one) => (
          <li key={`${one.at} ${one.by}`}>
            <time dateTime={one.at}>{words.day(one.at)}</time>
            <strong dir="auto">{words.view(one.by, one.side)}</strong>
            <span dir="auto">{words.viewWhy(one.reference, one.reason)}</span>
          </li>
        ))}
      </ol>
      {answer.next_cursor !== null && (
        <button type="button" class="second" onClick={() => setCursor(answer.next_cursor)}>
          {words.older}
        </button>
      )}
    </section>
  );
}
