"""Grades the reference and every right file with many seeds: `make seeds`. Whoever loses points with any was wronged.

Some sums cancel, some maps are almost constant: what one seed in a thousand draws must cost nobody a point.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ..checks import remembered
from ..checks.backend import LocalBackend
from ..checks.diagnose import scopes
from ..exercise import Exercise, load_exercise
from ..judge.results import passed
from ..judge.run import run_checks
from ..report.message import message
from ..root import ROOT
from ..sandbox.inside.interpreter import Interpreter, quiet
from ..startup import RARELY
from .bank import files
from .command import FAULTY, GOOD, chosen, ended, parser

SEEDS = {"numpy": 500, "torch": 25}  # by framework, if no other number is asked for
AT_ONCE = 5  # seeds in one task of a process


@dataclass(frozen=True)
class Loss:
    """A check that a right file did not pass with this seed, and what is said about it."""

    path: Path
    seed: int
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}: seed {self.seed} lost {self.check}\n{self.message}"


def losses(exercise: Exercise, seeds: Sequence[int]) -> list[Loss]:
    """What the reference and the right files lose with these seeds, checks of speed left out.

    In this process, without a sandbox, and as in a batch: what the reference answers is computed once a seed.
    """
    remembered.keep()
    ours = {path: scopes(exercise, path) for kind, path in files(exercise) if kind in ("reference", "right")}
    found: list[Loss] = []
    with _little_garbage():
        for seed in seeds:
            found += [loss for path, modules in ours.items() for loss in _losses(exercise, path, modules, seed)]
            remembered.forget()  # no other seed asks the same: it would only be gone through for garbage
    return found


def _losses(exercise: Exercise, path: Path, modules: dict[str, Any], seed: int) -> Iterator[Loss]:
    checks = [c for c in exercise.checks if c.kind == "correctness" and c.device == "cpu"]
    with quiet():  # once, and not for each of some hundred answers
        results = run_checks(exercise, checks, lambda _: LocalBackend(Interpreter(modules), True), seed, named=False)
    yield from (Loss(path, seed, name, message(r)) for name, r in results.items() if not passed(r))


@contextlib.contextmanager
def _little_garbage() -> Iterator[None]:
    """What is there now stays, and most of what is made meanwhile is kept until its seed is done."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _task(slug: str, seeds: Sequence[int]) -> list[Loss]:
    return losses(load_exercise(slug), seeds)


def examine(exercise: Exercise, seeds: Sequence[int], pool: ProcessPoolExecutor) -> int:
    """Grade with all seeds, a few in each task. How many checks were lost: each is printed as it is found."""
    parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
    count = 0
    for found in pool.map(_task, [exercise.slug] * len(parts), parts):
        count += len(found)
        for loss in found:
            print(loss, flush=True)
    return count


def main(arguments: Sequence[str]) -> int:
    """Print what was lost, and a line for each exercise. Returns 1 if anything was, 2 for an unknown exercise."""
    reader = parser("seeds", "Grade all right files with many seeds.")
    usual = ", ".join(f"{count} for {framework}" for framework, count in SEEDS.items())
    reader.add_argument("--seeds", type=int, metavar="N", help=f"how many; else {usual}")
    reader.add_argument("--first", type=int, default=1, metavar="N", help="the first of them")
    reader.add_argument("--jobs", type=int, metavar="N", help="processes; else one per core")
    return ended(_examine_all, reader.parse_args(arguments))


def _examine_all(asked: argparse.Namespace) -> int:
    exercises = chosen(asked.slugs)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one process per core
    with ProcessPoolExecutor(asked.jobs or os.cpu_count(), get_context("spawn")) as pool:
        return FAULTY if sum(_examined(exercise, asked, pool) for exercise in exercises) else GOOD


def _examined(exercise: Exercise, asked: argparse.Namespace, pool: ProcessPoolExecutor) -> int:
    seeds = range(asked.first, asked.first + (asked.seeds or SEEDS[exercise.framework]))
    lost = examine(exercise, seeds, pool)
    right = sum(kind in ("reference", "right") for kind, _ in files(exercise))
    print(f"{exercise.slug}: {right} files, {len(seeds)} seeds, {lost} checks lost", flush=True)
    return lost


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
