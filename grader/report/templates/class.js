"use strict";
// The list of students: a page of it at a time, searched, sorted, and filtered by what was clicked above.
// Without this script the page holds the first of them, in the order of names.
(() => {
  const source = document.getElementById("class-data");
  if (!source) return;
  const { people, facets, elsewhere } = JSON.parse(source.textContent);
  const [NAME, KEY, SECTION, PAGE, POINTS, TOTAL, SHARE, SHOWN_TOTAL, SHOWN_SHARE, REMARKS, OWN] = people.length ? people[0].keys() : [];
  const SIZE = 100;
  const byId = (id) => document.getElementById(id);
  const table = byId("students-table");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const several = heads.length > 4;
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const [search, section, all, status] = ["search", "section", "all", "found"].map(byId);
  const texts = people.map((p) => `${p[NAME]} ${p[KEY]} ${p[SECTION]} ${p[REMARKS]}`.toLocaleLowerCase());
  let facet = null, column = 0, sign = 1, start = 0, shown = people.map((_, i) => i);

  const number = (value) => (value === null ? "–" : String(value));
  const value = (p, c) => {
    if (c === 0) return p[NAME];
    if (c === heads.length - 1) return p[REMARKS];
    if (c === heads.length - 2) return p[SHARE];
    return c === heads.length - 3 ? p[TOTAL] : p[POINTS][c - 1];
  };

  const cell = (tag, text, kind, key) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    if (key !== undefined) made.dataset.key = key ?? "";
    return made;
  };

  const named = (p) => {
    const head = cell("th", "", "", p[NAME]);
    head.scope = "row";
    const name = document.createElement("bdi");
    if (p[PAGE]) {
      const link = document.createElement("a");
      link.href = p[PAGE];
      link.textContent = p[NAME];
      name.append(link);
    } else name.textContent = p[NAME];
    head.append(name);
    if (p[KEY]) head.append(" ", cell("bdi", p[KEY], "soft"));
    return head;
  };

  const row = (p) => {
    const made = document.createElement("tr");
    made.append(named(p));
    if (several) p[POINTS].forEach((points) => made.append(cell("td", number(points), "num", points)));
    made.append(cell("td", p[SHOWN_TOTAL], "num", p[TOTAL]), cell("td", p[SHOWN_SHARE], "num", p[SHARE]));
    made.append(cell("td", p[REMARKS], "remarks"));
    return made;
  };

  const draw = () => {
    body.replaceChildren(...shown.slice(start, start + SIZE).map((i) => row(people[i])));
    document.querySelector(".pager").hidden = shown.length <= SIZE;
    byId("where").textContent = `${start + 1} to ${Math.min(start + SIZE, shown.length)} of ${shown.length}`;
    byId("earlier").disabled = start === 0;
    byId("later").disabled = start + SIZE >= shown.length;
  };

  const compare = (i, j) => {
    const [a, b] = [value(people[i], column) ?? "", value(people[j], column) ?? ""];
    if (a === "" || b === "") return (a === "") - (b === "") || i - j; // what is empty comes last
    return sign * (typeof a === "number" ? a - b : order.compare(a, b)) || i - j;
  };

  const choose = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const wanted = section ? section.value : "";
    shown = [...people.keys()].filter((i) =>
      words.every((word) => texts[i].includes(word)) &&
      (!wanted || people[i][SECTION] === wanted) &&
      (facet === null || people[i][OWN].includes(facet)));
    shown.sort(compare);
    start = 0;
    all.hidden = facet === null;
    const what = facet === null ? "" : `${facets[facet].replace(/\.$/, "")}. `;
    status.textContent = words.length || wanted || facet !== null ? `${what}${shown.length} of ${people.length} shown` : "";
    if (elsewhere) lead(facet === null ? null : elsewhere[facet]);
    draw();
  };

  // Of a class on several pages: to those who have the same, on the page before and the next one.
  const lead = (others) => {
    byId("elsewhere").hidden = !others;
    if (!others) return;
    const [total, ...pages] = others;
    status.textContent += `, ${total} in the whole class`;
    ["before", "after"].forEach((id, n) => {
      byId(id).hidden = !pages[n];
      if (pages[n]) byId(id).href = `${pages[n]}#only=${facet}`;
    });
  };

  heads.forEach((head, c) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      column = c;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      choose();
    });
    head.replaceChildren(button);
  });

  for (const link of document.querySelectorAll("[data-facet]")) {
    link.addEventListener("click", () => {
      facet = Number(link.dataset.facet);
      search.value = "";
      if (section) section.value = "";
      choose();
    });
  }
  if (section) {
    for (const name of [...new Set(people.map((p) => p[SECTION]))].filter(Boolean).sort(order.compare)) {
      section.append(new Option(name, name));
    }
    section.addEventListener("change", choose);
  }
  const only = byId("facet");
  if (only) {
    const own = new Set(people.flatMap((p) => p[OWN]));
    facets.forEach((label, n) => own.has(n) && only.append(new Option(label, n)));
    only.addEventListener("change", () => {
      facet = only.value === "" ? null : Number(only.value);
      choose();
    });
    const asked = () => {
      const named = /^#only=(\d+)$/.exec(location.hash);
      if (!named || !own.has(Number(named[1]))) return;
      facet = Number(named[1]);
      only.value = named[1];
      choose();
    };
    addEventListener("hashchange", asked);
    asked();
  }
  all.addEventListener("click", () => {
    facet = null;
    if (only) only.value = "";
    choose();
    search.focus();
  });
  byId("earlier").addEventListener("click", () => { start -= SIZE; draw(); });
  byId("later").addEventListener("click", () => { start += SIZE; draw(); });
  search.addEventListener("input", choose);
  search.closest("[hidden]").hidden = false;
  choose();
})();
