// Keeps answers: in this window, in this browser until the server has them, and on the server.
//
// A change carries the version that this window knew, so that the server can tell when another window was faster. It
// stays in the browser's storage until the server has confirmed it; the next window takes up what a closed one left.

const TYPING = 500, AGAIN = 2000, HEARTBEAT = 15_000, PATIENCE = 8000; // milliseconds
const LARGEST = 60_000; // characters that may still leave when the window closes

export class Keeper {
  /** `told` has: settled(receipt), changed(number), conflict(number, mine, theirs), late(number), net(state). */
  constructor(record, csrf, told) {
    Object.assign(this, { address: `/exam/${record.number}/changes`, prefix: `exam-${record.number}-`, csrf, told });
    this.writer = crypto.randomUUID();
    this.turn = 0;
    this.at = record.at;
    this.pending = new Map(); // number → change
    this.known = new Map(Object.entries(record.answers).map(([number, kept]) => [Number(number), kept]));
  }

  /** Takes up what closed windows left, and begins to talk with the server. */
  async begin() {
    navigator.locks?.request(this.prefix + this.writer, () => new Promise(() => {})); // held while this window lives
    const held = new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(this.prefix) && !held.has(name))) {
      for (const change of left(key)) {
        if (!(this.pending.get(change.number)?.when > change.when)) this.pending.set(change.number, change);
      }
      localStorage.removeItem(key);
    }
    this.store();
    for (const number of this.pending.keys()) this.told.changed(number);
    setInterval(() => this.send(), HEARTBEAT);
    for (const event of ["online", "focus"]) addEventListener(event, () => this.send());
    document.addEventListener("visibilitychange", () => this.send());
    await this.send();
  }

  /** What stands at a question, as this window knows it. */
  now(number) {
    return this.pending.get(number) ?? this.known.get(number);
  }

  /** Notes a change; it is sent at once, or with what else is typed within half a second. */
  put(number, answer, marked, soon = true) {
    const before = this.pending.get(number);
    const chain = before ?? { base: this.known.get(number)?.version ?? 0, writer: this.writer, turn: 0 };
    const turn = chain.writer === this.writer ? (this.turn += 1) : chain.turn + 1;
    this.pending.set(number, { number, answer, marked, base: chain.base, writer: chain.writer, turn, when: Date.now() });
    this.store();
    this.told.net("saving");
    this.soon(soon ? 0 : TYPING);
  }

  /** Writes over what another window has written, which the candidate has seen. */
  insist(number, answer, marked) {
    this.pending.delete(number);
    this.put(number, answer, marked);
  }

  soon(wait) {
    if (this.timer && wait) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  /** Sends all that is not confirmed, one request at a time; returns whether the server has everything. */
  async send() {
    if (this.sending) {
      await this.sending;
      return this.pending.size ? this.send() : true;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sending = this.exchange([...this.pending.values()]);
    const answered = await this.sending;
    this.sending = undefined;
    if (!answered) this.soon(AGAIN);
    else if (this.pending.size) this.soon(TYPING);
    return answered && !this.pending.size;
  }

  async exchange(changes) {
    try {
      const body = new URLSearchParams({ changes: JSON.stringify(changes), at: this.at });
      const response = await fetch(this.address, {
        method: "POST", body, headers: { "X-CSRF-Token": this.csrf }, signal: AbortSignal.timeout(PATIENCE), keepalive: `${body}`.length < LARGEST,
      });
      if (!response.ok) throw new Refused(response.status, await reason(response));
      this.settle(await response.json(), changes);
      return true;
    } catch (problem) {
      this.told.net(problem instanceof Refused ? (problem.status === 403 ? "stranger" : "refused") : "away", problem.message);
      return false;
    }
  }

  settle(receipt, changes) {
    receipt.taken.forEach((taken, i) => this.confirm(taken, changes[i]));
    for (const [name, kept] of Object.entries(receipt.answers)) {
      const number = Number(name), mine = this.known.get(number);
      this.known.set(number, kept);
      if (!this.pending.has(number)) this.told.changed(number, kept.version !== mine?.version);
    }
    this.store();
    this.told.net(this.pending.size ? "saving" : "saved");
    this.told.settled(receipt);
  }

  /** One change that the server has answered; what was typed meanwhile waits, and knows the new version. */
  confirm(taken, change) {
    const { number } = change, waiting = this.pending.get(number), latest = waiting?.turn === change.turn && waiting.writer === change.writer;
    this.known.set(number, taken);
    if (taken.outcome === "conflict") {
      this.pending.delete(number);
      this.told.conflict(number, waiting ?? change, taken);
    } else if (latest) {
      this.pending.delete(number);
      if (taken.outcome === "late") this.told.late(number);
    } else if (waiting) {
      Object.assign(waiting, { base: taken.version, writer: this.writer, turn: (this.turn += 1) });
    }
  }

  store() {
    const key = this.prefix + this.writer;
    try {
      if (this.pending.size) localStorage.setItem(key, JSON.stringify([...this.pending.values()]));
      else localStorage.removeItem(key);
    } catch { /* storage is switched off or full: the page goes on without */ }
  }
}

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function reason(response) {
  try {
    return (await response.json()).problem;
  } catch {
    return `the server answers with ${response.status}`;
  }
}

/** The changes that a closed window left. */
function left(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return [];
  }
}
