// What has happened in a case, the newest word first.

import { el, show } from "./elements.js";
import { line, time } from "./words.js";

/** `tell(progress)` after every change; whoever has folded it away keeps it so. */
export class Story {
  constructor() {
    this.lines = el("ol", {});
    this.node = el("details", { class: "story", open: true }, el("summary", { text: "What has happened" }), this.lines);
  }

  tell(progress = []) {
    show(this.lines, progress, () => [...progress].reverse().map((one) => this.line(one)));
  }

  line(one) {
    const words = one.words ? `${line(one)}: ${one.words}` : line(one);
    return el("li", {}, el("time", { datetime: one.at, text: time(one.at) }), el("span", { text: words }));
  }
}
