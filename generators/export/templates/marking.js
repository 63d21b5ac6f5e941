// What an answer earns, and which misconception explains a wrong one: generators/marking.py for the page.

const PLACES = fraction(1n, 2000n);

/** {outcome, marks, slugs, message}: outcome as in Python; marks a fraction; the slugs that explain a wrong answer. */
function mark(question, answer, negatives) {
  const nothing = { outcome: "blank", marks: fraction(0n), slugs: [], message: "" };
  if (question.kind === "ESSAY") return { ...nothing, outcome: "unmarked", message: "Read by a person, against the rubric." };
  if (!answer.trim()) return nothing;
  let given;
  try {
    given = read(question, answer);
  } catch (problem) {
    if (!(problem instanceof UnreadableAnswer)) throw problem;
    return { ...nothing, outcome: "unreadable", message: problem.message };
  }
  const full = fraction(BigInt(question.marks));
  if (isRight(question, given)) return { ...nothing, outcome: "right", marks: full };
  const slugs = question.misconceptions.filter((entry) => explains(question, entry.value, given)).map((entry) => entry.slug);
  return { ...nothing, outcome: "wrong", marks: product(full, minus(fraction(0n), exact(negatives[question.kind] ?? "0"))), slugs };
}

function isRight(question, given) {
  const key = question.answer;
  switch (question.kind) {
    case "NAT": return question.range.length
      ? atMost(exact(question.range[0]), given) && atMost(given, exact(question.range[1])) : same(exact(key), given);
    case "MATRIX": return sameMatrix(key, given);
    case "EXPRESSION": return equalFormulas(given, parseFormula(key));
    case "MATCH": return samePairs(key, given);
    case "MSQ": return sameValue([...key].sort(), given);
  }
  return sameValue(key, given);
}

function sameMatrix(key, given) {
  const rows = rowsOf(key);
  return shape(rows) === shape(given) && rows.every((row, i) => row.every((entry, j) => near(exact(entry), given[i][j])));
}

const near = (key, given) => same(key, given)
  || (product(key, fraction(1000n)).d > 1n && atMost(distance(given, key), PLACES));

function explains(question, value, given) {
  switch (question.kind) {
    case "MCQ": return value === given || sameValue(value, valueOf(question, question.slugs[given]));
    case "NAT": return atMost(product(fraction(2n), distance(exact(value), given)), width(question.range));
    case "MATRIX": return sameMatrix(value, given);
    case "EXPRESSION": return equalFormulas(given, parseFormula(value));
    case "MSQ": return given.includes(value);
    case "MATCH": return Object.entries(value).every(([item, option]) => given[item] === option);
  }
  return sameValue(value, given);
}

const sameValue = (left, right) => JSON.stringify(left) === JSON.stringify(right);
const samePairs = (left, right) => Object.keys(left).length === Object.keys(right).length
  && Object.entries(left).every(([item, option]) => right[item] === option);
const valueOf = (question, slug) => question.misconceptions.find((entry) => entry.slug === slug)?.value;
const width = (range) => (range.length ? minus(exact(range[1]), exact(range[0])) : fraction(0n));
