// What is said in a case, in order, with a line to say something.

import { el, say } from "./elements.js";
import { uuid } from "./pressing.js";
import { time } from "./words.js";

/** One case's conversation; `heard()` after a chat message has come, `close()` once nobody can speak any more. */
export class Conversation {
  constructor(api, incidentId, { to = "Say something", door = "/v1" } = {}) {
    this.api = api;
    this.path = `${door}/incidents/${incidentId}/messages`;
    this.said = new Set();
    this.unsent = null;
    this.list = el("ol", { class: "said" });
    this.nobody = el("p", { class: "quiet", text: "Nothing has been said yet." });
    this.words = el("input", { type: "text", maxlength: 2000, autocomplete: "off", "aria-label": to, placeholder: to });
    this.fault = el("p", { class: "fault", role: "alert" });
    this.form = el("form", { class: "say" }, this.words, el("button", { type: "submit", text: "Send" }));
    this.form.addEventListener("submit", (event) => this.send(event));
    this.node = el(
      "section",
      { class: "conversation", "aria-label": "Conversation" },
      el("h3", { text: "Conversation" }),
      this.nobody,
      this.list,
      this.fault,
      this.form,
    );
    this.heard();
  }

  close() {
    this.form.hidden = true;
    if (!this.said.size) this.node.hidden = true;
  }

  /** Read what is new; asked again when two answers cross. */
  async heard() {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    try {
      const { items, next_cursor } = await this.api.get(this.path + (this.cursor ? `?cursor=${this.cursor}` : ""));
      items.forEach((item) => this.add(item));
      if (next_cursor) {
        this.cursor = next_cursor;
        this.again = true;
      }
    } catch {
      // Whatever it was, the next message or the next connect reads again.
    } finally {
      this.reading = false;
    }
    if (this.again) {
      this.again = false;
      await this.heard();
    }
  }

  add({ message_id, author, mine, text, at }) {
    if (this.said.has(message_id)) return;
    this.said.add(message_id);
    const who = mine ? "You" : (author ?? "Somebody");
    this.nobody.hidden = true;
    this.list.append(
      el(
        "li",
        { class: mine ? "mine" : "" },
        el("span", { class: "by", text: `${who}, ${time(at)}` }),
        el("span", { class: "text", text }),
      ),
    );
    this.list.scrollTop = this.list.scrollHeight;
    if (!mine) say(`${who}: ${text}`);
  }

  async send(event) {
    event.preventDefault();
    const text = this.words.value.trim();
    if (!text || this.sending) return;
    // The same words after a failure are the same message: it cannot be said twice.
    if (this.unsent?.text !== text) this.unsent = { message_id: uuid(), text };
    this.sending = true;
    try {
      this.add(await this.api.post(this.path, this.unsent));
      this.unsent = null;
      this.words.value = "";
      this.fault.textContent = "";
    } catch (fault) {
      this.fault.textContent = `Not sent. ${fault.message}`;
    } finally {
      this.sending = false;
    }
  }
}
