// Sends a form with its proof of work and shows what is answered in place: the address never changes, and what was
// written stays in the form when the connection does not hold.

import { solve } from "./work.js";

const CHALLENGE = "/v1/concerns/challenge";
export const QUIET = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };

export const NO_CONNECTION = "No connection. We do not know that it arrived. Your words are still here: try again.";
export const NO_WORK = "No connection. Nothing was sent. Your words are still here: try again.";

/** What went wrong, in a sentence for whoever reads the page. */
export class NotSent extends Error {}

/** A challenge and the nonce that was found for it. */
export async function workDone() {
  let told;
  try {
    told = await (await fetch(CHALLENGE, QUIET)).json();
  } catch {
    throw new NotSent(NO_WORK);
  }
  return { challenge: told.challenge, nonce: await apart(told) };
}

/** Both as two fields more of a form. */
export async function withWork(fields) {
  const { challenge, nonce } = await workDone();
  fields.set("challenge", challenge);
  fields.set("nonce", nonce);
  return fields;
}

/** The main part of the page that answers. Raises NotSent with what the page says is wrong. */
export async function sent(address, fields) {
  let page;
  let good;
  try {
    const answer = await fetch(address, { method: "POST", body: fields, ...QUIET });
    good = answer.ok;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    throw new NotSent(NO_CONNECTION);
  }
  const said = page.querySelector("[data-problem]");
  if (!good) throw new NotSent(said ? said.textContent.trim().replace(/\s+/g, " ") : NO_CONNECTION);
  return page.querySelector("main");
}

function apart(told) {
  return new Promise((take) => {
    const here = () => solve(told.challenge, told.bits, () => new Promise((go) => setTimeout(go)));
    try {
      const worker = new Worker("/concern/parts/work_apart.js", { type: "module" });
      worker.onmessage = ({ data }) => take(data);
      worker.onerror = () => take(here());
      worker.postMessage(told);
    } catch {
      take(here());
    }
  });
}
