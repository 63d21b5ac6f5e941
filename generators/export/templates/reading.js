// Answers as learners type them: generators/reading.py for the page, where nothing says that a comma is a decimal comma.

function read(question, typed) {
  const text = asciiDigits(typed);
  switch (question.kind) {
    case "MCQ": return readKeys(question, text, 1)[0];
    case "MSQ": return [...new Set(readKeys(question, text))].sort();
    case "ORDER": return readOrder(question, text);
    case "NAT": return readNumber(text);
    case "MATRIX": return readMatrix(question, text);
    case "MATCH": return readPairs(question, text);
    case "EXPRESSION": return readFormula(question, text);
  }
  throw new UnreadableAnswer("this kind is not read by the program");
}

/** Digits of every script as 0 … 9: full-width, Arabic, Devanagari. In Unicode the digits of a script are neighbours. */
function asciiDigits(text) {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let below = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(digit.codePointAt(0) - below - 1))) below += 1;
    return below % 10;
  });
}

function readKeys(question, text, count) {
  const keys = text.toUpperCase().match(/[A-Z0-9]/g) ?? [];
  const known = question.options;
  if (!keys.length || !keys.every((key) => known.includes(key)) || keys.length > known.length)
    throw new UnreadableAnswer(`answer with ${[...known].sort().join(", ")}`);
  if (count !== undefined && keys.length !== count)
    throw new UnreadableAnswer(count === 1 ? "answer with one option" : `answer with all ${count} options in order`);
  return keys;
}

function readOrder(question, text) {
  const keys = readKeys(question, text, question.options.length);
  if (new Set(keys).size < keys.length) throw new UnreadableAnswer("each option has one place");
  return keys;
}

const MIXED = "a whole number before a fraction can be read in two ways: write one fraction, as 3/2 for 1 1/2";
const COMMAS = "the commas can be decimal points or stand between entries: write it as 0.5 2; 3 4, with points and spaces";
const LONGEST_NUMBER = 200;
const MIXED_NUMBER = /(^|[^\w.,\/^])(\d+) +(\d+\/\d+)/g;
const AMBIGUOUS = /^[-+]?[1-9]\d{0,2},\d{3}(\/\d{1,30})?$/;
const GROUPED = /^[-+]?[1-9]\d{0,2}(,\d{3}){1,9}(\.\d{1,30})?(\/\d{1,30})?$/;
const SPACED = /^[-+]?[1-9]\d{0,2}( \d{3}){1,9}(?!\d)/;
const NUMBER = /^[-+]?(\d{1,30})?(\.\d{1,30})?(\/\d{1,30})?$/;
const NAME_OR_NUMBER = /[A-Za-z]\w*|[\d.,]+/g;
const BETWEEN_DIGITS = /(\d),(?=\d)/g;

const notANumber = (text) => new UnreadableAnswer(`'${quoted(text)}' is not a number`);
const quoted = (text) => [...text].slice(0, 40).join("");

/** 28 · −1/3 · .5 · 0,125 · 1 792 · 1,210,000 */
function readNumber(text) {
  const plain = plainNumber(text);
  try {
    return exact(plain);
  } catch {
    throw notANumber(text);
  }
}

/** The number without spaces and commas, its decimals after a point. 1,210 is two numbers; 1,21 and 0,125 are decimals. */
function plainNumber(text) {
  if (text.replaceAll("+", " ").search(MIXED_NUMBER) >= 0) throw new UnreadableAnswer(MIXED);
  let plain = text.length <= LONGEST_NUMBER ? compact(text) : "";
  if (AMBIGUOUS.test(plain)) {
    const [pointed, whole] = [plain.replace(",", "."), plain.replace(",", "")];
    throw new UnreadableAnswer(`'${quoted(text)}' can be two numbers: write ${pointed} or ${whole}`);
  }
  if (GROUPED.test(plain)) plain = plain.replaceAll(",", "");
  plain = plain.replace(BETWEEN_DIGITS, "$1.");
  if (!NUMBER.test(plain) || !/\d/.test(plain)) throw notANumber(text);
  return plain;
}

/** Without the spaces beside signs and between groups of thousands; other spaces separate numbers, and stay. */
function compact(text) {
  return text.replaceAll("−", "-").trim().replace(/ *([-+\/]) */g, "$1").replace(SPACED, (groups) => groups.replaceAll(" ", ""));
}

/** A page without key does not know the key's shape; commas that its grid keeps cannot be read, whatever the shape. */
function readMatrix(question, text) {
  const apart = entries(text), together = entriesWithCommas(text), numbers = (rows) => rows.map((row) => row.map(readNumber));
  const wanted = shape(question.answer ? rowsOf(question.answer) : together);
  if (shape(apart) !== wanted && shape(together) === wanted) {
    numbers(together); // throws what is wrong with 1,210, if that is the reason
    throw new UnreadableAnswer(COMMAS);
  }
  const mixed = entries(text.replace(MIXED_NUMBER, "$1$2+$3"));
  if (shape(apart) !== wanted && shape(mixed) === wanted) throw new UnreadableAnswer(MIXED);
  return numbers(apart);
}

const entries = (text) => text.split(/[;\n]/).filter((row) => row.trim()).map((row) => row.trim().split(/[\s,]+/));
const entriesWithCommas = (text) => entries(text.replace(BETWEEN_DIGITS, "$1\0"))
  .map((row) => row.map((entry) => entry.replaceAll("\0", ",")));
const rowsOf = (matrix) => (Array.isArray(matrix[0]) ? matrix : [matrix]);
const shape = (rows) => rows.map((row) => row.length).join(" ");

function readPairs(question, text) {
  const pairs = [...text.matchAll(/([A-Za-z])[^\p{L}\p{N}_]{0,3}?(\d+)/gu)];
  const given = Object.fromEntries(pairs.map(([, item, option]) => [item.toUpperCase(), option]));
  const complete = question.items.every((item) => question.options.includes(given[item]));
  if (!complete || pairs.length !== question.items.length)
    throw new UnreadableAnswer(`answer like ${[...question.items].sort().map((item) => `${item}-1`).join(", ")}`);
  return given;
}

function readFormula(question, text) {
  const tree = parseTyped(text);
  const formulas = [question.answer, ...question.misconceptions.map((entry) => entry.value)];
  const known = [...new Set(formulas.flatMap((formula) => names(parseFormula(formula))))].sort();
  const unknown = names(tree).filter((name) => !known.includes(name)).sort();
  if (unknown.length) throw new UnreadableAnswer(`unknown name ${unknown[0]}; use ${known.join(", ")}`);
  return tree;
}

/** The formula, with decimal commas and mixed numbers dealt with as in numbers. */
function parseTyped(text) {
  if (text.search(MIXED_NUMBER) >= 0) throw new UnreadableAnswer(MIXED);
  return parseFormula(text.replace(NAME_OR_NUMBER, (part) => (part.includes(",") ? plainNumber(part) : part)));
}
