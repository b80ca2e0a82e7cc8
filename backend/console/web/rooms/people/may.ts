// Who may do what to whom in the people's room: the doors decide, this only spares a person a refusal.

import type { Person } from "../../../../web/browser/wire.ts";

export const ROLES = ["officer", "controller", "adviser", "prevent_lead", "admin", "auditor"] as const;

export interface FoundPerson {
  id: string;
  name: string;
  roles: string[];
  teams: string[];
  site: string | null;
  duty: string | null;
  active: boolean;
  exercise: boolean;
}

export interface SignIn {
  id: string;
  since: string;
  last_used: string;
  expires_at: string;
  handset: { platform: string; app_version: string | null } | null;
  sockets: number;
  current: boolean;
}

export type No = "onlyAdmin" | "oneself" | "onlyEnders" | "ownSignIns";

/** Why this person may not set those roles; null when they may. */
export function noRolesBy(by: Person, of: FoundPerson): No | null {
  if (!by.roles.includes("admin")) return "onlyAdmin";
  return by.id === of.id ? "oneself" : null;
}

/** Why this person may not end those sign-ins; null when they may. */
export function noEndingBy(by: Person, of: FoundPerson): No | null {
  if (by.roles.includes("controller")) return null;
  if (!by.roles.includes("admin")) return "onlyEnders";
  return by.id === of.id ? "ownSignIns" : null;
}

/** What is granted and what is taken, by name of role; both empty when nothing changes. */
export function difference(
  before: readonly string[],
  after: readonly string[],
): { granted: string[]; taken: string[] } {
  const real = (roles: readonly string[]) => ROLES.filter((role) => roles.includes(role));
  return {
    granted: real(after).filter((role) => !before.includes(role)),
    taken: real(before).filter((role) => !after.includes(role)),
  };
}
