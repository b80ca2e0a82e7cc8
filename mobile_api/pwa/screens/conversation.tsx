// What is said in a case, in order, with a line to say something.

import { useEffect, useRef } from "preact/hooks";
import type { Incident } from "../../../backend/web/browser/wire.ts";
import { isOpen } from "../cases.ts";
import type { Phone } from "../phone.ts";
import { words } from "../words/index.ts";

export function Conversation({ phone, incident }: { phone: Phone; incident: Incident }) {
  const talk = phone.talk(incident.id);
  const list = useRef<HTMLOListElement>(null);
  const count = talk.said.length + talk.unsaid.length;
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [count]);
  const open = isOpen(incident);
  if (!open && !count) return null;
  const say = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = String(new FormData(form).get("text")).trim();
    if (!text) return;
    form.reset();
    void talk.say(text);
  };
  return (
    <section class="conversation" aria-label={words.conversation}>
      {count > 0 && (
        <ol ref={list}>
          {talk.said.map(({ message_id, mine, author, at, text }) => (
            <li key={message_id} class={mine ? "mine" : ""}>
              <span class="by">
                {mine ? words.you : (author ?? words.somebody)}, {words.time(at)}
              </span>
              <span class="text" dir="auto">
                {text}
              </span>
            </li>
          ))}
          {talk.unsaid.map(({ message_id, text, refused }) => (
            <li key={message_id} class="mine unsaid">
              <span class="by">{refused ?? words.notSaidYet}</span>
              <span class="text" dir="auto">
                {text}
              </span>
            </li>
          ))}
        </ol>
      )}
      {open && (
        <form onSubmit={say}>
          <input
            name="text"
            maxLength={2000}
            autocomplete="off"
            aria-label={words.saySomething}
            placeholder={words.saySomething}
            dir="auto"
          />
          <button type="submit" class="second">
            {words.send}
          </button>
        </form>
      )}
    </section>
  );
}
