// Who has signed in here. Kept in the tab and not in the browser, so that two tabs can hold two people.

const KEY = "bluelight.session";

/** `{token, person: {id, name, roles}}`, or null. */
export function kept() {
  return recall(KEY);
}

/** Keep the answer of a sign-in. */
export function keep({ access_token, person }) {
  const session = { token: access_token, person };
  remember(KEY, session);
  return session;
}

/** Forget the person and everything of theirs. */
export function forget() {
  sessionStorage.clear();
}

/** A value of this tab, or null. */
export function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Keep a value through a reload of this tab; null forgets it. */
export function remember(key, value) {
  if (value === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(value));
}
