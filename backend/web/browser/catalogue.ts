// Words in languages: one typed catalogue for each face, English the measure, others as far as they are translated.

export type Direction = "ltr" | "rtl";

/** A language's catalogue; what it lacks is said in English. */
export interface Translation<Words> {
  language: string;
  direction: Direction;
  words: Partial<Words>;
}

export interface Chosen<Words> {
  language: string;
  direction: Direction;
  words: Words;
}

/** The first of the person's languages that there is, by its whole tag and else by its first part. */
export function choose<Words extends object>(
  english: Words,
  others: readonly Translation<Words>[],
  wanted: readonly string[],
): Chosen<Words> {
  for (const tag of wanted.map((one) => one.toLowerCase())) {
    const [first] = tag.split("-");
    if (first === "en") break;
    const found = others.find(({ language }) => language === tag) ?? others.find(({ language }) => language === first);
    if (found) return { ...found, words: { ...english, ...found.words } };
  }
  return { language: "en", direction: "ltr", words: english };
}
