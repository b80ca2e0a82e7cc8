// Find somebody; see what they may do and where they are signed in, and change it where one's own role allows.

import { useState } from "preact/hooks";
import { isNoAnswer, sentenceOf } from "../../desk.ts";
import { fieldsOf } from "../../parts/form.ts";
import { useReading } from "../../parts/reading.ts";
import type { RoomTraits } from "../index.ts";
import type { FoundPerson } from "./may.ts";
import { PersonCard } from "./person.tsx";
import { words } from "./words.ts";

interface Page {
  items: FoundPerson[];
  next_cursor: string | null;
}

const PAGE = 50;

export default function PeopleRoom({ desk }: RoomTraits) {
  const [query, setQuery] = useState("");
  const [further, setFurther] = useState<Page[]>([]);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [fault, setFault] = useState("");
  const path = `/console/api/people?limit=${PAGE}&query=${encodeURIComponent(query)}`;
  const reading = useReading<Page>(desk, path);
  const pages = reading.found ? [reading.found, ...further] : [];
  const people = pages.flatMap(({ items }) => items);
  const cursor = pages[pages.length - 1]?.next_cursor ?? null;
  const chosen = people.find(({ id }) => id === chosenId);
  const search = (event: SubmitEvent) => {
    const { query: wanted = "" } = fieldsOf(event);
    setFurther([]);
    setQuery(wanted);
    if (wanted === query) reading.again();
  };
  const more = async () => {
    try {
      const page = await desk.ask<Page>("GET", `${path}&cursor=${cursor}`);
      setFurther((before) => [...before, page]);
      setFault("");
    } catch (why) {
      if (!isNoAnswer(why)) throw why;
      setFault(sentenceOf(why));
    }
  };
  const afresh = () => {
    setFurther([]);
    reading.again();
  };
  return (
    <div class="record people-room">
      <header>
        <h1>{words.title}</h1>
        <p class="quiet" role="status">
          {reading.found && words.found(people.length, cursor !== null)}
        </p>
      </header>
      <form class="controls" onSubmit={search}>
        <label class="field">
          <span>{words.find}</span>
          <input type="search" name="query" maxLength={120} defaultValue={query} />
        </label>
        <button type="submit" class="first">
          {words.search}
        </button>
      </form>
      <p class="fault" role="alert">
        {reading.fault || fault}
      </p>
      <div class="halves">
        <div>
          {reading.found && people.length === 0 && <p class="card">{words.none}</p>}
          {people.length > 0 && (
            <ul class="people">
              {people.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    class={`person ${one.exercise ? "exercise" : ""}`}
                    aria-current={one.id === chosenId ? "true" : undefined}
                    onClick={() => setChosenId(one.id)}
                  >
                    <strong>{one.name}</strong>
                    <span class="quiet">{aboutOf(one)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {cursor && (
            <button type="button" class="second" onClick={() => void more()}>
              {words.more}
            </button>
          )}
        </div>
        {chosen ? (
          <PersonCard key={chosen.id} desk={desk} person={chosen} changed={afresh} />
        ) : (
          <p class="quiet">{words.choose}</p>
        )}
      </div>
    </div>
  );
}

function aboutOf(one: FoundPerson): string {
  const roles = one.roles
    .filter((role) => role !== "member" || one.roles.length === 1)
    .map((role) => words.roles[role] ?? role);
  const duty = one.duty ? (words.states[one.duty] ?? one.duty) : null;
  return [roles.join(", "), duty, one.exercise ? words.exercise : null, one.active ? null : words.left]
    .filter(Boolean)
    .join(" · ");
}
