// Step three: how it looks, how long it is, for whom and with what promise, before it is held to be sent.

import type { AtHand } from "./at_hand.ts";
import { audienceWords } from "./audience_words.ts";
import { Check } from "./check.tsx";
import { lengthsOf } from "./lengths.ts";
import { Marks } from "./list.tsx";
import { Preview } from "./preview.tsx";
import type { Said, Thread } from "./wire.ts";
import { words } from "./words.ts";

export function SendStep({ one }: { one: AtHand }) {
  const { thread } = one;
  if (!thread) return <p class="loading">{words.lintBegin}</p>;
  return (
    <>
      <Preview one={thread} languages={thread.languages} />
      <div class="sum">
        <Sum thread={thread} one={one} />
        <Lengths said={thread} />
        <Check one={one} />
      </div>
    </>
  );
}

/** What goes out, in one look: how bad, for whom, until when, and what ends it. */
export function Sum({ thread, one }: { thread: Thread; one: AtHand }) {
  return (
    <section class="card summary">
      <Marks one={thread} />
      <dl>
        <div>
          <dt>{words.goesTo}</dt>
          <dd>
            <strong>{words.people(thread.reach?.people ?? 0)}</strong>{" "}
            <span>{audienceWords(thread.audience, one.campus)}</span>
          </dd>
        </div>
        <div>
          <dt>{words.where}</dt>
          <dd>{thread.place_name ?? "–"}</dd>
        </div>
        <div>
          <dt>{words.thenSays}</dt>
          <dd>{words.promise(thread.next_update_min)}</dd>
        </div>
        <div>
          <dt>{words.ends}</dt>
          <dd>{thread.end_condition ?? "–"}</dd>
        </div>
      </dl>
    </section>
  );
}

function Lengths({ said }: { said: Said }) {
  const { push, sms, voice } = lengthsOf(said);
  return (
    <section class="lengths" aria-labelledby="lengths">
      <h2 id="lengths">{words.lengths}</h2>
      <dl class="channels">
        <div>
          <dt>{words.lockScreen}</dt>
          <dd>{push.cut ? words.cut : words.whole}</dd>
        </div>
        <div>
          <dt>{words.CHANNELS.sms}</dt>
          <dd>{words.texts(sms.texts)}</dd>
        </div>
        <div>
          <dt>{words.CHANNELS.voice}</dt>
          <dd>{words.seconds(voice.seconds)}</dd>
        </div>
      </dl>
    </section>
  );
}
