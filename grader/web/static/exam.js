// The exam's screen: one question at a time, the palette, the clock. What is typed is kept by `exam-keep.js`; how a
// form and its answer as text belong together is in `answer-fields.js` (answerOf, fill, prepareGrid).

import { addCalculator } from "./exam-calculator.js";
import { Keeper } from "./exam-keep.js";
import { addKeypad } from "./exam-keypad.js";

const byId = (id) => document.getElementById(id);
const record = JSON.parse(byId("exam-data").textContent);
const count = record.questions.length, numbers = record.questions.map((_, i) => i + 1);
const form = (number) => byId(`q${number}`);
const question = (number) => record.questions[number - 1];
const partOf = (number) => record.parts.find(({ last }) => number <= last);
const csrf = document.querySelector("meta[name=csrf]").content;
const ALARMS = [1800, 600, 300, 60]; // seconds
const AWAY = "The server does not answer. Go on: your answers are kept in this browser and are sent as soon as it answers again.";
const STRANGER = "This browser is not signed in any more. Your answers are kept in it: open the link that grade serve prints, then this page again.";
let at = record.at, deadline = performance.now() + 1000 * record.left, warned = record.left, over = false, seen = Date.now();

const keeper = new Keeper(record, csrf, {
  settled(receipt) {
    deadline = performance.now() + 1000 * receipt.left;
    if (receipt.ended && !keeper.pending.size) location.reload();
    tick();
  },
  changed(number, filled = true) {
    const kept = keeper.now(number);
    if (filled && answerOf(form(number), question(number)) !== kept.answer) fill(form(number), question(number), kept.answer);
    if (!conflicts.has(number)) say(number, kept.sound === false ? "open" : "", kept.read);
    drawn(number);
  },
  conflict: askWhich,
  late(number) { say(number, "open", "This reached the server after the end, and does not count."); },
  net: tellNet,
});

// -------------------------------------------------------------------------------------------- one question

function show(number, focus = true) {
  at = keeper.at = Math.min(Math.max(number, 1), count);
  for (const other of numbers) form(other).hidden = other !== at;
  if (!keeper.now(at)) keeper.put(at, "", false);
  else keeper.soon(500);
  byId("previous").disabled = at === 1;
  draw();
  if (focus) form(at).querySelector("h2").focus();
  scrollTo({ top: 0 });
}

function answered(number, soon) {
  const before = keeper.now(number), answer = answerOf(form(number), question(number));
  if (answer === before?.answer) return;
  say(number, "", "");
  keeper.put(number, answer, before?.marked ?? false, soon);
  drawn(number);
}

function leave(marked) {
  answered(at, true);
  const { answer, marked: before } = keeper.now(at);
  if (marked !== before) keeper.put(at, answer, marked);
  drawn(at);
  if (at === count) openDialog(byId("summary"));
  else show(at + 1);
}

function clear() {
  fill(form(at), question(at), "");
  answered(at, true);
}

/** A line below the question; the answer as it was read, or what is wrong with it. */
function say(number, kind, text, ...more) {
  const place = form(number).querySelector(".feedback");
  if (place.textContent === text && !more.length) return;
  place.className = `feedback ${kind}`;
  place.replaceChildren(...(text ? [Object.assign(document.createElement("p"), { textContent: text })] : []), ...more);
}

// -------------------------------------------------------------------------------------------- two windows

const conflicts = new Map();

function askWhich(number, mine, theirs) {
  conflicts.set(number, mine);
  const choose = (text, answer, marked) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: text });
    button.addEventListener("click", () => {
      conflicts.delete(number);
      fill(form(number), question(number), answer);
      say(number, "", "");
      keeper.insist(number, answer, marked);
      drawn(number);
    });
    return button;
  };
  const inWords = (answer) => (answer === "" ? "nothing" : answer.length > 60 ? `${answer.slice(0, 60)}…` : answer);
  say(number, "open", `Another window changed this question. There: ${inWords(theirs.answer)}. Here: ${inWords(mine.answer)}. Which one counts?`,
    choose("The one here", mine.answer, mine.marked), choose("The one there", theirs.answer, theirs.marked));
  byId("alarm").textContent = `Question ${number} was changed in another window.`;
  drawn(number);
}

// -------------------------------------------------------------------------------------------- the palette

const state = (number) => {
  const kept = keeper.now(number);
  if (!kept) return "not_visited";
  return kept.answer ? (kept.marked ? "answered_marked" : "answered") : kept.marked ? "marked" : "not_answered";
};
const isAnswered = (number) => state(number).startsWith("answered");

function makePalette() {
  for (const part of record.parts) {
    const group = Object.assign(document.createElement("div"), { className: "exam-part" });
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", part.title);
    if (record.parts.length > 1) group.append(Object.assign(document.createElement("p"), { textContent: part.title }));
    for (const number of numbers.slice(part.first - 1, part.last)) group.append(paletteButton(number));
    document.querySelector(".exam-numbers").append(group);
    const section = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
    section.addEventListener("click", () => show(part.first));
    if (record.parts.length > 1) document.querySelector(".exam-sections").append(section);
    part.button = section;
  }
  document.querySelector(".exam-numbers").addEventListener("keydown", moveInPalette);
}

function paletteButton(number) {
  const button = Object.assign(document.createElement("button"), { type: "button", id: `go${number}`, textContent: number });
  button.addEventListener("click", () => show(number));
  return button;
}

function moveInPalette(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -5, ArrowDown: 5 }[event.key], from = Number(event.target.textContent);
  const to = event.key === "Home" ? 1 : event.key === "End" ? count : from + step;
  if (!byId(`go${to}`)) return;
  event.preventDefault();
  reach(byId(`go${to}`));
  byId(`go${to}`).focus();
}

/** The one number of the palette that Tab reaches. */
function reach(button) {
  for (const other of numbers) byId(`go${other}`).tabIndex = byId(`go${other}`) === button ? 0 : -1;
}

function drawn(number) {
  const button = byId(`go${number}`), now = state(number);
  button.className = `sign-${now}`;
  button.setAttribute("aria-label", `Question ${number}, ${record.states[now].toLowerCase()}`);
  if (number === at) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
  form(number).querySelector(".stands").textContent = record.states[now];
  counted();
}

function counted() {
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = numbers.filter((number) => state(number) === place.dataset.count).length;
  }
  for (const part of record.parts) {
    const here = numbers.slice(part.first - 1, part.last);
    part.button.textContent = `${part.title}: ${here.filter(isAnswered).length} of ${here.length} answered`;
    if (partOf(at) === part) part.button.setAttribute("aria-current", "true");
    else part.button.removeAttribute("aria-current");
  }
}

function draw() {
  numbers.forEach(drawn);
  reach(byId(`go${at}`));
  follow();
}

/** The palette shows where the candidate is, also after a telephone was turned. */
function follow() {
  const here = byId(`go${at}`), strip = document.querySelector(".exam-numbers");
  strip.scrollTo({ left: here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2, top: here.offsetTop - strip.clientHeight / 2 });
}

// -------------------------------------------------------------------------------------------- the clock, the server

function tick() {
  if (Date.now() - seen > 5000) keeper.send(); // the machine slept, and its clocks may have stopped: ask for the time
  seen = Date.now();
  const left = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  byId("clock").textContent = `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  const alarm = ALARMS.find((seconds) => left <= seconds && seconds < warned);
  if (alarm) byId("alarm").textContent = `${alarm / 60} minute${alarm > 60 ? "s" : ""} left.`;
  byId("clock").classList.toggle("urgent", left <= 300);
  warned = left;
  if (left === 0 && !over) timeIsOver();
}

function timeIsOver() {
  over = true;
  answered(at, true);
  byId("alarm").textContent = "Time is over.";
  for (const number of numbers) form(number).querySelector("fieldset").disabled = true;
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  keeper.send();
  setInterval(() => keeper.send(), 2000);
}

function tellNet(net, why) {
  byId("saved").textContent = { saved: "All answers are saved", saving: "Saving …" }[net] ?? "Kept in this browser";
  const text = { away: AWAY, stranger: STRANGER, refused: `Your answers are kept in this browser, as the server does not take them: ${why}.` }[net] ?? "";
  if (net === "saving") return;
  byId("net").hidden = !text;
  if (byId("net").textContent !== text) byId("net").textContent = text;
}

// -------------------------------------------------------------------------------------------- windows on the screen

function openDialog(dialog) {
  if (dialog.id === "summary") fillSummary();
  if (dialog.id === "paper-view" && !byId("paper-text").firstChild) byId("paper-text").append(...numbers.map(wholeQuestion));
  if (dialog.id === "calculator") dialog.open ? dialog.close() : dialog.show();
  else dialog.showModal();
}

/** How many questions are in each state, by section; states are the rows, which a narrow screen has room for. */
function fillSummary() {
  const cell = (name, textContent, scope) => Object.assign(document.createElement(name), { textContent, ...(scope && { scope }) });
  const groups = record.parts.map((part) => [part.title, numbers.slice(part.first - 1, part.last)]);
  if (groups.length > 1) groups.push(["All", numbers]);
  const head = [cell("th", "Questions", "col"), ...groups.map(([title]) => cell("th", title, "col"))];
  const lines = Object.entries(record.states).map(([wanted, word]) => [cell("th", word, "row"),
    ...groups.map(([, here]) => cell("td", here.filter((number) => state(number) === wanted).length))]);
  byId("counts").replaceChildren(byId("counts").caption, ...[head, ...lines].map((cells) => {
    const row = document.createElement("tr");
    row.append(...cells);
    return row;
  }));
  byId("summary-left").textContent = `Time left: ${byId("clock").textContent}.`;
}

/** A question without its fields, for the view of the whole paper. */
function wholeQuestion(number) {
  const whole = document.createElement("section"), from = form(number);
  whole.append(Object.assign(document.createElement("h3"), { textContent: `Question ${number}` }));
  for (const part of from.querySelectorAll(".prompt, .picture, .choices")) whole.append(part.cloneNode(true));
  for (const field of whole.querySelectorAll("input, select")) field.remove();
  for (const label of whole.querySelectorAll("label")) label.replaceWith(...label.childNodes);
  for (const named of whole.querySelectorAll("[id]")) named.removeAttribute("id");
  return whole;
}

async function end(event) {
  event.preventDefault();
  answered(at, true);
  byId("finish").disabled = true;
  if (await keeper.send()) return event.target.submit();
  byId("finish").disabled = false;
  byId("summary-left").textContent = "The server does not answer: the exam can be ended when it does.";
}

// -------------------------------------------------------------------------------------------- listening

makePalette();
for (const number of numbers) {
  const here = form(number), { kind } = question(number);
  here.querySelector("h2").tabIndex = -1;
  here.querySelector("legend").append(Object.assign(document.createElement("span"), { className: "stands" }));
  if (kind === "MATRIX") prepareGrid(here, (text) => say(number, "open", text));
  if (kind === "NAT") addKeypad(here);
  fill(here, question(number), keeper.now(number)?.answer ?? "");
  here.addEventListener("input", (event) => answered(number, event.target.matches("select, [type=radio], [type=checkbox]")));
  here.addEventListener("change", () => answered(number, true));
  here.addEventListener("submit", (event) => { event.preventDefault(); leave(false); });
  for (const field of here.querySelectorAll("textarea, input:not([type])")) field.maxLength = 20_000;
}
addEventListener("resize", follow);
byId("next").addEventListener("click", () => leave(false));
byId("mark").addEventListener("click", () => leave(true));
byId("clear").addEventListener("click", clear);
byId("previous").addEventListener("click", () => { answered(at, true); show(at - 1); });
for (const button of document.querySelectorAll("[data-opens]")) button.addEventListener("click", () => openDialog(byId(button.dataset.opens)));
for (const button of document.querySelectorAll("[data-closes]")) button.addEventListener("click", () => button.closest("dialog").close());
byId("summary").querySelector("form").addEventListener("submit", end);
addCalculator(byId("calculator"));
for (const [number, kept] of keeper.known) say(number, kept.sound ? "" : "open", kept.read);
show(at, false);
keeper.begin();
setInterval(tick, 500);
tick();
