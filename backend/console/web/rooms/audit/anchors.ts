// Anchors as somebody pastes them: the lines of a file that is kept where the database is not.

export interface Anchor {
  place: number;
  link: string;
  forgotten: boolean;
}

export type Pasted = { anchors: Anchor[] } | { bad: number } | { tooMany: number };

/** As many as the door takes at once. */
export const MOST = 1000;

const LINK = /^[0-9a-f]{64}$/;

/** The anchors of a pasted text, or the number of the line that is none; empty lines are passed over. */
export function pasted(text: string): Pasted {
  const anchors: Anchor[] = [];
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    const anchor = anchorOf(line);
    if (!anchor) return { bad: number + 1 };
    anchors.push(anchor);
  }
  return anchors.length > MOST ? { tooMany: MOST } : { anchors };
}

function anchorOf(line: string): Anchor | null {
  let told: unknown;
  try {
    told = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof told !== "object" || told === null) return null;
  const { place, link, forgotten } = told as Partial<Anchor>;
  if (!Number.isInteger(place) || typeof link !== "string" || !LINK.test(link)) return null;
  return { place: Number(place), link, forgotten: forgotten === true };
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether somebody typed an id rather than a name. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** What a line holds besides, in the order it was told: `kind help · cases 3`. */
export function factsOf(facts: Record<string, unknown>): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([name, value]) =>
        `${name.replaceAll("_", " ")} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
    )
    .join(" · ");
}
