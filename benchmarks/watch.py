"""From a save to the verdict beside the bare floor: python benchmarks/watch.py [--saves 20].

`grade submit --watch` on a right solution of `conv`, saved again and again; the time is from the save to the end of the
report. The floor is what grading cannot do without: a process with NumPy that forks a worker for each save, which loads
the file and makes the very calls that the checks make. Both in turn, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from batch import CONV, _forked, _worker, recorded

RIGHT = (CONV.parents[1] / "solutions" / "conv.py").read_text(encoding="utf-8")
PAUSE = 0.3  # seconds between two saves


@contextlib.contextmanager
def watching(file: Path) -> Iterator[Callable[[str], float]]:
    """Saves a text, and gives the seconds until its report is there."""
    command = [sys.executable, "-m", "grader", "submit", file.name, "--watch", "--no-history"]
    with subprocess.Popen(
        command, cwd=file.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:

        def report() -> None:
            while "Ctrl-C ends." not in process.stdout.readline():
                pass

        def saved(text: str) -> float:
            started = time.perf_counter()
            file.write_text(text)
            report()
            return time.perf_counter() - started

        report()
        yield saved
        process.kill()


def main() -> None:
    """Print both medians and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--saves", type=int, default=20)
    saves = parser.parse_args().saves
    ops = recorded()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "my_conv.py"
        file.write_text(RIGHT)
        floor, watch = [], []
        with watching(file) as saved:
            for number in range(saves):
                time.sleep(PAUSE)
                watch.append(saved(f"{RIGHT}\n# {number}\n"))
                started = time.perf_counter()
                os.waitpid(_forked(lambda: _worker(file, ops)), 0)
                floor.append(time.perf_counter() - started)
    bare, whole = statistics.median(floor), statistics.median(watch)
    print(f"floor: fork, load, same calls   {bare * 1e3:6.0f} ms")
    print(f"save to verdict                 {whole * 1e3:6.0f} ms   {whole / bare:.2f} × floor")


if __name__ == "__main__":
    main()
