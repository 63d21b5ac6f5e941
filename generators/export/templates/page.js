// The page: what the learner did, kept in this browser; feedback at once (practice) or at the end (exam).

const paper = JSON.parse(document.getElementById("paper").textContent);
const byId = (id) => document.getElementById(id);
const forms = paper.questions.map((question, i) => byId(`q${i + 1}`));
const fresh = () => ({ mode: paper.key ? "practice" : "exam", answers: {}, checked: {}, finished: false, deadline: null, student: "" });
let state = recall();

function recall() {
  try {
    return { ...fresh(), ...JSON.parse(localStorage.getItem(paper.id)) };
  } catch {
    return fresh(); // storage is switched off
  }
}

function keep() {
  try {
    localStorage.setItem(paper.id, JSON.stringify(state));
  } catch { /* storage is switched off or full: the page works without */ }
}

const marked = (i) => mark(paper.questions[i], state.answers[i] ?? "", paper.negative);
const isShown = (i) => paper.key && (state.finished || state.checked[i] === true);

function signed({ n, d }) {
  const size = magnitude(n);
  return (n < 0n ? "−" : "") + (d === 1n ? size : d > 20n ? (Number(size) / Number(d)).toFixed(2) : size > d
    ? `${size / d} ${size % d}/${d}` : `${size}/${d}`);
}
const counted = ({ n, d }) => `${signed({ n, d })} mark${n === d || n === -d ? "" : "s"}`;

function check(i) {
  const result = marked(i);
  if (result.outcome === "blank") return say(i, "open", ["Answer first; nothing is filled in."]);
  if (result.outcome === "unreadable") return say(i, "open", [`Not marked yet: ${
    result.message.startsWith("'?'") ? "every cell needs a number" : result.message}.`]);
  state.checked[i] = true;
  keep();
  showResult(i);
  refresh();
  forms[i].querySelector(".feedback").focus(); // its button is gone
}

/** What is in the fields, read without looking at the key; null where there is nothing to read yet. */
function understood(i) {
  const question = paper.questions[i], typed = state.answers[i] ?? "";
  if (!typed || !["NAT", "MATRIX", "EXPRESSION"].includes(question.kind)) return null;
  if (question.kind === "EXPRESSION") return parseTyped(typed);
  if (question.kind === "NAT") return numeral(withoutUnit(tidy(typed), question.unit));
  return readMatrix({}, typed.replace(/(^| )\?(?=[ ;]|$)/g, " 0")); // ? is still to come
}

/** Shows how the answer will be read, where that is not just what was typed. */
function showReading(i) {
  const place = forms[i].querySelector(".reading"), question = paper.questions[i], typed = state.answers[i] ?? "";
  if (!place) return;
  place.textContent = "";
  try {
    const given = understood(i), cells = [...forms[i].querySelectorAll(".grid input")].map((cell) => cell.value.trim()).filter(Boolean);
    const odd = cells.some((cell) => cellText(cell) !== cell.replace("−", "-"));
    const text = given === null ? "" : odd ? said(question, given) : told(question, typed, given);
    place.textContent = text && !typed.includes("?") ? `Read as ${text}` : "";
  } catch (problem) {
    if (!(problem instanceof UnreadableAnswer)) throw problem; // said when the answer is checked, or left
  }
}

/** On a paper without key, and in an exam: shows at once that an entry cannot be read; the key is not looked at. */
function proofread(i) {
  try {
    understood(i);
    say(i, "", []);
  } catch (problem) {
    if (!(problem instanceof UnreadableAnswer)) throw problem;
    say(i, "open", [`This cannot be read: ${problem.message}.`]);
  }
}

function say(i, kind, lines) {
  const place = forms[i].querySelector(".feedback");
  place.className = `feedback ${kind}`;
  place.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

const VERDICT = {
  right: (result) => ["good", `✓ Right: ${counted(result.marks)}.`],
  wrong: (result) => ["bad", `✗ Wrong: ${counted(result.marks)}.`],
  blank: () => ["open", "Not answered: 0 marks."],
  unreadable: (result) => ["open", `Could not be read, 0 marks: ${result.message}.`],
  unmarked: () => ["open", "Compare your text with the rubric below."],
};

/** The verdict, what explains a wrong answer, and the worked solution; the fields are closed. */
function showResult(i) {
  const result = marked(i), form = forms[i], [kind, line] = VERDICT[result.outcome](result);
  say(i, kind, [line]);
  const known = [...form.querySelectorAll("template[data-slug]")].filter((entry) => result.slugs.includes(entry.dataset.slug));
  const limit = paper.questions[i].kind === "MSQ" ? known.length : 1;
  form.querySelector(".feedback").append(...known.slice(0, limit).map((entry) => entry.content.cloneNode(true)));
  form.querySelector(".solution").hidden = false;
  setClosed(i, true);
}

function setClosed(i, closed) {
  forms[i].querySelector("fieldset").disabled = closed;
  const button = forms[i].querySelector(".check");
  if (button) button.hidden = closed || state.mode === "exam";
}

function clear(i) {
  say(i, "", []);
  const solution = forms[i].querySelector(".solution");
  if (solution) solution.hidden = true;
  setClosed(i, false);
}

function finish() {
  state.finished = true;
  keep();
  paper.questions.forEach((_, i) => isShown(i) && showResult(i));
  refresh();
  byId("end-title").focus();
}

function startAgain() {
  if (Object.keys(state.answers).length && !confirm("Delete all answers on this page?")) return;
  state = { ...fresh(), mode: state.mode, student: state.student };
  keep();
  showAll();
  byId("top").focus();
}

/** Updates what depends on all answers: the list of question numbers, the results. */
function refresh() {
  const results = paper.key ? paper.questions.map((_, i) => marked(i)) : [];
  paper.questions.forEach((_, i) => {
    const link = document.querySelector(`nav a[href="#q${i + 1}"]`), answered = (state.answers[i] ?? "") !== "";
    const status = isShown(i) ? results[i].outcome : answered ? "answered" : "open";
    link.className = status;
    link.setAttribute("aria-label", `Question ${i + 1}, ${status === "open" ? "not answered" : status}`);
  });
  byId("answered").textContent = `${Object.values(state.answers).filter(Boolean).length} of ${paper.questions.length} answered.`;
  if (paper.key) showSummary(results);
}

function showSummary(results) {
  const shown = results.map((result, i) => ({ ...paper.questions[i], full: paper.questions[i].marks, ...result, i })).filter(({ i }) => isShown(i));
  const scored = shown.filter(({ outcome }) => outcome !== "unmarked");
  byId("results").hidden = !shown.length;
  byId("finish").hidden = state.finished || state.mode !== "exam";
  byId("score").textContent = `${counted(sum(scored.map(({ marks }) => marks)))} of ${shownMarks(scored)} in `
    + `${scored.length} of ${paper.questions.length} questions.`;
  byId("topics").replaceChildren(...[...new Set(scored.map(({ topic }) => topic))]
    .sort((a, b) => a.localeCompare(b)).map((topic) => topicRow(topic, scored)));
}

const sum = (marks) => marks.reduce(plus, fraction(0n));
const shownMarks = (questions) => questions.reduce((total, { full }) => total + full, 0);

function topicRow(topic, shown) {
  const row = document.createElement("tr"), here = shown.filter((entry) => entry.topic === topic);
  const right = here.filter(({ outcome }) => outcome === "right").length;
  const head = Object.assign(document.createElement("th"), { textContent: topic, scope: "row" });
  row.append(head, ...[`${right} of ${here.length}`, `${signed(sum(here.map(({ marks }) => marks)))} of ${shownMarks(here)}`]
    .map((textContent) => Object.assign(document.createElement("td"), { textContent })));
  return row;
}

/** The page as the state says. */
function showAll() {
  document.body.dataset.mode = state.mode;
  paper.questions.forEach((question, i) => {
    fill(forms[i], question, state.answers[i] ?? "");
    showReading(i);
    if (isShown(i)) showResult(i); else clear(i);
  });
  for (const field of document.querySelectorAll("input[name=mode]")) field.checked = field.value === state.mode;
  if (byId("student")) byId("student").value = state.student;
  tick();
  refresh();
}

function setMode(mode) {
  state.mode = mode;
  keep();
  showAll();
}

// -------------------------------------------------------------------------------------------- the clock

function startClock() {
  state.deadline = Date.now() + paper.minutes * 60_000;
  keep();
  tick();
}

function tick() {
  const left = state.deadline === null ? null : Math.max(0, Math.ceil((state.deadline - Date.now()) / 1000));
  const running = left !== null && !state.finished;
  byId("clock").textContent = running ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left` : "";
  byId("start").hidden = running || state.finished;
  if (!running) return;
  if (left === 0) return timeIsOver();
  if ([600, 300, 60].includes(left)) byId("alarm").textContent = `${left / 60} minute${left > 60 ? "s" : ""} left.`;
}

function timeIsOver() {
  byId("alarm").textContent = "Time is over.";
  paper.questions.forEach((_, i) => setClosed(i, true));
  finish();
}

// -------------------------------------------------------------------------------------------- answers as files

const cellOf = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function asCsv() {
  const numbers = paper.questions.map((_, i) => `q${i + 1}`);
  const answers = paper.questions.map((_, i) => state.answers[i] ?? "");
  return [["student", "paper", ...numbers], [state.student, String(paper.form), ...answers]].map((row) => row.map(cellOf).join(",") + "\r\n").join("");
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asCsv()], { type: "text/csv" }));
  link.download = `answers-${state.student.replace(/[^\p{L}\p{N}]+/gu, "-") || paper.seed}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// -------------------------------------------------------------------------------------------- listening

forms.forEach((form, i) => {
  const question = paper.questions[i];
  if (question.kind === "MATRIX") prepareGrid(form, (line) => say(i, "open", [line]));
  form.addEventListener("input", () => { state.answers[i] = answerOf(form, question); keep(); showReading(i); refresh(); });
  form.addEventListener("change", () => { if (state.mode === "exam") proofread(i); });
  form.addEventListener("submit", (event) => { event.preventDefault(); if (paper.key && state.mode === "practice") check(i); });
  form.querySelector(".clear")?.addEventListener("click", () => {
    fill(form, question, "");
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
for (const field of document.querySelectorAll("input[name=mode]")) field.addEventListener("change", () => setMode(field.value));
byId("start").addEventListener("click", startClock);
byId("again").addEventListener("click", startAgain);
byId("finish")?.addEventListener("click", finish);
byId("save")?.addEventListener("click", save);
byId("student")?.addEventListener("input", (event) => { state.student = event.target.value; keep(); });
setInterval(tick, 1000);
showAll();
