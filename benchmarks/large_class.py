"""A large class with hostile files among it: python benchmarks/large_class.py [--count 10000] [--hostile 5] [--jobs 2].

Of so many submissions to `conv` so many percent are attacks, a few of which only use up what there is; half of the
others are wrong. Prints seconds on the clock, memory on the way, and what gradebook and reports take. The attacks are
no Python as they lie there (see `batch.py`): nothing runs behind less than `contained`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batch import ARMED, ATTACKS, graded, hostile, print_memory, write_class, write_hostile  # beside this file

from grader.gradebook import Gradebook

EXHAUSTING = ("busy_loop", "busy_loop_at_import", "heap", "print_flood", "catching_everything")


def attacks() -> list[str]:
    """Armed sources: those of `batch.py`, and some that use up time, memory and output."""
    texts = [(ATTACKS / "exhausting" / f"{name}.py").read_text() for name in EXHAUSTING]
    return [*hostile(), *(text.replace("@ARMED@", ARMED) for text in texts)]


def write(folder: Path, count: int, percent: float) -> int:
    """The class; returns how many of it are hostile."""
    bad = round(count * percent / 100)
    write_class(folder, count - bad, False)
    write_hostile(folder, attacks(), bad)
    return bad


def command(*arguments: str | Path) -> tuple[float, int]:
    """Seconds on the clock of a command, and the bytes of its stdout."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "grader", *map(str, arguments)], capture_output=True, check=True)
    return time.perf_counter() - started, len(done.stdout)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--hostile", type=float, default=5.0, metavar="PERCENT")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), asked)


def measure(folder: Path, asked: argparse.Namespace) -> None:
    """The batch, its gradebook, its reports."""
    bad = write(folder / "class", asked.count, asked.hostile)
    book = folder / "book.sqlite"
    options = ["--require-isolation", "contained", "--jobs", str(asked.jobs)]
    seconds, memory = graded(folder / "class", book, *options)
    print(f"{asked.count} submissions, {bad} hostile: {seconds:.0f} s, {asked.count / seconds:.1f} a second")
    print_memory(memory)
    with Gradebook.open(book, create=False) as opened:
        print(f"gradings in the gradebook: {sum(row[0] == 'grading' for row in opened.snapshot())}")
    print(f"gradebook: {book.stat().st_size / 1e6:.1f} MB")
    took, size = command("report", "--gradebook", book)
    print(f"grade report: {took:.1f} s, {size / 1e3:.0f} kB")
    page = folder / "class.html"
    took, _ = command("report", "--gradebook", book, "-o", page)
    print(f"grade report -o class.html: {took:.1f} s, {page.stat().st_size / 1e3:.0f} kB")
    took, _ = command("export", "csv", "--gradebook", book)
    print(f"grade export csv: {took:.1f} s")


if __name__ == "__main__":
    main()
