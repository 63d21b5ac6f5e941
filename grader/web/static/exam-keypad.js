// The keypad of a question whose answer is a number.

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0", ".", "-"];
const MOVES = [
  ["←", "Cursor to the left", (field, place) => field.setSelectionRange(Math.max(place - 1, 0), Math.max(place - 1, 0))],
  ["→", "Cursor to the right", (field, place) => field.setSelectionRange(place + 1, place + 1)],
  ["⌫", "Backspace", (field, place) => place && field.setRangeText("", place - 1, place, "end")],
  ["Clear all", "Clear all", (field) => { field.value = ""; }],
];

/** Puts a keypad below the field. The cursor stays in the field, where a keyboard works as well. */
export function addKeypad(form) {
  const field = form.querySelector("[data-answer]");
  const pad = Object.assign(document.createElement("div"), { className: "keypad" });
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Keypad");
  const named = { "-": "Minus", ".": "Point" };
  for (const key of KEYS) pad.append(button(key === "-" ? "−" : key, named[key] ?? key, () => insert(field, key)));
  for (const [sign, name, act] of MOVES) pad.append(button(sign, name, () => change(field, act)));
  pad.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its cursor
  form.querySelector(".field").after(pad);
  field.inputMode = "decimal";
}

function button(textContent, name, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent });
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

function insert(field, text) {
  change(field, () => field.setRangeText(text, field.selectionStart, field.selectionEnd, "end"));
}

function change(field, act) {
  act(field, field.selectionStart);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
