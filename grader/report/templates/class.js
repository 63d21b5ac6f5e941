"use strict";
// Search and sort the list of students. Without this script the list is complete, in the order of names.
(() => {
  const table = document.getElementById("students-table");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows];
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const status = document.getElementById("found");
  const search = document.getElementById("search");
  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();

  const sort = (column) => {
    const head = heads[column];
    const numbers = head.dataset.kind === "number";
    const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const compare = numbers ? (a, b) => Number(a) - Number(b) : order.compare;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    rows.sort((one, other) => {
      const [a, b] = [key(one, column), key(other, column)];
      return a === "" || b === "" ? (a === "") - (b === "") : sign * compare(a, b); // what is empty comes last
    });
    body.append(...rows);
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(column));
    head.replaceChildren(button);
  });

  search.addEventListener("input", () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    status.textContent = words.length ? `${shown} of ${rows.length} shown` : "";
  });
  search.closest("[hidden]").hidden = false;
})();
