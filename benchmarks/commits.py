"""How many gradings a second the gradebook takes, one a commit and 50 together: `python benchmarks/commits.py [URL]`.

Real gradings of wrong files to `conv`, with their explanations. Without a URL: SQLite in the current folder.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from grader.exercise import EXERCISES, load_exercise
from grader.gradebook import Gradebook, Graded, Plan, Work
from grader.judge.grade import grade
from grader.submission.load import load

WRONG = ("bias_forgotten", "kernel_flipped", "stride_ignored", "padding_ignored")


def graded(count: int) -> list[Graded]:
    """So many gradings of different students and files."""
    exercise = load_exercise("conv")
    real = [load(EXERCISES / "conv" / "wrong" / f"{name}.py") for name in WRONG]
    results = [grade(one, exercise, seed=7, timing=False) for one in real]
    return [_of(real[i % len(real)], results[i % len(real)], i) for i in range(count)]


def _of(submission, result, number: int) -> Graded:
    files = {submission.main: submission.files[submission.main] + f"\n# {number}\n".encode()}
    return Graded("week 1", f"s{number}", Work(files, submission.main), result, "batch 7", edition="0" * 64)


def measured(where: str, gradings: Sequence[Graded], together: int) -> str:
    """Commit them, so many together."""
    with Gradebook.open(where) as book:
        name = f"week {os.urandom(4).hex()}"
        book.plan(Plan(name, {"conv": Decimal(20)}))
        mine = [replace(one, assignment=name) for one in gradings]
        book.record_all(mine[:1])
        wall, cpu, count = time.perf_counter(), time.process_time(), len(mine) - 1
        for first in range(1, len(mine), together):
            book.record_all(mine[first : first + together])
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return f"{together:3} together: {count / wall:6.0f} a second, {1000 * cpu / count:5.2f} ms of processor time each"


def main() -> None:
    """Print a line for each size of a group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--count", type=int, default=501)
    options = parser.parse_args()
    where = options.url or f"benchmark-{os.getpid()}.sqlite"
    try:
        gradings = graded(options.count)
        for together in (1, 10, 50):
            print(measured(where, gradings, together))
    finally:
        if options.url is None:
            for left in Path().glob(f"{where}*"):
                left.unlink()


if __name__ == "__main__":
    main()
