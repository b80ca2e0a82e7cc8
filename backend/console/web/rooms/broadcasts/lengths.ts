// How long words are on each channel: what a lock screen cuts, how many texts it takes, how long a voice reads.

import type { Said } from "./wire.ts";

/** The characters a text can carry seven bits each; a single other one makes all of them two bytes. */
const GSM =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWICE = "^{}\\[~]|€";

/** On most lock screens before they are cut. */
const LOCKED = { title: 40, body: 110 };

const WORDS_A_MINUTE = 140;

/** What the server puts behind the words of a text. */
export const HOW_TO_ANSWER = "Reply 1 SAFE, 2 NEED HELP, 3 NOT HERE.";

export interface Lengths {
  push: { title: number; body: number; cut: boolean };
  sms: { texts: number; characters: number };
  voice: { seconds: number };
}

export function lengthsOf(said: Said): Lengths {
  const text = `${said.title}\n${said.body}\n${HOW_TO_ANSWER}`;
  const spoken = `${said.title} ${said.body}`.trim();
  return {
    push: {
      title: said.title.length,
      body: said.body.length,
      cut: said.title.length > LOCKED.title || said.body.length > LOCKED.body,
    },
    sms: { texts: texts(text), characters: [...text].length },
    voice: { seconds: Math.round((60 * spoken.split(/\s+/).filter(Boolean).length) / WORDS_A_MINUTE) },
  };
}

function texts(text: string): number {
  const plain = [...text].every((one) => GSM.includes(one) || TWICE.includes(one));
  const length = plain ? [...text].reduce((sum, one) => sum + (TWICE.includes(one) ? 2 : 1), 0) : text.length;
  const [alone, joined] = plain ? [160, 153] : [70, 67];
  return length <= alone ? 1 : Math.ceil(length / joined);
}
