// What is said in the case, with questions that take one press; marked as read only when it stands before somebody's eyes.

import { useEffect, useRef } from "preact/hooks";
import { isOpen } from "../../../board.ts";
import type { Case } from "../../../wire.ts";
import { Draft, sent } from "./draft.tsx";
import type { Opened } from "./opened.ts";
import { words } from "./record_words.ts";
import { sideOf, toMark } from "./telling.ts";
import { words as frame } from "./words.ts";

const LONGEST = 2000;

export function Conversation({ opened, one }: { opened: Opened; one: Case }) {
  const { talk } = opened;
  const list = useRef<HTMLOListElement>(null);
  const count = talk.said.length + talk.unsaid.length;
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [count]);
  useReadMark(opened, one, list.current);
  return (
    <section class="case-conversation case-box" aria-label={words.conversation}>
      <h3>{words.conversation}</h3>
      {count === 0 && <p class="quiet">{words.nothingSaid}</p>}
      {/* A list that scrolls is reached by keys too. */}
      <ol ref={list} tabIndex={count ? 0 : -1} aria-label={words.conversation} hidden={!count}>
        {talk.said.map((said) => (
          <li key={said.message_id} class={`said-${sideOf(said, one)}`}>
            <span class="quiet">
              {said.mine ? words.you : (said.author ?? words.somebody)}
              {!said.mine && `, ${frame.side[sideOf(said, one)]}`}, {frame.time(said.at)}
            </span>
            <span class="case-text" dir="auto">
              {said.text}
            </span>
          </li>
        ))}
        {talk.unsaid.map(({ message_id, text, refused }) => (
          <li key={message_id} class="said-room case-unsaid">
            <span class="amber">{refused ? words.notSaid(refused) : words.notSaidYet}</span>
            <span class="case-text" dir="auto">
              {text}
            </span>
          </li>
        ))}
      </ol>
      {isOpen(one) ? <Speaking opened={opened} one={one} /> : <p class="quiet case-off-paper">{words.closedTalk}</p>}
    </section>
  );
}

function Speaking({ opened, one }: { opened: Opened; one: Case }) {
  if (one.silent && !opened.speaksAllTheSame) {
    return (
      <div class="case-warning stack case-off-paper">
        <p>{words.silentWarning}</p>
        <button type="button" class="second" aria-keyshortcuts="m" onClick={() => opened.speak()}>
          {words.speak}
        </button>
      </div>
    );
  }
  const say = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = (opened.drafts.get("message") ?? "").trim();
    if (!text) return;
    sent(opened, form);
    void opened.talk.say(text);
  };
  // Whoever rang holds no app: what is written reaches the officers alone.
  const reached = one.caller.person_id !== null;
  return (
    <>
      {one.silent && <p class="case-warning case-off-paper">{words.silentWarning}</p>}
      {reached && one.questions.length > 0 && (
        <ul class="case-questions case-off-paper" aria-label={words.questions}>
          {one.questions.map((question) => (
            <li key={question}>
              <button type="button" onClick={() => void opened.talk.say(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="case-say" onSubmit={say}>
        <Draft
          opened={opened}
          name="message"
          label={reached ? words.say : words.sayToOfficers}
          most={LONGEST}
          letter="m"
          within
          enterSends
        />
        <button type="submit" class="second">
          {frame.send}
        </button>
      </form>
    </>
  );
}

/** Read is what a person can have read: its last message in sight, on a page that is looked at. */
function useReadMark(opened: Opened, one: Case, list: HTMLElement | null): void {
  const { said } = opened.talk;
  const last = toMark(said, one.unread, opened.marked);
  useEffect(() => {
    const end = list?.querySelector("li:last-child");
    if (!last || !end) return;
    let inSight = false;
    const mark = () => {
      if (inSight && document.visibilityState === "visible") void opened.mark(last);
    };
    const watch = new IntersectionObserver(
      (seen) => {
        inSight = seen.some(({ isIntersecting }) => isIntersecting);
        mark();
      },
      { threshold: 0.6 },
    );
    watch.observe(end);
    document.addEventListener("visibilitychange", mark);
    return () => {
      watch.disconnect();
      document.removeEventListener("visibilitychange", mark);
    };
  }, [last, list, opened]);
}
