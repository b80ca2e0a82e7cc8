// What the people's room says.

import { spoken } from "../../words/index.ts";

function moment(instant: string): string {
  return new Date(instant).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
}

const english = {
  title: "People",
  find: "Name or e-mail address",
  search: "Search",
  found: (count: number, more: boolean) => `${count}${more ? " and more" : ""} found`,
  none: "Nobody like that. A part of a name is enough.",
  more: "Show more",
  columns: { name: "Name", roles: "Roles", duty: "Duty" },
  roles: {
    member: "member",
    officer: "officer",
    controller: "controller",
    adviser: "adviser",
    prevent_lead: "Prevent lead",
    admin: "administrator",
    auditor: "auditor",
  } as Record<string, string>,
  means: {
    officer: "is asked to come",
    controller: "works cases and broadcasts at the console",
    adviser: "reads concerns sealed to them",
    prevent_lead: "leads the advisers, refers outside",
    admin: "grants roles, ends sign-ins",
    auditor: "reads and verifies the log",
  } as Record<string, string>,
  states: { on_patrol: "on patrol", at_post: "at a post", break: "on a break", off_duty: "off duty" } as Record<
    string,
    string
  >,
  left: "no longer active",
  exercise: "exercise",
  choose: "Choose somebody on the left to see their roles and sign-ins.",
  teams: "Teams",
  site: "Site",
  nothing: "none",
  rolesTitle: "Roles",
  everybody: "Everybody is a member besides.",
  save: "Save roles",
  saved: (name: string) => `The roles of ${name} are saved.`,
  oneself: "Nobody changes their own roles: ask another administrator.",
  onlyAdmin: "Only an administrator grants and takes roles.",
  takes: "A role that is taken signs its holder out of what it opened, at once.",
  signIns: "Sign-ins",
  noSignIns: "Not signed in anywhere.",
  signIn: (platform: string | null, version: string | null) =>
    platform
      ? [{ android: "Android", ios: "iPhone", web: "Browser" }[platform] ?? platform, version].filter(Boolean).join(" ")
      : "Browser or unknown phone",
  since: (instant: string) => `since ${moment(instant)}`,
  lastUsed: "last used",
  ago: "ago",
  open: (sockets: number) => (sockets === 0 ? "no line open" : sockets === 1 ? "1 line open" : `${sockets} lines open`),
  this: "this sign-in",
  end: "End it",
  endAll: "End all sign-ins",
  endMeans: "Every device is signed out at once, and an officer's duty ends.",
  onlyEnders: "Only a controller or an administrator ends sign-ins.",
  ownSignIns: "An administrator does not end their own here: sign out instead.",
  ended: (name: string, count: number) => `${count} ${count === 1 ? "sign-in" : "sign-ins"} of ${name} ended.`,
};

export const words = spoken(english);
