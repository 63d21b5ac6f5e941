"""How much of an exercise's contract a file gets wrong, by the reference."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..checks.cases import Cases
from ..checks.diagnose import load_module, scopes
from ..checks.draw import Draw
from ..checks.subject import Stop, Subject
from ..exercise import Exercise
from ..sandbox.inside.interpreter import Interpreter
from .trial import GRADING_SECONDS, LimitedBackend, full_marks, in_child, mutated

OTHERS = range(1001, 1201)  # seeds with which no mutant is graded otherwise
DRAWS = OTHERS[:4]  # of them, for a case space: each draws some 250 cases
MILLION = 10**6


def wrong_share(exercise: Exercise, path: Path) -> float:
    """The share of the legal calls that it gets wrong, 0 … 1: of the function that it does worst.

    Where the exercise declares no case space: the share of other seeds with which it loses points.
    """
    shares = [_counted_in_child(exercise, path, space) for space in spaces(exercise)]
    return max(shares) if shares else _lost_seeds(exercise, path) / len(OTHERS)


def spaces(exercise: Exercise) -> list[Cases]:
    """The case spaces of an exercise."""
    modules = [load_module(path, f"_spaces_of_{path.stem}") for path in exercise.test_files]
    return [value for module in modules for value in vars(module).values() if isinstance(value, Cases)]


def _counted_in_child(exercise: Exercise, path: Path, space: Cases) -> float:
    """All, if it does not come to an end."""

    def count() -> int:
        modules = mutated(exercise, path)
        wrong = [found for seed in DRAWS for found in _wrong(exercise, modules, space, Draw(seed, space.name))]
        return round(MILLION * sum(wrong) / len(wrong))

    found = in_child(count, GRADING_SECONDS * len(DRAWS))
    return 1.0 if found is None else found / MILLION


def _wrong(exercise: Exercise, modules: dict[str, Any], space: Cases, draw: Draw) -> Iterator[bool]:
    """For each case whether the answers are wrong; one that the case itself stumbles over is."""
    reference = scopes(exercise, exercise.reference_file)
    for case in space.chosen(draw):
        backend = LimitedBackend(Interpreter(modules))
        subject = Subject(Interpreter(reference), backend, framework=exercise.framework)
        try:
            with contextlib.suppress(Stop):
                space.run(subject, draw, case)
                subject.settle()
        except Exception:
            yield True
        else:
            yield subject.log.first_failure is not None


def _lost_seeds(exercise: Exercise, path: Path) -> int:
    lost = in_child(lambda: sum(not full_marks(exercise, path, seed) for seed in OTHERS), GRADING_SECONDS * len(OTHERS))
    return len(OTHERS) if lost is None else lost
