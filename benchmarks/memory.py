"""Peak memory of the commands that work on a class: python benchmarks/memory.py [--sizes 100 1000 10000] [--batch 100].

The gradebook holds real gradings of wrong files to `conv`, with explanations, a different file for each student.
Shared pages are counted once over all processes of a command (Pss of /proc, looked at ten times a second).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from batch import mebibytes, write_class  # beside this file
from commits import graded

from grader.gradebook import Gradebook, Graded, Person, Plan

COMMAND = [sys.executable, "-m", "grader"]
CHUNK = 500
QUESTIONS = 1000  # more than that are printed by nobody


def write_gradebook(where: Path, size: int, made: list[Graded]) -> None:
    """A class of so many students with a mark each, in seven sections."""
    with Gradebook.open(where) as book:
        book.plan(Plan("week 1", {"conv": Decimal(22)}))
        book.enrol([Person(f"s{i}", f"Student {i:06}", f"Section {i % 7}") for i in range(size)])
        for first in range(0, size, CHUNK):
            book.record_all([_of(made[i % len(made)], i) for i in range(first, min(size, first + CHUNK))])


def _of(one: Graded, number: int) -> Graded:
    source = {one.work.main: one.work.files[one.work.main] + f"# {number}\n".encode()}
    return replace(one, student=f"s{number}", work=replace(one.work, files=source))


def peak(*arguments: str | Path) -> tuple[float, float]:
    """MiB and seconds of a run of `grade`."""
    started, most = time.monotonic(), 0.0
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*COMMAND, *map(str, arguments)], **quiet) as process:
        while process.poll() is None:
            most = max(most, mebibytes(process.pid))
            time.sleep(0.1)
    if process.returncode not in (0, 1):
        raise SystemExit(f"grade {' '.join(map(str, arguments))}: exit code {process.returncode}")
    return most, time.monotonic() - started


def commands(folder: Path, where: Path) -> dict[str, Callable[[int], list[str | Path]]]:
    """What is measured, by what the table calls it."""
    book = ["--gradebook", where]
    return {
        "grade report": lambda _: ["report", *book],
        "grade report -o class.html": lambda _: ["report", *book, "-o", folder / "class.html"],
        "grade report --format json": lambda _: ["report", *book, "--format", "json", "-o", folder / "class.json"],
        "grade export csv": lambda _: ["export", "csv", *book, "-o", folder / "marks.csv"],
        "grade gradebook": lambda _: ["gradebook", *book],
        "grade quiz new -o exam.md": lambda n: ["quiz", "new", "--count", str(n), "-o", folder / "exam.md"],
        "grade quiz new -o exam.pdf": lambda n: ["quiz", "new", "--count", str(n), "-o", folder / "exam.pdf"],
        "grade quiz new -o exam.docx": lambda n: ["quiz", "new", "--count", str(n), "-o", folder / "exam.docx"],
    }


def main() -> None:
    """Print a line for each command and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 10000])
    parser.add_argument("--batch", type=int, nargs="*", default=[], help="also grade so many files")
    options = parser.parse_args()
    made = graded(4)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_gradebook(folder / "book.sqlite", size, made)
            for title, command in commands(folder, folder / "book.sqlite").items():
                if size > QUESTIONS and "quiz" in title:
                    continue
                mib, seconds = peak(*command(size))
                print(f"{size:6}  {title:28} {mib:5.0f} MiB {seconds:6.1f} s", flush=True)
    for size in options.batch:
        with tempfile.TemporaryDirectory() as name:
            write_class(Path(name) / "class", size, mixed=False)
            order = ["batch", Path(name) / "class", "--exercise", "conv", "--no-timing", "--jobs", "2"]
            mib, seconds = peak(*order, "--gradebook", Path(name) / "book.sqlite")
            print(f"{size:6}  {'grade batch --jobs 2':28} {mib:5.0f} MiB {seconds:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
