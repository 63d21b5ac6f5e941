// A scientific calculator as on GATE's screen: a number first, then its function; × before +; brackets; a memory.

const STRENGTH = { "+": 1, "−": 1, "×": 2, "÷": 2, mod: 2, "^": 3, root: 3, log: 3 };
const BINARY = {
  "+": (x, y) => x + y, "−": (x, y) => x - y, "×": (x, y) => x * y, "÷": (x, y) => x / y,
  mod: (x, y) => x - y * Math.floor(x / y),
  "^": (x, y) => x ** y,
  root: (x, y) => (x < 0 && Math.abs(y % 2) === 1 ? -((-x) ** (1 / y)) : x ** (1 / y)),
  log: (x, y) => Math.log(x) / Math.log(y),
};
const tidy = (x) => Math.round(x * 1e14) / 1e14; // sin 180° is 0
const UNARY = {
  "√": Math.sqrt, "∛": Math.cbrt, "x²": (x) => x * x, "x³": (x) => x ** 3, "1/x": (x) => 1 / x, "|x|": Math.abs, "±": (x) => -x,
  "%": (x) => x / 100, ln: Math.log, log10: Math.log10, log2: Math.log2, "eˣ": Math.exp, "10ˣ": (x) => 10 ** x, "n!": factorial,
  sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh,
};
const TURNED = { sin: Math.sin, cos: Math.cos, tan: (x) => (Math.abs(tidy(Math.cos(x))) === 0 ? NaN : Math.tan(x)) };
const TURNING = { asin: Math.asin, acos: Math.acos, atan: Math.atan };

function factorial(n) {
  if (n < 0 || n > 170 || !Number.isInteger(n)) return NaN;
  let product = 1;
  for (let i = 2; i <= n; i += 1) product *= i;
  return product;
}

export class Calculator {
  constructor() {
    this.memory = 0;
    this.degrees = true;
    this.clear();
  }

  clear() {
    Object.assign(this, { tokens: [], entry: "0", typed: false, failed: false, done: "" });
  }

  /** The upper line: what is entered so far. */
  get sum() {
    return this.done || this.tokens.map((token) => (typeof token === "number" ? shown(token) : token)).join(" ");
  }

  /** The lower line: the number that is typed, or what comes out. */
  get value() {
    return this.failed ? "Error" : this.typed ? this.entry : shown(this.number);
  }

  press(key) {
    if (key === "C" || this.failed) this.clear();
    if (key === "C") return;
    if (/^[\d.]$/.test(key)) this.digit(key);
    else if (key in STRENGTH) this.operator(key);
    else if (key in UNARY || key in TURNED || key in TURNING) this.set(this.applied(key));
    else this.other(key);
  }

  digit(key) {
    if (!this.typed) Object.assign(this, { entry: "", typed: true, done: "" });
    this.waiting = false;
    if (key === "." && /[.e]/.test(this.entry)) return;
    if (this.entry.length < 24) this.entry = this.entry === "0" && key !== "." ? key : this.entry + key;
    if (this.entry === ".") this.entry = "0.";
  }

  get number() {
    return Number(this.entry.replace(/e$/, ""));
  }

  /** An operator takes the place of one that nothing follows. */
  operator(key) {
    if (this.waiting) this.tokens.pop();
    else this.tokens.push(this.number);
    this.tokens.push(key);
    Object.assign(this, { typed: false, done: "", waiting: true });
  }

  applied(key) {
    const x = this.number, turn = this.degrees ? Math.PI / 180 : 1;
    if (key in TURNED) return tidy(TURNED[key](x * turn));
    if (key in TURNING) return TURNING[key](x) / turn;
    return UNARY[key](x);
  }

  set(number) {
    Object.assign(this, { entry: String(number), typed: false, waiting: false, failed: !Number.isFinite(number), done: "" });
  }

  other(key) {
    switch (key) {
      case "⌫": this.entry = this.typed ? this.entry.slice(0, -1) || "0" : this.entry; return;
      case "Exp": if (this.typed && !this.entry.includes("e")) this.entry += "e"; return;
      case "(": this.tokens.push("("); Object.assign(this, { entry: "0", typed: false, waiting: false, done: "" }); return;
      case ")": return this.closed();
      case "=": return this.result();
      case "π": return this.set(Math.PI);
      case "e": return this.set(Math.E);
      case "Deg": this.degrees = true; return;
      case "Rad": this.degrees = false; return;
      case "MC": this.memory = 0; return;
      case "MR": return this.set(this.memory);
      case "MS": return this.remember(this.number);
      case "M+": return this.remember(this.memory + this.number);
      case "M−": return this.remember(this.memory - this.number);
    }
  }

  /** A number that was stored is complete: the next figure begins another one. */
  remember(number) {
    Object.assign(this, { memory: number, entry: String(this.number), typed: false });
  }

  /** A closing bracket: what stands since the opening one is one number. */
  closed() {
    const open = this.tokens.lastIndexOf("(");
    if (open >= 0) this.set(reduced([...this.tokens.splice(open).slice(1), this.number]));
  }

  /** Brackets that are open are closed. */
  result() {
    const said = `${this.sum} ${shown(this.number)} =`.trim();
    while (this.tokens.includes("(")) this.closed();
    const tokens = [...this.tokens, this.number];
    this.tokens = [];
    this.set(reduced(tokens));
    this.done = said;
  }
}

/** Numbers with operators between them, the stronger ones first; powers from the right. */
function reduced(tokens) {
  const numbers = [tokens[0]], signs = [];
  const fold = () => {
    const y = numbers.pop(), x = numbers.pop();
    numbers.push(BINARY[signs.pop()](x, y));
  };
  for (let i = 1; i < tokens.length; i += 2) {
    const strength = STRENGTH[tokens[i]];
    while (signs.length && (STRENGTH[signs.at(-1)] > strength || (STRENGTH[signs.at(-1)] === strength && strength < 3))) fold();
    signs.push(tokens[i]);
    numbers.push(tokens[i + 1]);
  }
  while (signs.length) fold();
  return numbers[0];
}

function shown(number) {
  return String(Number(number.toPrecision(12))).replace("-", "−");
}

// -------------------------------------------------------------------------------------------- the keys

const FUNCTIONS = [
  ["MC", "MC", "memory clear"], ["MR", "MR", "memory recall"], ["MS", "MS", "memory store"], ["M+", "M+", "add to memory"], ["M−", "M−", "subtract from memory"], ["mod", "mod", "modulo"],
  ["sinh", "sinh", "hyperbolic sine"], ["cosh", "cosh", "hyperbolic cosine"], ["tanh", "tanh", "hyperbolic tangent"], ["Exp", "Exp", "times ten to the power"], ["(", "(", "opening bracket"], [")", ")", "closing bracket"],
  ["sinh⁻¹", "asinh", "inverse hyperbolic sine"], ["cosh⁻¹", "acosh", "inverse hyperbolic cosine"], ["tanh⁻¹", "atanh", "inverse hyperbolic tangent"], ["log₂", "log2", "logarithm to base 2"], ["ln", "ln", "natural logarithm"], ["log", "log10", "logarithm to base 10"],
  ["π", "π", "pi"], ["e", "e", "e"], ["n!", "n!", "factorial"], ["logₙx", "log", "logarithm of x to base n"], ["eˣ", "eˣ", "e to the power"], ["10ˣ", "10ˣ", "ten to the power"],
  ["sin", "sin", "sine"], ["cos", "cos", "cosine"], ["tan", "tan", "tangent"], ["xʸ", "^", "x to the power y"], ["x³", "x³", "cube"], ["x²", "x²", "square"],
  ["sin⁻¹", "asin", "inverse sine"], ["cos⁻¹", "acos", "inverse cosine"], ["tan⁻¹", "atan", "inverse tangent"], ["ʸ√x", "root", "y-th root of x"], ["∛", "∛", "cube root"], ["|x|", "|x|", "absolute value"],
];
const NUMBERS = [
  ["⌫", "⌫", "backspace"], ["C", "C", "clear"], ["±", "±", "change sign"], ["√", "√", "square root"],
  ["7"], ["8"], ["9"], ["÷", "÷", "divided by"], ["4"], ["5"], ["6"], ["×", "×", "times"],
  ["1"], ["2"], ["3"], ["−", "−", "minus"], ["0"], [".", ".", "point"], ["+", "+", "plus"], ["=", "=", "equals"],
  ["%", "%", "percent"], ["1/x", "1/x", "reciprocal"],
];
const KEYBOARD = { "*": "×", "/": "÷", "-": "−", "^": "^", Enter: "=", "=": "=", Backspace: "⌫", Delete: "C", "%": "%", "!": "n!", ",": "." };

/** Fills the dialog with keys, and listens to the keyboard while it has the focus. */
export function addCalculator(dialog) {
  const calculator = new Calculator(), place = dialog.querySelector("#calculator-keys");
  const show = () => {
    dialog.querySelector("#calculator-sum").textContent = calculator.sum || " ";
    dialog.querySelector("#calculator-value").textContent = calculator.value + (calculator.memory ? "  M" : "");
  };
  const press = (key) => { calculator.press(key); show(); };
  place.append(angles(press), keys("functions", "Functions", FUNCTIONS, press), keys("numbers", "Numbers", NUMBERS, press));
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = KEYBOARD[event.key] ?? event.key, onButton = event.target.closest("button");
    if (event.key === "Escape") return dialog.close();
    if (!/^[-\d.+×÷−^=⌫C%()]$|^n!$/.test(key) || (event.key === "Enter" && onButton)) return;
    event.preventDefault();
    press(key);
  });
  makeMovable(dialog, dialog.querySelector(".calculator-top"));
  show();
}

/** What lies below the calculator can be read: it is dragged away by its head. */
function makeMovable(dialog, head) {
  let from = null;
  head.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    const box = dialog.getBoundingClientRect();
    from = { x: event.clientX - box.left, y: event.clientY - box.top };
    head.setPointerCapture(event.pointerId);
  });
  head.addEventListener("pointermove", (event) => {
    if (!from) return;
    const within = (place, most) => `${Math.min(Math.max(place, 0), Math.max(most, 0))}px`;
    dialog.style.inset = `${within(event.clientY - from.y, innerHeight - dialog.offsetHeight)} auto auto ${within(event.clientX - from.x, innerWidth - dialog.offsetWidth)}`;
  });
  for (const end of ["pointerup", "pointercancel"]) head.addEventListener(end, () => { from = null; });
}

function angles(press) {
  const group = Object.assign(document.createElement("div"), { className: "calculator-angles" });
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", "Angles in");
  for (const unit of ["Deg", "Rad"]) {
    const label = document.createElement("label"), field = document.createElement("input");
    Object.assign(field, { type: "radio", name: "angles", checked: unit === "Deg" });
    field.addEventListener("change", () => press(unit));
    label.append(field, ` ${unit}`);
    group.append(label);
  }
  return group;
}

function keys(className, name, all, press) {
  const group = Object.assign(document.createElement("div"), { className: `calculator-${className}` });
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", name);
  for (const [sign, key = sign, spoken = sign] of all) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: sign });
    button.setAttribute("aria-label", spoken);
    button.addEventListener("click", () => press(key));
    group.append(button);
  }
  return group;
}
