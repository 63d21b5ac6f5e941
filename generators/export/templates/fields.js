// The answer fields of a question: what is in them as one line of text, and back again.

const LARGEST = 16;

/** The answer as text in the form that `grade quiz mark` reads; empty if nothing is filled in. */
function answerOf(form, question) {
  const all = (selector) => [...form.querySelectorAll(selector)];
  switch (question.kind) {
    case "MCQ": case "MSQ": return all("input:checked").map((field) => field.value).join(", ");
    case "MATRIX": return matrixText(all(".grid tr").map((row) => [...row.querySelectorAll("input")].map((cell) => cell.value)));
    case "ORDER": return orderText(all("select"));
    case "MATCH": return all("select").filter((field) => field.value)
      .map((field) => `${field.dataset.key}-${field.value}`).join(", ");
  }
  return form.querySelector("[data-answer]").value.trim();
}

/** Rows end with a semicolon. An empty cell is a question mark, so that its neighbours keep their places. */
function matrixText(rows) {
  if (rows.flat().every((cell) => !cell.trim())) return "";
  return rows.map((row) => row.map(cellText).join(" ")).join("; ");
}

/** A cell as one word: its number. Text that is not one clear number is kept in a form that cannot be read as a number. */
function cellText(cell) {
  const text = tidy(cell).trim();
  try {
    if (/^[-+]?\d*\.?\d+(\/\d+)?$/.test(text) && numeral(text)) return text;
    return writtenNumber(numeral(text)).replace("−", "-");
  } catch (problem) {
    if (!(problem instanceof UnreadableAnswer)) throw problem;
  }
  return /^[-+]?[1-9]\d{0,2},\d{3}(\/\d+)?$/.test(text) ? text : text.replace(/[\s,;[\]]+/g, "?") || "?";
}

/** The keys by their places, ? for a place without one. Keys that share a place are written twice: no complete order. */
function orderText(fields) {
  const places = fields.map((_, i) => fields.filter((field) => Number(field.value) === i + 1).map((field) => field.dataset.key).join(""));
  if (!places.some(Boolean)) return "";
  return places.map((keys) => (keys.length > 1 ? keys + keys : keys || "?")).join(", ");
}

/** Puts an answer, as `answerOf` gave it, back into the fields. */
function fill(form, question, text) {
  const fields = [...form.querySelectorAll("input, select, textarea")];
  switch (question.kind) {
    case "MCQ": case "MSQ":
      for (const field of fields) field.checked = text.split(", ").includes(field.value);
      return;
    case "MATRIX": return fillGrid(form, text ? entries(text.split("; "), GAP) : [["", ""], ["", ""]]);
    case "ORDER":
      for (const field of fields) field.value = text.split(", ").findIndex((keys) => keys.includes(field.dataset.key)) + 1 || "";
      return;
    case "MATCH": {
      const pairs = new Map(text.split(", ").map((pair) => pair.split("-")));
      for (const field of fields) field.value = pairs.get(field.dataset.key) ?? "";
      return;
    }
  }
  form.querySelector("[data-answer]").value = text;
}

function fillGrid(form, rows) {
  resize(form, rows.length, Math.max(...rows.map((row) => row.length)));
  [...form.querySelectorAll(".grid tr")].forEach((row, i) => [...row.querySelectorAll("input")].forEach((cell, j) => {
    cell.value = rows[i][j] === "?" ? "" : rows[i][j] ?? "";
  }));
}

/** The rows of pasted text; null where a comma can be a decimal comma or stand between two entries, [] for no matrix. */
function pastedRows(text) {
  let found;
  try {
    found = matrixLines(text);
  } catch (problem) {
    if (!(problem instanceof UnreadableAnswer)) throw problem;
    return [];
  }
  const [[first], [second] = [first]] = waysToSplit(found.lines);
  if (found.bracketed || shape(first) === shape(second) || shape(first) === shape(entries(found.lines, GAP))) return first;
  return second.flat().some((cell) => cellText(cell).includes("?")) ? first : null;
}

/** Makes the grid this large; what is in the cells that remain stays there. */
function resize(form, rows, columns) {
  const body = form.querySelector(".grid tbody");
  const [high, wide] = [rows, columns].map((size) => Math.min(Math.max(size, 1), LARGEST));
  while (body.rows.length > high) body.deleteRow(-1);
  while (body.rows.length < high) body.insertRow();
  for (const row of body.rows) {
    while (row.cells.length > wide) row.deleteCell(-1);
    while (row.cells.length < wide) row.insertCell().append(cell(row.rowIndex + 1, row.cells.length));
  }
  form.querySelector("[data-size=rows]").textContent = high;
  form.querySelector("[data-size=columns]").textContent = wide;
}

function cell(row, column) {
  const field = document.createElement("input");
  field.autocomplete = "off";
  field.size = 4;
  field.placeholder = " ";
  field.setAttribute("aria-label", `row ${row}, column ${column}`);
  return field;
}

/** Buttons that make the grid larger or smaller, arrows that move in it, and pasting of a whole matrix.
 *  `tell` shows a line below the question. */
function prepareGrid(form, tell) {
  const body = form.querySelector(".grid tbody");
  for (const button of form.querySelectorAll("[data-grow]")) {
    button.addEventListener("click", () => {
      const [by, way] = [Number(button.dataset.by), button.dataset.grow];
      resize(form, body.rows.length + (way === "rows") * by, body.rows[0].cells.length + (way === "columns") * by);
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  body.addEventListener("keydown", (event) => {
    const place = event.target.parentElement, step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    body.rows[place.parentElement.sectionRowIndex + step]?.cells[place.cellIndex].firstChild.focus();
    event.preventDefault();
  });
  body.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text").trim();
    if (!/[\s;,]/.test(text) || (!/[\s;]/.test(text) && !cellText(text).includes("?"))) return; // one number
    const rows = pastedRows(text);
    if (rows?.length === 0) return;
    event.preventDefault();
    if (!rows) return tell(`Not pasted: ${COMMAS}.`);
    fillGrid(form, rows);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
