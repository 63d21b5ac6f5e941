// Numbers as people write them: generators/numerals.py for the page, where nothing says that a comma is a decimal comma.

const LONGEST_NUMBER = 200, LARGEST_POWER = 30, DEEPEST_FRACTION = 5;
const ALIKE = [
  ["−–—‒﹣－‐‑", "-"], ["＋", "+"], ["·⋅∙•×✕✖∗＊", "*"], ["⁄∕／÷", "/"], ["，٬", ","], ["．٫", "."], ["；", ";"],
  ["％٪", "%"], ["（", "("], ["）", ")"], ["［", "["], ["］", "]"], ["＝", "="], ["’ʼ‘", "'"],
  ["\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "],
  ["\u200b\u200c\u200d\u2060\ufeff", ""],
];
const PLAIN_SIGN = new Map(ALIKE.flatMap(([signs, plain]) => [...signs].map((sign) => [sign, plain])));
const VULGAR = { "½": "12", "⅓": "13", "⅔": "23", "¼": "14", "¾": "34", "⅕": "15", "⅖": "25", "⅗": "35", "⅘": "45",
  "⅙": "16", "⅚": "56", "⅛": "18", "⅜": "38", "⅝": "58", "⅞": "78" };
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", LOWERED = "0123456789-+";
const TEX = [
  [/\\(?:text|mathrm)\s*\{([^{}]*)\}/g, "$1"], [/\\(?:left|right|displaystyle)(?![A-Za-z])|\\[()]/g, ""],
  [/\\(?:cdot|times|ast)(?![A-Za-z])/g, "*"], [/\{,\}/g, ","], [/\\%/g, "%"],
  [/\\[,;:! ]|~|\\(?:quad|thinspace)(?![A-Za-z])/g, " "],
];

/** One spelling for what means the same. Of a formula, a fraction that was written as one stays together, in brackets. */
function tidy(text, formula = false) {
  let plain = [...asciiDigits(text)].map((sign) => PLAIN_SIGN.get(sign) ?? sign).join("");
  plain = [...plain].map((sign) => (VULGAR[sign] ? `\\frac{${VULGAR[sign][0]}}{${VULGAR[sign][1]}}` : sign)).join("");
  plain = plain.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+/g, (signs) => "^" + [...signs].map((sign) => LOWERED[RAISED.indexOf(sign)]).join(""));
  return /[\\$~]|\{,\}/.test(plain) ? withoutTex(plain, formula ? "(($1)/($2))" : "$1/$2") : plain;
}

function withoutTex(text, fraction) {
  let plain = text.replace(/(?<=\d)(?=\\[dt]?frac)/g, " ").replace(/\\[dt]?frac\s*(\d)\s*(\d)/g, "\\frac{$1}{$2}");
  plain = plain.replace(/\^\s*\{([^{}]*)\}/g, "^($1)");
  for (let turn = 0; turn < DEEPEST_FRACTION; turn += 1) plain = plain.replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, fraction);
  for (const [pattern, replacement] of TEX) plain = plain.replace(pattern, replacement);
  return plain.trim().replace(/^\$+|\$+$/g, "");
}

/** Digits of every script as 0 … 9: full-width, Arabic, Devanagari. In Unicode the digits of a script are neighbours. */
function asciiDigits(text) {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let below = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(digit.codePointAt(0) - below - 1))) below += 1;
    return below % 10;
  });
}

const GAPS = [[",", ","], [".", "\\."], [" ", " "], ["'", "'"], ["_", "_"]].map(([gap, sign]) =>
  [gap, new RegExp(`^(?:[1-9]\\d{0,2}(?:${sign}\\d{3})+|[1-9]\\d?(?:${sign}\\d{2})+${sign}\\d{3})$`)]);

/** What an unsigned decimal can be: by the sign that stands before its decimals, or "" if there are none. */
function readings(text) {
  const found = new Map();
  for (const point of [".", ",", ""]) {
    const at = point ? text.lastIndexOf(point) : text.length;
    const whole = text.slice(0, Math.max(at, 0)), decimals = point ? text.slice(at + 1) : "";
    if (at < 0 || !/^\d{0,60}$/.test(decimals)) continue;
    const [gap, grouped] = GAPS.find(([sign]) => sign !== point && whole.includes(sign)) ?? ["", /^\d{1,60}$/];
    const bare = point === "." && !whole && decimals;
    if ((grouped.test(whole) && (decimals || point !== ",")) || bare)
      found.set(point, exact(`${(gap ? whole.replaceAll(gap, "") : whole) || 0}.${decimals || 0}`));
  }
  return found;
}

function readDecimal(text) {
  const found = readings(text), values = [...found.values()];
  if (!values.length) throw notANumber(text);
  if (values.every((value) => same(value, values[0]))) return values[0];
  if (found.has(".") && text.includes(".")) return found.get(".");
  const point = [...found.keys()].find(Boolean);
  throw new UnreadableAnswer(`'${quoted(text)}' can be two numbers: write ${text.replaceAll(point, ".")} or ${text.replaceAll(point, "")}`);
}

const notANumber = (text) => new UnreadableAnswer(`'${quoted(text)}' is not a number`);
const quoted = (text) => [...text].slice(0, 40).join("");
const SCIENTIFIC = /^([\d.,' _]+?)(?: ?e|E| ?[*x] ?10 ?(?:\^|\*\*) ?)[({]?([-+]?\d{1,3})[)}]?$/;
const POWER_OF_TEN = /^10 ?(?:\^|\*\*) ?[({]?([-+]?\d{1,3})[)}]?$/;
const MIXED_NUMERAL = /^(0|[1-9]\d{0,29}) +(\d{1,30}) ?\/ ?(\d{1,30})$/;

/** 28 · −1/3 · .5 · 0,125 · 4,60,800 · 1 1/2 · 2.8·10^1; the text has been through `tidy`. */
function numeral(text) {
  if (text.length > LONGEST_NUMBER) throw notANumber(text);
  const bare = text.replace(/^ *[=≈] */, "").trim(), signed = "-+".includes(bare[0] ?? " ");
  const size = signed ? bare.slice(1).trimStart() : bare;
  const value = size ? unsignedNumeral(size) : null;
  if (!value) throw notANumber(text);
  return signed && bare[0] === "-" ? minus(fraction(0n), value) : value;
}

function unsignedNumeral(text) {
  let found = POWER_OF_TEN.exec(text);
  if (found) return powerOfTen(found[1]);
  if ((found = SCIENTIFIC.exec(text))) return product(readDecimal(found[1].trim()), powerOfTen(found[2]));
  if ((found = MIXED_NUMERAL.exec(text))) return mixedNumeral(text, ...found.slice(1).map(BigInt));
  const [above, ...below] = text.split("/").map((part) => part.trim());
  if (!below.length) return readDecimal(above);
  const value = readDecimal(below.join("/"));
  return value.n ? quotient(readDecimal(above), value) : null;
}

function mixedNumeral(text, whole, above, below) {
  if (!(above > 0n && above < below))
    throw new UnreadableAnswer(`'${quoted(text)}' can be two numbers: write one fraction, as 3/2 for 1 1/2`);
  return plus(fraction(whole), fraction(above, below));
}

function powerOfTen(power) {
  if (Math.abs(Number(power)) > LARGEST_POWER)
    throw new UnreadableAnswer(`a power of ten is between −${LARGEST_POWER} and ${LARGEST_POWER}`);
  return toPower(fraction(10n), Number(power));
}

const UNITS = { "%": ["percent", "per cent", "pct", "%"], MB: ["mb", "megabyte", "megabytes"], GB: ["gb", "gigabyte", "gigabytes"],
  KB: ["kb", "kilobyte", "kilobytes"], ms: ["ms", "millisecond", "milliseconds"] };

/** The number without the unit that the question asks for; another unit, or a word, is named. */
function withoutUnit(text, unit) {
  const found = /^([^]*\d[.,]?)\s*([A-Za-z]\D*|%[^]*)$/.exec(text.trim());
  if (!found) return text;
  const typed = found[2].replace(/[ .]+$/, "").split(/\s+/).filter(Boolean).join(" ");
  if (unit && !["Kb", "Mb", "Gb"].includes(typed) && (UNITS[unit] ?? [unit.toLowerCase()]).includes(typed.toLowerCase())) return found[1];
  if (unit) throw new UnreadableAnswer(`the answer is asked in ${unit}, not in ${quoted(typed)}`);
  throw new UnreadableAnswer(`a number alone is asked for: leave '${quoted(typed)}' away`);
}

/** A name as it is; a number with its decimals after a point. */
const numberInFormula = (part) => (/^\d+$|^[A-Za-z]/.test(part) ? part : writtenNumber(readDecimal(part)));

/** A number for the learner who checks how it was read: 460800 · 0.125 · −1/3. */
function writtenNumber({ n, d }) {
  const sign = n < 0n ? "−" : "", size = magnitude(n);
  for (let places = 0, scale = 1n; places < 31; places += 1, scale *= 10n) {
    if ((size * scale) % d) continue;
    const digits = String((size * scale) / d).padStart(places + 1, "0");
    return sign + (places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits);
  }
  return `${sign}${size}/${d}`;
}
