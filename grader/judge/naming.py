"""Which lost checks get a misconception's name: on evidence, and only where no check that was passed contradicts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..checks import remembered
from ..checks.diagnose import explanations, misconception
from ..checks.log import Log
from ..exercise import Check, Exercise
from ..model import CheckResult
from .results import passed


def with_names(
    exercise: Exercise,
    checks: Mapping[str, Check],
    results: Mapping[str, CheckResult],
    logs: Mapping[str, Log],
    passes: Callable[[Path, str], bool],
) -> dict[str, CheckResult]:
    """The lost checks that a misconception explains, with its name: the first that nothing contradicts.

    A check of the same functions that the submission passed contradicts a misconception that does not pass it;
    `passes` says whether a misconception passes a check with the same inputs. `logs` are those of the lost checks.
    """
    won = [c for name, c in checks.items() if c.kind == "correctness" and passed(results[name])]

    @cache
    def contradicted(path: Path, needs: tuple[str, ...]) -> bool:
        return not all(passes(path, c.name) for c in won if set(c.needs) <= set(needs))

    named: dict[str, CheckResult] = {}
    for name, log in logs.items():
        needs = checks[name].needs
        if path := next((p for p in _explanations(exercise, log) if not contradicted(p, needs)), None):
            named[name] = replace(results[name], misconception=misconception(path))
    return named


def _explanations(exercise: Exercise, log: Log) -> list[Path]:
    """The misconceptions that gave these answers; the same for the same answers."""
    question = [[e.op for e in log.entries], log.answers]
    known: list[list[Path]] = remembered.shared(remembered.digest(f"explained {exercise.test_file}".encode(), question))
    if not known:
        known.append(explanations(exercise, log))
    return known[0]
