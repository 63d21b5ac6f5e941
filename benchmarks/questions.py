"""Exam questions: processor seconds for a thousand as JSON and Moodle XML, whole-process seconds of `grade quiz new`.

`.venv/bin/python benchmarks/questions.py`; processor times are medians, the clock's are the best of seven.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from generators.build import build
from generators.export import export
from generators.model import Question
from generators.paper import Paper
from generators.registry import load, slugs

COUNT = 1000
GRADE = Path(sys.executable).with_name("grade")


def mixed(first: int, count: int = COUNT) -> tuple[Question, ...]:
    """Questions of the seeds from `first` on, the generators in turn."""
    names = slugs()
    return tuple(build(names[seed % len(names)], seed) for seed in range(first, first + count))


def to_json(questions: tuple[Question, ...]) -> None:
    """All but the building."""
    for question in questions:
        json.dumps(question.as_json())


def to_moodle(questions: tuple[Question, ...]) -> None:
    """All but the building."""
    export(Paper("Benchmark", 0, questions), "moodle", key=True)


def processor(write: Callable[[tuple[Question, ...]], None], runs: int = 3) -> float:
    """Median of processor seconds for building and writing; each run has questions of its own, imports do not count."""
    write(mixed(0, 1))
    times = []
    for run in range(1, runs + 1):
        start = time.process_time()
        write(mixed(run * COUNT))
        times.append(time.process_time() - start)
    return statistics.median(times)


def whole(*arguments: str, runs: int = 7) -> float:
    """The fastest run by the clock, from start to end of the process: others on the machine only add to it."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([GRADE, *arguments], capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the figures with their limits."""
    for slug in slugs():
        load(slug)
    ten = ("quiz", "new", "--count", "10", "--seed", "7")
    figures = (
        (f"{COUNT} questions of {len(slugs())} generators to JSON, CPU", processor(to_json), 2.0),
        (f"{COUNT} to Moodle XML, CPU", processor(to_moodle), 3.0),
        ("grade quiz new --count 10, whole process", whole(*ten), 0.7),
        ("grade quiz new --blueprint gate-full, whole process", whole("quiz", "new", "--blueprint", "gate-full"), 0.7),
        ("grade --help, whole process", whole("--help"), 0.1),
    )
    for what, seconds, limit in figures:
        print(f"{what:<52} {seconds:6.3f} s  (limit {limit:g} s){'' if seconds < limit else '  TOO SLOW'}")


if __name__ == "__main__":
    main()
