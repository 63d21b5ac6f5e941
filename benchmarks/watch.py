"""From a save to the verdict beside the bare floor: python benchmarks/watch.py [--saves 20].

`grade submit --watch` on a right solution of `conv`, saved again and again; the time is from the save to the end of the
report. The floor is what grading cannot do without: a process with NumPy that forks a worker for each save, which loads
the file and makes the very calls that the checks make. Both in turn, so that a busy machine slows both. Beside the time
on the clock, the processor time of all processes, which a busy machine changes less: it holds what is done after the
report, too, for the next save.
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

from batch import CONV, _forked, _worker, family, recorded

RIGHT = (CONV.parents[1] / "solutions" / "conv.py").read_text(encoding="utf-8")
PAUSE = 0.3  # seconds between two saves


def processor(pid: int) -> float:
    """Seconds of processor time that a process and all that it started have used, those that have ended included."""
    ticks = 0
    for one in family(pid):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def watching(file: Path) -> Iterator[tuple[Callable[[str], float], int]]:
    """Saves a text, and gives the seconds until its report is there; and the command's process."""
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
        yield saved, process.pid
        process.kill()


def bare(file: Path, ops: list[dict]) -> tuple[float, float]:
    """The floor's seconds on the clock, and of processor time."""
    started = time.perf_counter()
    _, _, usage = os.wait4(_forked(lambda: _worker(file, ops)), 0)
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print both medians and their ratio, and the same for processor time (means)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--saves", type=int, default=20)
    saves = parser.parse_args().saves
    ops = recorded()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "my_conv.py"
        file.write_text(RIGHT)
        floor, watch = [], []
        with watching(file) as (saved, pid):
            saved(f"{RIGHT}\n# the second time, all is warm\n")
            time.sleep(PAUSE)
            before = processor(pid)
            for number in range(saves):
                watch.append(saved(f"{RIGHT}\n# {number}\n"))
                time.sleep(PAUSE)
                floor.append(bare(file, ops))
            used = (processor(pid) - before) / saves
    clock, whole = statistics.median(seconds for seconds, _ in floor), statistics.median(watch)
    least = statistics.mean(seconds for _, seconds in floor)
    print(f"floor: fork, load, same calls   {clock * 1e3:6.0f} ms           {least * 1e3:6.0f} ms of processor time")
    print(f"save to verdict                 {whole * 1e3:6.0f} ms, {whole / clock:.2f} ×", end="  ")
    print(f"{used * 1e3:6.0f} ms of processor time, {used / least:.2f} ×")


if __name__ == "__main__":
    main()
