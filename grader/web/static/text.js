// Keeps what is typed: two seconds after the last key, and when the page is left.
const form = document.querySelector("[data-keeps]");
const { text, version } = form.elements;
const line = form.querySelector("[role=status]");
const token = document.querySelector("meta[name=csrf]").content;
let kept = text.value;
let timer = 0;
let busy = false;

const keep = async () => {
  clearTimeout(timer);
  if (busy || text.value === kept) return;
  busy = true;
  const sent = text.value;
  const body = new URLSearchParams({ text: sent, version: version.value });
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-CSRF-Token": token } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.problem);
    for (const field of document.querySelectorAll("[name=version]")) field.value = told.version;
    kept = sent;
    line.textContent = "Saved.";
  } catch (error) {
    const refused = error instanceof TypeError || error instanceof SyntaxError ? "" : error.message;
    line.textContent = refused || "Not saved yet: the server does not answer.";
  }
  busy = false;
  if (text.value !== sent) later();
};

const later = () => {
  clearTimeout(timer);
  timer = setTimeout(keep, 2000);
};

text.addEventListener("input", () => {
  line.textContent = "";
  later();
});
form.addEventListener("submit", () => {
  kept = text.value;
});
addEventListener("beforeunload", (event) => {
  if (text.value !== kept) event.preventDefault();
});
