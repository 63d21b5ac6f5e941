// Answers as learners type them: generators/reading.py for the page.

const LONGEST_ANSWER = 10_000;

function read(question, typed) {
  if ([...typed].length > LONGEST_ANSWER) throw new UnreadableAnswer(`the answer is longer than ${LONGEST_ANSWER} characters`);
  switch (question.kind) {
    case "MCQ": return readKeys(question, typed, 1)[0];
    case "MSQ": return [...new Set(readKeys(question, typed))].sort();
    case "ORDER": return readOrder(question, typed);
    case "NAT": return numeral(withoutUnit(tidy(typed), question.unit));
    case "MATRIX": return readMatrix(question, typed);
    case "MATCH": return readPairs(question, typed);
    case "EXPRESSION": return readFormula(question, typed);
  }
  throw new UnreadableAnswer("this kind is not read by the program");
}

// -------------------------------------------------------------------------------------------- formulas

const SIDE = "two numbers stand side by side: write * between them";
const AFTER_SLASH = "after a / it is not clear what is divided: write (1/2)*C or 1/(2*C) for 1/2C";
const SIDE_BY_SIDE = /(?<![\w.,/^])[\d.,]+ +[\d.,]/;
const DIVIDED = /\/ *(?:\d[\d.,]*|[A-Za-z]\w*|\([^()]*\))(?=[A-Za-z(])|\/ *\([^()]*\)(?=\d)/;
const NAME_OR_NUMBER = /[A-Za-z]\w*|[\d.,']+/g;

function readFormula(question, typed) {
  const tree = parseTyped(typed);
  const formulas = [question.answer, ...question.misconceptions.map((entry) => entry.value)];
  const known = [...new Set(formulas.flatMap((formula) => names(parseFormula(formula))))].sort();
  const unknown = names(tree).filter((name) => !known.includes(name)).sort();
  if (unknown.length) throw new UnreadableAnswer(`unknown name ${unknown[0]}; use ${known.join(", ")}`);
  return tree;
}

function parseTyped(typed) {
  let text = tidy(typed, true).trim().replace(/^=/, "").replace(/[[{]/g, "(").replace(/[\]}]/g, ")");
  text = joined(text);
  for (const [pattern, problem] of [[MIXED_NUMBER, MIXED], [/\d *\(\(\d+\)\/\(\d+\)\)/, MIXED], [SIDE_BY_SIDE, SIDE], [DIVIDED, AFTER_SLASH]])
    if (text.search(pattern) >= 0) throw new UnreadableAnswer(problem);
  return parseFormula(text.replace(NAME_OR_NUMBER, numberInFormula));
}

// -------------------------------------------------------------------------------------------- options

const FROM_TO = "a dash can mean and, or from … to: write all letters, as A C";
const WORDS = /\b(?:(?:the|answers?|options?|choices?|letters?|is|are)\b:?)|\b(?:and|then)\b|&/gi;
const BETWEEN = /[^\p{L}\p{N}_\s,.;:()[\]{}>→+-]/u;

/** A · (b) · Option C · A and C · AC · B > A > C */
function readKeys(question, typed, count) {
  const known = question.options, text = tidy(typed).replace(WORDS, " ").replaceAll("?", question.kind === "ORDER" ? " " : "?");
  if (question.kind === "MSQ" && /[\p{L}\p{N}_][^\p{L}\p{N}_]*-[^\p{L}\p{N}_]*[\p{L}\p{N}_]/u.test(text)) throw new UnreadableAnswer(FROM_TO);
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const keys = words.flatMap((word) => (known.includes(word) ? [word] : [...word.toUpperCase()]));
  const twice = count === undefined && words.some((word) => !known.includes(word) && new Set(word.toUpperCase()).size < [...word].length);
  if (!keys.length || !keys.every((key) => known.includes(key)) || keys.length > known.length || twice || BETWEEN.test(text))
    throw new UnreadableAnswer(`answer with ${[...known].sort().join(", ")}`);
  if (count !== undefined && keys.length !== count)
    throw new UnreadableAnswer(count === 1 ? "answer with one option" : `answer with all ${count} options in order`);
  return keys;
}

function readOrder(question, typed) {
  const keys = readKeys(question, typed, question.options.length);
  if (new Set(keys).size < keys.length) throw new UnreadableAnswer("each option has one place");
  return keys;
}

const PAIR = /\(?([A-Za-z])[^A-Za-z0-9_]{0,3}?(\d+)\)?/g;

function readPairs(question, typed) {
  const text = tidy(typed).replaceAll("→", "-"), pairs = [...text.matchAll(PAIR)];
  const given = Object.fromEntries(pairs.map(([, item, option]) => [item.toUpperCase(), option]));
  const odd = /[\p{L}\p{N}]/u.test(text.replace(WORDS, " ").replace(PAIR, " "));
  const complete = question.items.every((item) => question.options.includes(given[item]));
  if (odd || !complete || pairs.length !== question.items.length)
    throw new UnreadableAnswer(`answer like ${[...question.items].sort().map((item) => `${item}-1`).join(", ")}`);
  return given;
}

// -------------------------------------------------------------------------------------------- how it was read

/** How an answer was read, for the learner to see before it counts; empty where it says just that itself. */
function told(question, typed, given) {
  if (question.kind === "NAT" && /^[-−+]?\d+\/\d+$/.test(typed.trim())) return "";
  const text = said(question, given), end = (words) => (question.unit && words.endsWith(question.unit) ? words.slice(0, -question.unit.length) : words);
  return bare(end(text)) === bare(end(typed)) ? "" : text;
}

function said(question, given) {
  switch (question.kind) {
    case "NAT": return `${writtenNumber(given)} ${question.unit ?? ""}`.trimEnd();
    case "MATRIX": return given.map((row) => row.map(writtenNumber).join(" ")).join("; ");
    case "EXPRESSION": return writtenFormula(given);
    case "MATCH": return Object.entries(given).map(([item, option]) => `${item}-${option}`).join(", ");
  }
  return typeof given === "string" ? given : given.join(", ");
}

const SAME = [[/\]\s*,?\s*\[/g, ";"], [/[()[\]*·"]/g, ""], [/,?\s+/g, " "], [/ ?([-+/^;]) ?/g, "$1"]];
const bare = (text) => SAME.reduce((plain, [pattern, to]) => plain.replace(pattern, to), text.replaceAll("−", "-").trim()).trim().toUpperCase();
