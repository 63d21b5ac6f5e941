// Matrices as people write them: generators/matrices.py for the page.

const COMMAS = "the commas can be decimal points or stand between entries: write it as 0.5 2; 3 4, with points and spaces";
const MATRIX = "a matrix looks like 1 2; 3 4 or [[1, 2], [3, 4]]";
const MIXED = "a whole number before a fraction can be read in two ways: write one fraction, as 3/2 for 1 1/2";
const SPACES = "spaces stand between entries: write 1210 for 1 210";
const LONGEST_MATRIX = 10_000;
const CALLED = /^(?:\w+\.)?(?:array|asarray|matrix|Matrix|tensor)\s*\(([^]*)\)$/;
const SETTINGS = /,\s*(?:dtype|device|requires_grad)\s*=[^,[\]]*/g;
const TEX_MATRIX = /\\(?:begin|end)\s*\{[a-z]*(?:matrix|array)\*?\}(?:\s*\{[clr| ]*\})?|\\hline/g;
const NESTED = /^\[?\s*\[([^[\]]*)\]\s*(?:[,;]?\s*\[([^[\]]*)\]\s*)*\]?$/;
const TIGHT = /(?<=\d),(?=\d)/, SPACED_GAP = /(?<=[^\s,;])[^\S\n]+(?=[^\s,;])/;
const ANY_GAP = /[\s,]+/, GAP = /(?:\s|(?<!\d),|,(?!\d))+/;
const MIXED_NUMBER = /(?<![\w.,/^])(\d+) +(\d+\/\d+)/g;
const GROUPS = /(?<![\w.,/^])[1-9]\d{0,2}(?: \d{3})+(?!\d)/g;

const joined = (text) => text.replace(GROUPS, (found) => found.replaceAll(" ", ""));
const entries = (lines, gap) => lines.map((line) => line.split(gap));
const rowsOf = (matrix) => (Array.isArray(matrix[0]) ? matrix : [matrix]);
const shape = (rows) => rowsOf(rows).map((row) => row.length).join(" ");

/** The rows of numbers. Where only another reading gives the shape of the key, or a page has no key, it is unreadable. */
function readMatrix(question, typed) {
  const { lines } = matrixLines(typed);
  const [first, ...others] = waysToSplit(lines), key = question.answer;
  const wanted = key ? shape(key) : shape(lines.some((line) => line.includes("&")) ? first[0] : entries(lines, GAP));
  if (standing(first[0], key) !== wanted) {
    for (const [rows, problem] of others) {
      if (standing(rows, key) !== wanted) continue;
      if (problem === COMMAS) numbersOf(rows); // throws what is wrong with 1,210, if that is the reason
      throw new UnreadableAnswer(problem);
    }
  }
  const numbers = numbersOf(first[0]);
  return isColumn(numbers, key) ? [numbers.map((row) => row[0])] : numbers;
}

function waysToSplit(lines) {
  if (lines.some((line) => line.includes("&")))
    return [[lines.map((line) => line.split("&").map((entry) => entry.trim().replace(/^- /, "-"))), ""]];
  const apart = entries(lines, ANY_GAP), together = entries(lines, GAP);
  const decimals = lines.some((line) => TIGHT.test(line)) && lines.some((line) => SPACED_GAP.test(line));
  const mixed = entries(lines.map((line) => line.replace(MIXED_NUMBER, "$1_$2")), ANY_GAP);
  return [[decimals ? together : apart, ""], [decimals ? apart : together, COMMAS], [mixed, MIXED], [entries(lines.map(joined), GAP), SPACES]];
}

/** The rows' texts, and whether they have brackets. */
function matrixLines(typed) {
  let text = tidy(typed.slice(0, LONGEST_MATRIX).replaceAll("\\\\", ";").replace(TEX_MATRIX, " ")).replaceAll('"', "").trim().replace(/^=/, "").trim();
  const call = CALLED.exec(text);
  if (call) text = call[1].replace(SETTINGS, "").trim();
  if (/^[{(]/.test(text)) text = text.replace(/[{(]/g, "[").replace(/[})]/g, "]");
  const [open, shut] = ["[", "]"].map((bracket) => text.split(bracket).length - 1), bracketed = open + shut > 0;
  if (open > 1) text = text.trim().replace(/\s+/g, " ");
  if (bracketed && (open !== shut || !(open > 1 ? NESTED : /^\[[^[\]]*\]$/).test(text))) throw new UnreadableAnswer(MATRIX);
  const rows = open > 1 ? [...text.matchAll(/\[([^[\]]+)\]/g)].map((row) => row[1]) : text.replace(/^\[|\]$/g, "").split(/[;\n]/);
  const lines = rows.map((line) => line.trim().replace(/(?<=\d) ?\/ ?(?=\d)/g, "/")).filter(Boolean);
  if (!lines.length) throw new UnreadableAnswer(MATRIX);
  return { bracketed, lines };
}

const numbersOf = (rows) => rows.map((row) => row.map(numeral));
const isColumn = (rows, key) => key && !Array.isArray(key[0]) && rows.length === key.length && rows.every((row) => row.length === 1);
const standing = (rows, key) => (isColumn(rows, key) ? String(rows.length) : shape(rows));
