"""A test class with every oddity: python -m benchmarks.class_of_120 [--count 120] [--kills 20] [--folder DIR]

Six assignments, handed in through Moodle (two exercises), Canvas, Gradescope with a GitHub folder beside it, Moodle's
blind marking, Canvas's anonymous download, and Canvas's groups. What is handed in is right and wrong files of the bank,
each in its own bytes, so that every mark can be computed from the raw points of its grading, the times written down
when the downloads were made, and the rules as they are printed. docs/inside/class-of-120.md lists the oddities.

`Story` types the commands, `marks_of_120` computes the marks without the grader's own code, `compare` holds the two
against each other. With `--kills`, batches are killed so often at random moments, and extensions, merges and comments
are made in between: the end has to be that of an uninterrupted run. With `--folder` the same command goes on where
it was interrupted, and ends by itself after `--seconds`.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from grader.cli.group import cli
from grader.gradebook import Gradebook

from .downloads_of_120 import (
    DUE,
    EXCUSED,
    EXTENDED,
    GHOST,
    GHOST_NAME,
    LATE,
    OVERRIDDEN,
    WEEKS,
    WITHDRAWN,
    TestClass,
    TypedBatch,
    make,
)
from .marks_of_120 import CAP, FREE_DAYS, PER_DAY, Cell, expected
from .nameless_of_120 import EXTRA, UNMAPPED, make_nameless

GRADE = [sys.executable, "-c", "from grader.cli import main; main()"]
WHY = ["--reason", "r", "--by", "Rao"]
BLIND = "week4-2.zip"  # after this batch, marks go back to Moodle before anybody is known
SHORTEST, LONGEST = 0.05, 0.9  # of a batch's time until it is killed
USUAL, MOST = 4.0, 10.0  # seconds that a batch takes, where nothing is known of it; a kill waits no longer


class Story:
    """The commands of a term, in a folder with a gradebook of its own; so many batches are killed, and go on.

    `usual`: the seconds that each batch took elsewhere. Beside the gradebook stands how far the story is.
    """

    def __init__(
        self, made: TestClass, folder: Path, kills: int = 0, seed: int = 1, usual: Mapping[str, float] | None = None
    ):
        self.made, self.folder, self.kills, self.usual = made, folder, kills, usual or {}
        self.until = math.inf  # monotonic seconds
        folder.mkdir(parents=True, exist_ok=True)
        self._state = folder / "story.json"
        self.killed, self.told, self.left = 0, 0, self._decisions()
        self.seconds: dict[str, float] = {}
        if self._state.exists():
            self.killed, self.told, self.left, self.seconds = json.loads(self._state.read_text())
        self.chance = random.Random(seed * 1000 + self.killed)

    def grade(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> Result:
        """Type one command, without waiting for Python to start."""
        with contextlib.chdir(self.folder):
            done = CliRunner().invoke(cli, list(arguments))
        if done.exit_code not in codes:
            raise RuntimeError(f"{' '.join(arguments)}: {done.exit_code}\n{done.output}") from done.exception
        return done

    def refused(self, *arguments: str) -> str:
        """Type a command that has to end with exit code 2; what it says."""
        return self.grade(*arguments, codes=(2,)).output

    def tell(self) -> bool:
        """All of it, or what is left of it; False where the time is over before the end."""
        if not self.told and not self.killed:
            self._plan()
        for batch in self.made.batches[self.told :]:
            if not self._batch(batch):
                return False
            if batch.download == BLIND:
                self.grade("export", "moodle", "--assignment", "week 4", *self.against("worksheet4-2.csv"))
            self.told += 1
            self._save()
        if self.told == len(self.made.batches):
            self._decide(codes=(0,))
            self.grade("students", "withdraw", self.made.key(WITHDRAWN))
            self.told += 1
            self._save()
        return True

    def _save(self) -> None:
        self._state.write_text(json.dumps([self.killed, self.told, self.left, self.seconds]))

    def _decide(self, codes: tuple[int, ...] = (0, 2)) -> None:
        """Type the decisions that can be made by now; the others stay."""
        for decision in list(self.left):
            if not self.grade(*decision, codes=codes).exit_code:
                self.left.remove(decision)
                self._save()

    def against(self, name: str) -> tuple[str, ...]:
        """The options of an export against a file beside the downloads."""
        return "--against", str(self.made.folder / name), "-o", f"filled-{name}"

    def _plan(self) -> None:
        rules = ["--per-day", str(PER_DAY), "--late-cap", str(CAP), "--late-days", str(FREE_DAYS)]
        for week, points in WEEKS.items():
            exercises = [part for slug, worth in points.items() for part in ("--exercise", f"{slug}={worth}")]
            self.grade("assignment", week, *exercises, "--deadline", DUE.isoformat(), "--zone", "UTC", *rules)
        self.grade("assignment", "week 1", "--exercise", "conv=5", "--deadline", "2027-02-28")
        self.grade("assignment", "week 1", "--exercise", "conv=remove", "--deadline", DUE.isoformat(), "--by", "Rao")
        berlin = ["--zone", "Europe/Berlin", "--deadline", "2027-03-01", "--opens", "2027-02-19T23:59:59"]
        self.grade("assignment", "week 4", *berlin, "--keep", "last")

    def _decisions(self) -> list[list[str]]:
        key = self.made.key
        week1, week3, week4 = (["--assignment", week] for week in ("week 1", "week 3", "week 4"))
        return [
            ["extend", key(EXTENDED), *week1, "--until", (DUE + timedelta(days=3)).isoformat(), *WHY],
            ["extend", key(EXCUSED), "--assignment", "week 2", "--excused", *WHY],
            ["extend", "--section", "B", *week4, "--until", "2027-03-02", *WHY],
            *(["extend", key(n), *week4, "--extra-time", "25", *WHY] for n in EXTRA),
            ["extend", "--all", "--assignment", "week 5", "--until", (DUE + timedelta(days=1)).isoformat(), *WHY],
            ["override", key(OVERRIDDEN), "padding", "11", "--above", *week1, *WHY],
            ["comment", key(LATE), "padding:1", "Look at the <edges>.", *week1, "--by", "Rao"],
            ["comment", key(0), "receptive_field:2", "Count the strides.", *week3, "--by", "Rao"],
            ["students", "merge", key(GHOST), GHOST_NAME, "--by", "Rao"],
            ["students", "merge", key(UNMAPPED), f"anonymous_a{UNMAPPED:04}", "--by", "Rao"],
        ]

    def _batch(self, batch: TypedBatch) -> bool:
        """Grade a download; where it is killed, decide what can be decided by then, and go on."""
        named = ["--assignment", batch.week] if batch.named else []
        command = ["batch", str(self.made.folder / batch.download), *named, *batch.options, "--seed", "7"]
        command += ["--no-timing", "--no-explain", "--out", f"{batch.download}.out", "--jobs", "2"]
        ahead = len(self.made.batches) - self.told
        for _ in range(-(-3 * (self.kills - self.killed) // (2 * ahead)) if ahead > 1 else self.kills - self.killed):
            if time.monotonic() > self.until:
                return False
            if not self._kill(command, min(MOST, self.usual.get(batch.download, USUAL))):
                break
            self._decide()
        started = time.monotonic()
        subprocess.run([*GRADE, *command], cwd=self.folder, capture_output=True, check=True)
        self.seconds[batch.download] = time.monotonic() - started
        return True

    def _kill(self, command: list[str], usual: float) -> bool:
        """Kill -9 at a random moment; False where the command was quicker."""
        quiet = subprocess.DEVNULL
        process = subprocess.Popen([*GRADE, *command], cwd=self.folder, stdout=quiet, stderr=quiet)
        try:
            process.wait(usual * self.chance.uniform(SHORTEST, LONGEST))
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.killed += 1
            self._save()
            time.sleep(0.2)
            return True

    def problems(self, download: str) -> Counter[tuple[str, str]]:
        """What the batch found odd: (kind, name)."""
        summary = json.loads((self.folder / f"{download}.out" / "summary.json").read_text())
        return Counter((p["kind"], p["where"]) for p in summary["problems"])

    def rows(self, week: str) -> list[dict[str, str]]:
        """What `grade export csv` writes."""
        text = self.grade("export", "csv", "--assignment", week).stdout
        return list(csv.DictReader(text.lstrip("\ufeff").splitlines()))

    def marks(self) -> dict[Cell, tuple[str, str]]:
        """The points that count and the days late, as they are exported."""
        found: dict[Cell, tuple[str, str]] = {}
        for week, points in WEEKS.items():
            for row in self.rows(week):
                found |= {(week, row["student"], e): (row[e], row[f"{e} days late"]) for e in points}
        return found

    def content(self) -> Counter[tuple[str, ...]]:
        """All that the gradebook holds; under which of two names merged work was graded hangs on when that was."""
        others = {GHOST_NAME: GHOST, "Zz Unknown": GHOST, f"anonymous_a{UNMAPPED:04}": UNMAPPED}
        with Gradebook.open(self.folder / "gradebook.sqlite", create=False) as book:
            told = (row for row in book.snapshot() if row[0] != "student")
        return Counter(tuple(self.made.key(others[cell]) if cell in others else cell for cell in row) for row in told)


def compare(story: Story) -> list[str]:
    """Each cell that differs from the printed rules."""
    there, wanted = story.marks(), expected(story.made, story.folder / "gradebook.sqlite")
    differ = [c for c in sorted({*there, *wanted}) if there.get(c) != wanted.get(c)]
    return [f"{c}: {there.get(c)!r}, not {wanted.get(c)!r}" for c in differ]


def write(folder: Path, count: int) -> TestClass:
    """All the downloads of a class."""
    made = make(folder, count)
    make_nameless(made)
    return made


def main() -> None:
    """Tell the story once in peace, and with `--kills` once more with as many kills."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="Keep everything here, and go on from there.")
    parser.add_argument("--seconds", type=float, default=math.inf, help="End after about so long.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        _run(options, options.folder or Path(temporary), time.monotonic() + options.seconds)


def _run(options: argparse.Namespace, folder: Path, until: float) -> None:
    made = write(folder / "class", options.count)
    peace = Story(made, folder / "peace")
    peace.until = until
    peace.tell()
    differ = compare(peace)
    print(f"{len(peace.marks())} marks, {len(differ)} differ from the printed rules", *differ, sep="\n", flush=True)
    if options.kills:
        war = Story(made, folder / "war", options.kills, options.seed, peace.seconds)
        war.until = until
        if not war.tell():
            print(f"{war.killed} kills so far; the same command goes on")
            return
        differ = compare(war)
        same = "the same gradebook" if war.content() == peace.content() else "ANOTHER GRADEBOOK"
        print(f"{war.killed} kills: {same}, {len(differ)} marks differ from the printed rules", *differ, sep="\n")


if __name__ == "__main__":
    main()
