// What a form holds when it is sent, and the fault that came back.

import { useState } from "preact/hooks";
import { sentenceOf } from "../desk.ts";

/**
 * Do something once at a time; `fault` is the sentence of why it did not work, empty otherwise.
 *
 * `unanswered` is what is said when no answer came.
 */
export function useDoing(unanswered?: string): {
  busy: boolean;
  fault: string;
  act: (deed: () => Promise<unknown>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const act = async (deed: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setFault("");
    try {
      await deed();
      return true;
    } catch (why) {
      setFault(sentenceOf(why, unanswered));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, act };
}

/** The text of a form's fields, trimmed. */
export function fieldsOf(event: SubmitEvent): Record<string, string> {
  event.preventDefault();
  const given = new FormData(event.currentTarget as HTMLFormElement);
  return Object.fromEntries([...given].map(([name, value]) => [name, String(value).trim()]));
}
