// What the board says.

import { spoken } from "../../words/index.ts";

const english = {
  title: "Cases",
  none: "No open case.",
  kinds: { emergency: "Emergency", first_aid: "First aid", help: "Help" },
  nowhere: "place not known",
};

export const words = spoken(english);
