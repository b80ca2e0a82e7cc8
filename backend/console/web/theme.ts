// Light or dark as this room's people chose: the console starts dark, since control rooms are dim.

const KEY = "bluelight.console.theme";

export type Theme = "dark" | "light";

export function theme(): Theme {
  return localStorage.getItem(KEY) === "light" ? "light" : "dark";
}

export function choose(wanted: Theme): void {
  localStorage.setItem(KEY, wanted);
  follow();
}

/** Put the page into the theme that is chosen. */
export function follow(): void {
  const dark = document.getElementById("dark");
  if (dark instanceof HTMLLinkElement) dark.media = theme() === "dark" ? "all" : "not all";
  document.documentElement.dataset.theme = theme();
  // What is drawn outside the style sheets, the map first of all, follows by this.
  window.dispatchEvent(new Event("bluelight-theme"));
}
