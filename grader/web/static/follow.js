// Follows the newest work: the server says where it stands, and what came of it is taken into the page in its place.
const own = document.querySelector("[data-follow]");
const standing = own.querySelector(".standing");
const [line, howFar] = standing.children; // the first is read aloud, the second changes too often for that
const form = own.querySelector("form");
const where = own.dataset.follow;
const GONE = "The server does not answer. Start grade serve again: this page goes on by itself.";
const REFUSED = "The server refused this. Open the link that grade serve prints, then load this page again.";
const LARGE = "The file is too large: 32 MiB at most.";
let source = null;
let shown = Number(own.querySelector("#tries").dataset.turn);

const say = (text, busy, far = "") => {
  if (line.textContent !== text) line.textContent = text;
  howFar.textContent = far;
  standing.classList.toggle("busy", busy);
  own.querySelector("#tries").setAttribute("aria-busy", String(busy));
};

const renewed = async () => {
  const answer = await fetch(`${where}/part`);
  if (!answer.ok) return;
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  const fresh = part.content.querySelector("#tries");
  own.querySelector("#tries").replaceWith(fresh);
  document.dispatchEvent(new Event("report"));
  return fresh.querySelector(".score")?.textContent;
};

const heard = async ({ turn, busy, text, far }) => {
  if (busy || text || turn === shown) return say(text, busy, far);
  shown = turn;
  const score = await renewed();
  say(score ? `Graded: ${score}` : "", false);
};

// One connection for the page that is looked at: a browser has only six for one server.
const follow = () => {
  source?.close();
  source = document.hidden ? null : new EventSource(`${where}/events`);
  if (!source) return;
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onerror = () => say(source.readyState === EventSource.CLOSED ? REFUSED : GONE, false);
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("Handing in …", true);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type !== "opaqueredirect") say(answer.status === 413 ? LARGE : REFUSED, false);
  } catch {
    say("The server does not answer. Your file is where it was: hand it in again when the server runs.", false);
  }
  form.reset();
});

document.addEventListener("visibilitychange", follow);
follow();
