"use strict";
// Exact fractions, and formulas in the grammar of generators/expression.py. Nothing is evaluated as code.

class UnreadableAnswer extends Error {}

const magnitude = (a) => (a < 0n ? -a : a);

function divisor(a, b) {
  while (b) [a, b] = [b, a % b];
  return magnitude(a);
}

function fraction(n, d = 1n) {
  if (d === 0n) throw new RangeError("division by zero");
  const common = divisor(n, d) * (d < 0n ? -1n : 1n);
  return common ? { n: n / common, d: d / common } : { n: 0n, d: 1n };
}

const plus = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const minus = (a, b) => plus(a, { n: -b.n, d: b.d });
const product = (a, b) => fraction(a.n * b.n, a.d * b.d);
const quotient = (a, b) => fraction(a.n * b.d, a.d * b.n);
const distance = (a, b) => { const c = minus(a, b); return { n: magnitude(c.n), d: c.d }; };
const same = (a, b) => a.n === b.n && a.d === b.d;
const atMost = (a, b) => a.n * b.d <= b.n * a.d;

function toPower(base, power) {
  const size = BigInt(Math.abs(power));
  return power < 0 ? fraction(base.d ** size, base.n ** size) : fraction(base.n ** size, base.d ** size);
}

/** From "28", "-1.25", ".5" or "-1/3". */
function exact(text) {
  const [above, below] = String(text).split("/");
  const [whole, decimals = ""] = above.split(".");
  if (!/\d/.test(above) || below === "") throw new RangeError("no number");
  const sign = whole.startsWith("-") ? -1n : 1n;
  const digits = BigInt(whole.replace(/[-+]/, "") + decimals || "0");
  return fraction(sign * digits, 10n ** BigInt(decimals.length) * BigInt(below ?? "1"));
}

const LONGEST = 200, DEEPEST = 20, POWER = 12, DEGREE = 60;
const TOKEN = /\s*(?:(?<number>\d+(?:\.\d+)?|\.\d+)|(?<name>[A-Za-z][A-Za-z_0-9]*)|(?<sign>\*\*|[-+*\/^()·×−]))/y;
const SIGNS = { "·": "*", "×": "*", "−": "-", "**": "^" };

/** The formula as a tree: ["number", fraction], ["name", text], [sign, left, right] or ["^", base, whole number]. */
function parseFormula(text) {
  if ([...text].length > LONGEST) throw new UnreadableAnswer(`the formula is longer than ${LONGEST} characters`);
  const reader = new Reader(tokens(text.trimEnd()));
  const tree = reader.sum();
  if (reader.peek()[0] !== "end") throw new UnreadableAnswer(`unexpected '${reader.peek()[1]}'`);
  if (degree(tree) > DEGREE) throw new UnreadableAnswer("the powers are too high");
  return tree;
}

function tokens(text) {
  const found = [];
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw new UnreadableAnswer(`'${[...text.slice(at).trim()][0]}' has no meaning here`);
    const [kind, token] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    found.push([kind, SIGNS[token] ?? token]);
  }
  return found;
}

class Reader {
  constructor(list) { this.list = list; this.at = 0; this.depth = 0; }

  peek() { return this.list[this.at] ?? ["end", ""]; }

  take(...signs) {
    const [kind, text] = this.peek();
    if (kind !== "sign" || !signs.includes(text)) return null;
    this.at += 1;
    return text;
  }

  sum() {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new UnreadableAnswer("too many nested brackets");
    let tree = this.term();
    for (let sign; (sign = this.take("+", "-"));) {
      const right = this.term();
      tree = ["+", tree, sign === "+" ? right : negative(right)];
    }
    this.depth -= 1;
    return tree;
  }

  term() {
    let tree = this.factor();
    for (;;) {
      const sign = this.take("*", "/");
      const [kind, text] = this.peek();
      if (sign) tree = [sign, tree, this.factor()];
      else if (kind === "number" || kind === "name" || (kind === "sign" && text === "(")) tree = ["*", tree, this.power()];
      else return tree;
    }
  }

  factor() {
    let minuses = 0;
    for (let sign; (sign = this.take("+", "-"));) minuses += sign === "-";
    const tree = this.power();
    return minuses % 2 ? negative(tree) : tree;
  }

  power() {
    const base = this.atom();
    return this.take("^") ? ["^", base, this.exponent()] : base;
  }

  exponent() {
    const bracket = this.take("("), sign = this.take("-");
    const [kind, text] = this.peek();
    if (kind !== "number" || !/^\d+$/.test(text) || BigInt(text) > POWER)
      throw new UnreadableAnswer(`an exponent has to be a whole number up to ${POWER}`);
    this.at += 1;
    if (bracket && !this.take(")")) throw new UnreadableAnswer("a bracket is not closed");
    return sign ? -Number(text) : Number(text);
  }

  atom() {
    const [kind, text] = this.peek();
    this.at += 1;
    if (kind === "number") return ["number", exact(text)];
    if (kind === "name") return ["name", text];
    if (kind !== "sign" || text !== "(")
      throw new UnreadableAnswer(text ? `a number or a name is missing before '${text}'` : "the formula stops early");
    const tree = this.sum();
    if (!this.take(")")) throw new UnreadableAnswer("a bracket is not closed");
    return tree;
  }
}

const negative = (tree) => ["*", ["number", fraction(-1n)], tree];

function degree([sign, left, right]) {
  if (sign === "number") return 0;
  if (sign === "name") return 1;
  if (sign === "^") return Math.max(1, degree(left)) * Math.abs(right);
  return sign === "+" ? Math.max(degree(left), degree(right)) : degree(left) + degree(right);
}

function names([sign, left, right]) {
  if (sign === "number") return [];
  if (sign === "name") return [left];
  return sign === "^" ? names(left) : [...names(left), ...names(right)];
}

// Formulas are compared as generators/expression.py does it, at the same points.

/** The value as numerator and denominator, not reduced; a RangeError at a pole. */
function pair([sign, left, right], values) {
  if (sign === "number") return [left.n, left.d];
  if (sign === "name") return [values.get(left), 1n];
  if (sign === "^") return raised(pair(left, values), right);
  const [a, b] = pair(left, values);
  let [c, d] = pair(right, values);
  if (sign === "/") [c, d] = [d, c];
  if (!d) throw new RangeError("a pole");
  return sign === "+" ? [a * d + c * b, b * d] : [a * c, b * d];
}

function raised([above, below], power) {
  const [a, b] = power < 0 ? [below, above] : [above, below], size = BigInt(Math.abs(power));
  if (!b) throw new RangeError("a pole");
  return [a ** size, b ** size];
}

/** At most the degrees of numerator and denominator. */
function degrees([sign, left, right]) {
  if (sign === "number") return [0, 0];
  if (sign === "name") return [1, 0];
  const [a, b] = degrees(left);
  if (sign === "^") return right >= 0 ? [a * right, b * right] : [b * -right, a * -right];
  const [c, d] = degrees(right);
  if (sign === "+") return [Math.max(a + d, c + b), b + d];
  return sign === "*" ? [a + c, b + d] : [a + d, b + c];
}

const SURE = 16;

/** Values for the names, 64 bits each (Knuth's linear congruential generator). */
function* points(letters, count) {
  let number = 1n;
  for (let i = 0; i < count; i += 1) {
    yield new Map(letters.map((name) => {
      number = BigInt.asUintN(64, number * 6364136223846793005n + 1442695040888963407n);
      return [name, number];
    }));
  }
}

/** Whether two formulas are the same rational function: the same value at more points than their difference has zeros. */
function equalFormulas(left, right) {
  const letters = [...new Set([...names(left), ...names(right)])].sort();
  const [a, b] = degrees(left), [c, d] = degrees(right), zeros = Math.max(a + d, b + c);
  const needed = !letters.length ? 1 : letters.length > 1 ? SURE : zeros + 1;
  let compared = 0;
  for (const values of points(letters, needed + b + d)) {
    try {
      const [p, q] = pair(left, values), [r, s] = pair(right, values);
      if (p * s !== q * r) return false;
      compared += 1;
      if (compared === needed) return true;
    } catch (problem) {
      if (!(problem instanceof RangeError)) throw problem;
    }
  }
  return false;
}

const isNegation = ([sign, left]) => sign === "*" && left[0] === "number" && left[1].n === -1n && left[1].d === 1n;

/** The formula with every sign and bracket that it needs: 18*C^2 + 2*C. */
function writtenFormula(tree) {
  const [sign, left, right] = tree;
  if (sign === "number") return writtenNumber(left);
  if (sign === "name") return left;
  if (sign === "^") {
    const inner = writtenFormula(left);
    return `${["name", "number"].includes(left[0]) ? inner : `(${inner})`}^${right >= 0 ? right : `(${right})`}`;
  }
  if (isNegation(tree)) return `−${bracketed(right, "+")}`;
  if (sign === "+" && isNegation(right)) return `${writtenFormula(left)} − ${bracketed(right[2], "+")}`;
  if (sign === "+") return `${writtenFormula(left)} + ${writtenFormula(right)}`;
  return sign === "*" ? `${bracketed(left, "+")}*${bracketed(right, "+/")}` : `${bracketed(left, "+")}/${bracketed(right, "+*/")}`;
}

function bracketed(tree, weaker) {
  const text = writtenFormula(tree);
  return weaker.includes(tree[0]) || text.startsWith("−") ? `(${text})` : text;
}
