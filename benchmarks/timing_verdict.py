"""How often is a timing verdict wrong? python benchmarks/timing_verdict.py [--runs 200] [--neighbours 2] [--factors 2]

A submission that does exactly f times the work that the limit allows is timed again and again, for f from 0.8 to 2,
alone and beside busy processes: the reference makes 25 convolutions, the limit is 5 times, and the submission makes
f · 125. Counted are the verdicts; a `pass` for f > 1 and a `fail` for f < 1 are wrong. Before that, what the boundary
itself costs is printed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import numpy as np

from grader.checks.compare import DOUBLE
from grader.checks.diagnose import scopes
from grader.checks.draw import Draw
from grader.exercise import load_exercise
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Name
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted
from grader.timing.race import Course, MakeCall, Race
from grader.timing.statistics import Side

LIMIT, UNITS, SIZE = 5, 25, 64
FACTORS = (0.8, 0.95, 1.05, 1.25, 2.0)
SOURCE = """
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

def conv2d(X, K):
    for _ in range({units}):
        Y = np.einsum("ijmn,mn->ij", sliding_window_view(np.pad(X, 0), K.shape), K)
    return Y
"""
OUTCOMES = {Side.WITHIN: "pass", Side.BEYOND: "fail", Side.OPEN: "inconclusive"}


@dataclass(frozen=True)
class Cell:
    """Verdicts on one factor beside some neighbours, and the seconds that they took."""

    neighbours: int
    factor: float
    counts: Counter[str]
    seconds: list[float]

    def row(self) -> str:
        """Markdown."""
        counts = " | ".join(str(self.counts[name]) for name in ("pass", "fail", "inconclusive"))
        wrong = self.counts["fail" if self.factor < 1 else "pass"] / self.counts.total()
        p50, p95 = np.quantile(self.seconds, [0.5, 0.95])
        return f"| {self.neighbours} | {self.factor:g} | {counts} | {wrong:.1%} | {p50:.2f} s | {p95:.2f} s |"


def submitted(units: float) -> Submitted:
    """A file that convolves so many times."""
    return Submitted({"work.py": SOURCE.format(units=round(units)).encode()}, "work.py", ("conv2d",))


@contextmanager
def courses(factors: tuple[float, ...]) -> Iterator[list[Course]]:
    """One course for each factor, behind one warm sandbox."""
    exercise = load_exercise("conv")
    expected = Interpreter(scopes(exercise, exercise.reference_file))
    with Sandbox("numpy", exercise.limits) as sandbox:
        reference = submitted(UNITS)
        yield [Course(sandbox, submitted(f * LIMIT * UNITS), reference, expected, DOUBLE) for f in factors]


def convolution() -> MakeCall:
    """Fresh images of a size."""
    draw = Draw(int.from_bytes(os.urandom(8), "little"), "benchmark")

    def call(n: int) -> Call:
        return Call(Name("submission", "conv2d"), [draw.array(n, n), draw.array(3, 3)], {})

    return call


def _busy() -> None:
    """Compute until whoever started this is gone, however that ends."""
    matrix = np.random.default_rng(0).normal(size=(400, 400))
    parent = multiprocessing.parent_process()
    while parent is not None and parent.is_alive():
        matrix = np.tanh(matrix @ matrix)


@contextmanager
def neighbours(count: int) -> Iterator[None]:
    """So many processes that compute without end."""
    with ExitStack() as stack:
        for _ in range(count):
            process = multiprocessing.get_context("spawn").Process(target=_busy, daemon=True)
            process.start()
            stack.callback(process.kill)
        time.sleep(1.0 if count else 0.0)
        yield


def cells(count: int, runs: int, factors: tuple[float, ...]) -> list[Cell]:
    """These factors beside so many neighbours, in turn, so that what changes on the machine meets all of them."""
    found = [Cell(count, factor, Counter(), []) for factor in factors]
    with neighbours(count), courses(factors) as prepared:
        for done in range(runs):
            print(f"\r{count} neighbours: run {done + 1} of {runs}", end="", file=sys.stderr, flush=True)
            for cell, course in zip(found, prepared, strict=True):
                started = time.perf_counter()
                run = Race(course, convolution(), LIMIT, SIZE).run()
                cell.seconds.append(time.perf_counter() - started)
                cell.counts[OUTCOMES[run.side]] += 1
    print(file=sys.stderr)
    return found


def boundary() -> str:
    """What a call that does nothing costs, and what each megabyte of inputs adds."""
    draw = Draw(1, "boundary")
    lines = ["| call that does nothing | on the wall | processor |", "|---|---|---|"]
    with courses((1.0,)) as [course], course.lanes(course.null) as [lane]:
        for mib in (0, 1, 4, 16):
            array = draw.normal(mib << 17) if mib else draw.normal(1)
            op = Call(Name("submission", "null"), [[[[1], "float64"]], array], {})
            timed = [lane.call(op, 1 << 20, 60) for _ in range(60)][10:]
            wall, cpu = (1e6 * np.median([getattr(t, clock) for t in timed]) for clock in ("wall", "cpu"))
            lines.append(f"| with {mib} MiB | {wall:.0f} µs | {cpu:.0f} µs |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--neighbours", type=int, nargs="*", default=[0, 1, 2])
    parser.add_argument("--factors", type=float, nargs="*", default=FACTORS)
    options = parser.parse_args()
    print(boundary(), f"\nload average at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n", flush=True)
    print("| neighbours | work / limit | pass | fail | inconclusive | wrong | median | 95 % |")
    print("|---|---|---|---|---|---|---|---|")
    for count in options.neighbours:
        for cell in cells(count, options.runs, tuple(options.factors)):
            print(cell.row(), flush=True)
    print(f"\nload average at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
