"""A test class with every oddity: python -m benchmarks.class_of_120 [--count 120] [--kills 20] [--seed 1]

Three assignments, handed in through Moodle (two exercises), Canvas, and Gradescope with a GitHub folder beside it. What
is handed in is right and wrong files of the bank, each in its own bytes, so that every mark can be computed from the
raw points of its grading, the times written down when the downloads were made, and the rules as they are printed.

`Story` types the commands, `expected` computes the marks without the grader's own code, `compare` holds the two against
each other. With `--kills`, batches are killed so often at random moments, and extensions, merges and comments are made
in between: the end has to be that of an uninterrupted run.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

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
    HandedInFile,
    TestClass,
    make,
)

GRADE = [sys.executable, "-c", "from grader.cli import main; main()"]
PER_DAY, CAP = 10, 50
Cell = tuple[str, str, str]  # assignment, student's key, exercise


class Story:
    """The commands of a term, in a folder with a gradebook of its own; batches can be killed, and go on."""

    def __init__(self, made: TestClass, folder: Path, kills: random.Random | None = None, count: int = 0):
        self.made, self.folder, self.chance, self.kills = made, folder, kills, count
        self.killed = 0
        folder.mkdir(parents=True, exist_ok=True)

    def grade(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
        """Type one command."""
        done = subprocess.run([*GRADE, *arguments], cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode not in codes:
            raise RuntimeError(f"{' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def tell(self) -> None:
        """All of it."""
        for week, points in WEEKS.items():
            exercises = [part for slug, worth in points.items() for part in ("--exercise", f"{slug}={worth}")]
            rules = ["--deadline", DUE.isoformat(), "--per-day", str(PER_DAY), "--late-cap", str(CAP), "--zone", "UTC"]
            self.grade("assignment", week, *exercises, *rules)
        left = self._decisions()
        for week, download in (("week 1", "week1.zip"), ("week 2", "week2.zip"), ("week 3", "week3.zip"),
                               ("week 3", "week3-github")):  # fmt: skip
            left = self._batch(week, download, left)
        for decision in left:
            self.grade(*decision)
        self.grade("students", "withdraw", self.made.key(WITHDRAWN))

    def _decisions(self) -> list[list[str]]:
        key, why = self.made.key, ["--reason", "r", "--by", "Rao"]
        week1, week3 = ["--assignment", "week 1"], ["--assignment", "week 3"]
        return [
            ["extend", key(EXTENDED), *week1, "--until", (DUE + timedelta(days=3)).isoformat(), *why],
            ["extend", key(EXCUSED), "--assignment", "week 2", "--excused", *why],
            ["override", key(OVERRIDDEN), "padding", "9.5", *week1, *why],
            ["comment", key(LATE), "padding:1", "Look at the edges.", *week1, "--by", "Rao"],
            ["comment", key(0), "receptive_field:2", "Count the strides.", *week3, "--by", "Rao"],
            ["students", "merge", key(GHOST), GHOST_NAME, "--by", "Rao"],
        ]

    def _batch(self, week: str, download: str, left: list[list[str]]) -> list[list[str]]:
        """Grade a download; where it is killed, decide what can be decided by then, and go on."""
        out = f"{download}.out"
        roster = "worksheet.csv" if week == "week 1" else "class.csv"
        command = ["batch", str(self.made.folder / download), "--assignment", week, "--seed", "7", "--no-timing"]
        command += ["--no-explain", "--roster", str(self.made.folder / roster), "--out", out, "--jobs", "2"]
        for _ in range(self.kills):
            process = subprocess.Popen(
                [*GRADE, *command], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            try:
                assert self.chance is not None
                process.wait(self.chance.uniform(0.5, 4 + self.made.count / 12))
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                self.killed += 1
                time.sleep(0.2)
                left = [d for d in left if self.grade(*d, codes=(0, 2)).returncode]
        self.grade(*command)
        return left

    def problems(self, download: str) -> Counter[tuple[str, str]]:
        """What the batch found odd: (kind, name)."""
        summary = json.loads((self.folder / f"{download}.out" / "summary.json").read_text())
        return Counter((p["kind"], p["where"]) for p in summary["problems"])

    def rows(self, week: str) -> list[dict[str, str]]:
        """What `grade export csv` writes."""
        text = self.grade("export", "csv", "--assignment", week).stdout
        return list(csv.DictReader(text.lstrip("\ufeff").splitlines()))

    def marks(self) -> dict[Cell, str]:
        """The points that count, as they are exported."""
        found: dict[Cell, str] = {}
        for week, points in WEEKS.items():
            for row in self.rows(week):
                found |= {(week, row["student"], e): row[e] for e in points}
        return found


# ---------------------------------------------------------------- the marks, computed from the printed rules


def expected(story: Story) -> dict[Cell, str]:
    """Every cell of everybody who has not withdrawn; empty where nothing is known."""
    made, raw = story.made, _raw_shares(story.folder / "gradebook.sqlite")
    cells = {
        (week, made.key(n), e): ""
        for week, points in WEEKS.items() for e in points for n in range(made.count) if n != WITHDRAWN
    }  # fmt: skip
    for file in made.files:
        place = file.week, file.student, file.exercise
        if place in cells:
            share = raw[file.week, file.exercise, file.path]
            cells[place] = _points(made, file, share)
    cells["week 1", made.key(OVERRIDDEN), "padding"] = "9.5"
    return cells


def _points(made: TestClass, file: HandedInFile, share: Fraction) -> str:
    """The share, minus ten per cent of the points possible for each day begun, at most half, never below nothing."""
    possible = Fraction(WEEKS[file.week][file.exercise])
    extended = file.week == "week 1" and file.student == made.key(EXTENDED)
    due = DUE + timedelta(days=3) if extended else DUE
    days = 0 if file.at is None or file.at <= due else math.ceil((file.at - due) / timedelta(days=1))
    points = max(possible * share - possible * min(days * PER_DAY, CAP) / 100, Fraction(0))
    hundredths = math.floor(points * 100 + Fraction(1, 2))
    return f"{(Decimal(hundredths) / 100).normalize():f}"


def _raw_shares(path: Path) -> Mapping[tuple[str, str, str], Fraction]:
    """(Assignment, exercise, file) → points of those possible, before any rule."""
    query = (
        "SELECT assignments.name, items.exercise, attempts.file, gradings.id FROM gradings JOIN attempts ON "
        "attempts.id = attempt_id JOIN items ON items.id = item_id JOIN assignments ON assignments.id = assignment_id"
    )
    with sqlite3.connect(path) as database:
        rows = database.execute(query).fetchall()
        checks: dict[int, list[tuple[str, str]]] = {}
        for number, score, most in database.execute("SELECT grading_id, score, max_score FROM checks"):
            checks.setdefault(number, []).append((str(score), str(most)))
    return {
        (week, exercise, file): sum(Fraction(s) for s, _ in checks[n]) / sum(Fraction(m) for _, m in checks[n])
        for week, exercise, file, n in rows
    }


def compare(story: Story) -> list[str]:
    """Each cell that differs."""
    there, wanted = story.marks(), expected(story)
    differ = [c for c in sorted({*there, *wanted}) if there.get(c) != wanted.get(c)]
    return [f"{c}: {there.get(c)!r}, not {wanted.get(c)!r}" for c in differ]


def main() -> None:
    """Tell the story once in peace, and with `--kills` once more with as many kills."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder) / "class", options.count)
        peace = Story(made, Path(folder) / "peace")
        peace.tell()
        differ = compare(peace)
        print(f"{len(peace.marks())} marks, {len(differ)} differ from the printed rules", *differ, sep="\n")
        if options.kills:
            war = Story(made, Path(folder) / "war", random.Random(options.seed), -(-options.kills // 4))
            war.tell()
            print(f"{war.killed} kills: {'the same marks' if war.marks() == peace.marks() else 'OTHER MARKS'}")


if __name__ == "__main__":
    main()
