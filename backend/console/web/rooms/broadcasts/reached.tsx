// How far it would get now: how many people, by what, and who cannot be reached well.

import type { AtHand } from "./at_hand.ts";
import { Scrolls } from "./scrolls.tsx";
import { words } from "./words.ts";

const CHANNELS = ["push", "socket", "sms", "voice", "email"];

export function Reached({ one }: { one: Pick<AtHand, "thread" | "isKept"> }) {
  const reach = one.thread?.reach;
  return (
    <section class="reach" aria-labelledby="reach" aria-busy={!one.isKept}>
      <h2 id="reach">{words.reach}</h2>
      {!reach && <p class="quiet">{words.reachNot}</p>}
      {reach && (
        <>
          <p class="total" role="status">
            {words.people(reach.people)}
          </p>
          <dl class="channels">
            {CHANNELS.filter((channel) => channel in reach.by_channel).map((channel) => (
              <div key={channel}>
                <dt>{words.CHANNELS[channel] ?? channel}</dt>
                <dd>{(reach.by_channel[channel] ?? 0).toLocaleString("en-GB")}</dd>
              </div>
            ))}
          </dl>
          <h3>{words.cannot}</h3>
          {reach.unreachable.length === 0 && <p class="quiet">{words.canAll}</p>}
          <dl class="channels">
            {reach.unreachable.map(({ reason, people }) => (
              <div key={reason}>
                <dt>{words.REASONS[reason] ?? reason}</dt>
                <dd>{people.toLocaleString("en-GB")}</dd>
              </div>
            ))}
          </dl>
          {reach.named.length > 0 && (
            <Scrolls class="named" name={words.namedFirst(reach.named.length)}>
              <p class="quiet">{words.namedFirst(reach.named.length)}</p>
              <ul>
                {reach.named.map(({ id, name, reason }) => (
                  <li key={id}>
                    {name} <span class="quiet">{words.REASONS[reason] ?? reason}</span>
                  </li>
                ))}
              </ul>
            </Scrolls>
          )}
        </>
      )}
    </section>
  );
}
