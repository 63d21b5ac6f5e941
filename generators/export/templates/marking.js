// What an answer earns, and which misconception explains a wrong one: generators/marking.py for the page.

const NUMBER = /^[-+−]?(\d{1,30}|\d{1,3}(,\d{3}){1,9})?(\.\d{1,30})?(\/\d{1,30})?$/;
const PLACES = fraction(1n, 2000n);

/** {outcome, marks, slugs, message}: outcome as in Python; marks a fraction; the slugs that explain a wrong answer. */
function mark(question, answer, negatives) {
  const nothing = { outcome: "blank", marks: fraction(0n), slugs: [], message: "" };
  if (question.kind === "ESSAY") return { ...nothing, outcome: "unmarked", message: "Read by a person, against the rubric." };
  const text = answer.trim();
  if (!text) return nothing;
  let given;
  try {
    given = read(question, text);
  } catch (problem) {
    if (!(problem instanceof Unreadable)) throw problem;
    return { ...nothing, outcome: "unreadable", message: problem.message };
  }
  const full = fraction(BigInt(question.marks));
  if (isRight(question, given)) return { ...nothing, outcome: "right", marks: full };
  const slugs = question.misconceptions.filter((entry) => explains(question, entry.value, given)).map((entry) => entry.slug);
  return { ...nothing, outcome: "wrong", marks: product(full, minus(fraction(0n), exact(negatives[question.kind] ?? "0"))), slugs };
}

function read(question, text) {
  switch (question.kind) {
    case "MCQ": return readKeys(question, text, 1)[0];
    case "MSQ": return [...new Set(readKeys(question, text))].sort();
    case "ORDER": return readOrder(question, text);
    case "NAT": return readNumber(text);
    case "MATRIX": return readMatrix(text);
    case "MATCH": return readPairs(question, text);
    case "EXPRESSION": return readFormula(question, text);
  }
  throw new Unreadable("this kind is not read by the program");
}

function readKeys(question, text, count) {
  const keys = text.toUpperCase().match(/[A-Z0-9]/g) ?? [];
  const known = question.options;
  if (!keys.length || !keys.every((key) => known.includes(key)) || keys.length > known.length)
    throw new Unreadable(`answer with ${[...known].sort().join(", ")}`);
  if (count !== undefined && keys.length !== count)
    throw new Unreadable(count === 1 ? "answer with one option" : `answer with all ${count} options in order`);
  return keys;
}

function readOrder(question, text) {
  const keys = readKeys(question, text, question.options.length);
  if (new Set(keys).size < keys.length) throw new Unreadable("each option has one place");
  return keys;
}

function readNumber(text) {
  const compact = text.replaceAll(" ", ""), problem = new Unreadable(`'${[...text].slice(0, 40).join("")}' is not a number`);
  if (!NUMBER.test(compact) || !/\d/.test(compact)) throw problem;
  try {
    return exact(compact.replaceAll("−", "-").replaceAll(",", ""));
  } catch {
    throw problem;
  }
}

const readMatrix = (text) => text.split(/[;\n]/).filter((row) => row.trim())
  .map((row) => row.trim().split(/[\s,]+/).map(readNumber));

function readPairs(question, text) {
  const pairs = [...text.matchAll(/([A-Za-z])[^\p{L}\p{N}_]{0,3}?(\d+)/gu)];
  const given = Object.fromEntries(pairs.map(([, item, option]) => [item.toUpperCase(), option]));
  const complete = question.items.every((item) => question.options.includes(given[item]));
  if (!complete || pairs.length !== question.items.length)
    throw new Unreadable(`answer like ${[...question.items].sort().map((item) => `${item}-1`).join(", ")}`);
  return given;
}

function readFormula(question, text) {
  const tree = parseFormula(text);
  const formulas = [question.answer, ...question.misconceptions.map((entry) => entry.value)];
  const known = [...new Set(formulas.flatMap((formula) => names(parseFormula(formula))))].sort();
  const unknown = names(tree).filter((name) => !known.includes(name)).sort();
  if (unknown.length) throw new Unreadable(`unknown name ${unknown[0]}; use ${known.join(", ")}`);
  return tree;
}

function isRight(question, given) {
  const key = question.answer;
  switch (question.kind) {
    case "NAT": return question.range.length
      ? atMost(exact(question.range[0]), given) && atMost(given, exact(question.range[1])) : same(exact(key), given);
    case "MATRIX": return sameMatrix(key, given);
    case "EXPRESSION": return equalFormulas(given, parseFormula(key));
    case "MATCH": return Object.entries(key).every(([item, option]) => given[item] === option);
  }
  return String(given) === String(key);
}

function sameMatrix(key, given) {
  const rows = Array.isArray(key[0]) ? key : [key];
  return rows.length === given.length && rows.every((row, i) => row.length === given[i].length
    && row.every((entry, j) => near(exact(entry), given[i][j])));
}

const near = (key, given) => same(key, given)
  || (product(key, fraction(1000n)).d > 1n && atMost(distance(given, key), PLACES));

function explains(question, value, given) {
  switch (question.kind) {
    case "MCQ": return value === given || String(value) === String(valueOf(question, question.slugs[given]));
    case "NAT": return atMost(product(fraction(2n), distance(exact(value), given)), width(question.range));
    case "MATRIX": return sameMatrix(value, given);
    case "EXPRESSION": return equalFormulas(given, parseFormula(value));
    case "MSQ": return given.includes(value);
    case "MATCH": return Object.entries(value).every(([item, option]) => given[item] === option);
  }
  return String(value) === String(given);
}

const valueOf = (question, slug) => question.misconceptions.find((entry) => entry.slug === slug)?.value;
const width = (range) => (range.length ? minus(exact(range[1]), exact(range[0])) : fraction(0n));
