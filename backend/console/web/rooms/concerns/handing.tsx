// A place changes hands, or the whole concern is shown to one more reader: copies of every entry are made here.

import { useState } from "preact/hooks";
import { fieldsOf, useDoing } from "../../parts/form.ts";
import { Deeds, One } from "./parts.tsx";
import { copiesFor } from "./reading.ts";
import type { Candidate } from "./wire.ts";
import { words } from "./words.ts";
import { API, toTheList, type Work } from "./working.ts";

export function HandingOver({ work }: { work: Work }) {
  const { concern, desk } = work;
  const { busy, problem, give } = useGiving(work);
  const me = desk.session?.person.id;
  const places = concern.places.filter(({ adviser_id, away }) => adviser_id === me || away);
  const leavers = [
    ...(concern.vacant ? [["vacant", words.vacantPlace] as const] : []),
    ...places.map(
      (one) => [one.adviser_id, one.adviser_id === me ? words.minePlace : (one.name ?? words.someone)] as const,
    ),
  ];
  const newcomers = outside(work).filter(({ cannot }) => cannot === null);
  const hand = (event: SubmitEvent) => {
    const { leaver, newcomer } = fieldsOf(event);
    const reader = newcomers.find(({ adviser_id }) => adviser_id === newcomer);
    const whose = leaver === "vacant" ? null : leaver;
    const then = whose === me ? toTheList : work.done;
    if (reader) void give("hand-over", reader, reader.needs_copies, { newcomer, leaver: whose }, then);
  };
  return (
    <form class="stack" onSubmit={hand}>
      <p class="quiet">{words.handMeans}</p>
      <One name="leaver" label={words.whose} from={leavers} />
      <One name="newcomer" label={words.newcomer} from={newcomers.map(named)} />
      {newcomers.length === 0 && <p>{words.noneToChoose}</p>}
      <Deeds fault={problem} busy={busy} go={words.handOver} cancel={work.cancel} />
    </form>
  );
}

export function Sharing({ work }: { work: Work }) {
  const { busy, problem, give } = useGiving(work);
  const me = work.desk.session?.person.id;
  const able = work.concern.advisers.filter(({ adviser_id, cannot }) => adviser_id !== me && cannot === null);
  const share = (event: SubmitEvent) => {
    const { adviser_id } = fieldsOf(event);
    const reader = able.find((one) => one.adviser_id === adviser_id);
    if (reader) void give("share", reader, true, { adviser_id }, work.done);
  };
  return (
    <form class="stack" onSubmit={share}>
      <p class="quiet">{words.shareMeans}</p>
      <One name="adviser_id" label={words.shareWith} from={able.map(named)} />
      <Deeds fault={problem} busy={busy} go={words.shareDo} cancel={work.cancel} />
    </form>
  );
}

function useGiving({ desk, keys, concern }: Work) {
  const { busy, fault, act } = useDoing();
  const [problem, setProblem] = useState("");
  const give = async (door: string, reader: Candidate, needed: boolean, body: object, then: () => void) => {
    const copies = copiesFor(concern, needed ? [reader] : [], keys);
    if (!copies) return setProblem(words.notAll);
    setProblem("");
    if (await act(() => desk.ask("POST", `${API}/${concern.id}/${door}`, { ...body, copies }))) then();
  };
  return { busy, problem: problem || fault, give };
}

function outside({ concern }: Work): Candidate[] {
  const inside = new Set(concern.places.map(({ adviser_id }) => adviser_id));
  return concern.advisers.filter(({ adviser_id }) => !inside.has(adviser_id));
}

function named({ adviser_id, name }: Candidate): readonly [string, string] {
  return [adviser_id, name];
}
