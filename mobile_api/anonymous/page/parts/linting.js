// What in a concern may tell who wrote it: the rules are in leaks.json, and the server reads the same ones.

const LONGEST_EXCERPT = 60;
const SEVERAL = 3;

/** The rules, ready to be used. */
export function prepare(told) {
  return told.rules.map((rule) => ({
    ...rule,
    patterns: rule.patterns.map((pattern) => new RegExp(pattern, rule.match_case ? "g" : "gi")),
  }));
}

/** `[{field, rule, says, advice, found}]` for these texts by field, in the order of the fields and the rules. */
export function leaksIn(texts, rules) {
  return Object.entries(texts).flatMap(([field, text]) =>
    rules
      .filter((rule) => applies(rule, field))
      .map((rule) => ({ field, rule: rule.name, says: rule.says, advice: rule.advice, found: matches(rule, text) }))
      .filter((leak) => leak.found.length > 0),
  );
}

function applies(rule, field) {
  return rule.only ? rule.only.includes(field) : !(rule.but_not ?? []).includes(field);
}

function matches(rule, text) {
  const found = rule.patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => excerpt(match[0])));
  return [...new Set(found)].slice(0, SEVERAL);
}

function excerpt(text) {
  return text.trim().split(/\s+/).join(" ").slice(0, LONGEST_EXCERPT);
}
