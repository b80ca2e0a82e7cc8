// One's own profile in a form: what has changed of it, and which field a fault is about.

import type { Refused } from "../../backend/web/browser/calling.ts";

export interface Contact {
  name: string;
  number: string;
  relation: string | null;
}

export interface Profile {
  photo: string | null;
  mobile: string | null;
  medical_notes: string | null;
  evacuation_plan: string | null;
  language: string;
  emergency_contacts: Contact[];
  changed_at: string | null;
  unavailable: { field: string; message: string }[];
}

export interface View {
  at: string;
  by: string | null;
  side: string;
  reference: string | null;
  reason: string | null;
}

/** As it is typed: an empty field is nothing. */
export interface Draft {
  photo: string | null;
  mobile: string;
  medical_notes: string;
  evacuation_plan: string;
  emergency_contacts: { name: string; number: string; relation: string }[];
}

export const MOST_CONTACTS = 5;

export function draftOf(profile: Profile): Draft {
  return {
    photo: profile.photo,
    mobile: profile.mobile ?? "",
    medical_notes: profile.medical_notes ?? "",
    evacuation_plan: profile.evacuation_plan ?? "",
    emergency_contacts: profile.emergency_contacts.map(({ name, number, relation }) => ({
      name,
      number,
      relation: relation ?? "",
    })),
  };
}

/** Only what is another than before: a field that could not be opened, and was not touched, is never overwritten. */
export function changes(profile: Profile, draft: Draft): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const field of ["mobile", "medical_notes", "evacuation_plan"] as const) {
    const typed = draft[field].trim() || null;
    if (typed !== profile[field]) told[field] = typed;
  }
  if (draft.photo !== profile.photo) told.photo = draft.photo;
  const contacts = draft.emergency_contacts
    .map(({ name, number, relation }) => ({
      name: name.trim(),
      number: number.trim(),
      relation: relation.trim() || null,
    }))
    .filter(({ name, number, relation }) => name || number || relation);
  if (JSON.stringify(contacts) !== JSON.stringify(profile.emergency_contacts)) told.emergency_contacts = contacts;
  return told;
}

/** What is wrong with each field; the server names a contact's by its place: `emergency_contacts.0.number`. */
export function faultsOf(refusal: Refused): Map<string, string> {
  return new Map((refusal.problem.errors ?? []).map(({ field, message }) => [field, message]));
}
