"""Mutants graded in forked processes, with a limit on each call: many of them never end, or want all memory."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from ..checks.backend import LocalBackend
from ..checks.diagnose import load_module, scopes
from ..exercise import Exercise
from ..judge.results import passed
from ..judge.run import run_checks
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.inside.ops import Op

CALL_SECONDS = 2.0  # of processor time; the kernel ends the process after that
GRADING_SECONDS = 60  # of processor time: for one that takes almost as long with each of hundreds of calls
CHILD_SECONDS = 1800  # by the clock: for one that waits for ever
MOST_MEMORY = 4 << 30  # bytes


class LimitedBackend(LocalBackend):
    """Ends the whole process with a call that takes too long."""

    def answer(self, op: Op) -> Any:
        """The answer in the wire's form. Raises Failure."""
        with _limited():
            return super().answer(op)


def full_marks(exercise: Exercise, path: Path, seed: int) -> bool:
    """Whether a file passes all checks of values; the first that it does not ends the run. Call it in a child."""
    modules = mutated(exercise, path)
    return all(_passes(exercise, name, modules, seed) for name in range(len(exercise.checks)))


def mutated(exercise: Exercise, path: Path) -> dict[str, Any]:
    """The file as a submission, with the exercise's kit."""
    with _limited():
        return scopes(exercise, exercise.reference_file) | {"submission": load_module(path, f"_mutant_{path.stem}")}


def _passes(exercise: Exercise, number: int, modules: dict[str, Any], seed: int) -> bool:
    check = exercise.checks[number]
    if check.kind != "correctness" or check.device != "cpu":
        return True
    backend = LimitedBackend(Interpreter(modules))
    return passed(run_checks(exercise, [check], lambda _: backend, seed, named=False)[check.name])


@contextlib.contextmanager
def written(source: str) -> Iterator[Path]:
    """The source as a file, for as long as it is needed."""
    with NamedTemporaryFile("w", suffix=".py", prefix="mutant_", encoding="utf-8") as file:
        file.write(source)
        file.flush()
        yield Path(file.name)


def in_child(work: Callable[[], int], seconds: int = GRADING_SECONDS) -> int | None:
    """What `work` returns in a process of its own; None where it raised, or the process was ended or left.

    The process may use so many seconds of processor time.
    """
    said = told_by_child(lambda: str(int(work())), seconds)
    return int(said) if said else None


def told_by_child(work: Callable[[], str], seconds: int = GRADING_SECONDS) -> str:
    """The same for a text; nothing where it raised, or the process was ended or left."""
    theirs, ours = os.pipe()
    if child := os.fork():
        os.close(ours)
        with open(theirs, encoding="utf-8") as answer:
            said = answer.read()
        os.waitpid(child, 0)
        return said
    try:
        _confine(seconds)
        with open(ours, "w", encoding="utf-8", closefd=False) as answer:
            answer.write(work())
    finally:
        os._exit(0)


def _confine(seconds: int) -> None:
    """Nothing printed, not too much memory, no core file, and an end."""
    signal.alarm(CHILD_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    signal.setitimer(signal.ITIMER_PROF, CALL_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
