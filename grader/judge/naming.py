"""Which lost checks get a misconception's name: on evidence that fresh inputs confirm and nothing contradicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..checks import remembered
from ..checks.diagnose import explanations, gives, misconception
from ..checks.log import Log
from ..exercise import CASES, Check, Exercise
from ..model import CheckResult
from .results import passed

FRESH = {"numpy": 2, "torch": 1}  # fresh draws that a name has to hold for; one of a case space, which has many cases


def with_names(
    exercise: Exercise,
    checks: Mapping[str, Check],
    results: Mapping[str, CheckResult],
    logs: Mapping[str, Log],
    passes: Callable[[Path, str], bool],
    again: Callable[[str, int], Log | None],
) -> dict[str, CheckResult]:
    """The lost checks that a misconception explains, with its name: the first that nothing contradicts.

    A check of the same functions that the submission passed contradicts a misconception that does not pass it;
    `passes` says whether a misconception passes a check with the same inputs. `again` asks the submission a check with
    fresh inputs, other ones for each number: there, too, it has to answer as the misconception does. `logs` are those
    of the lost checks.
    """
    won = [c for name, c in checks.items() if c.kind == "correctness" and passed(results[name])]

    @cache
    def contradicted(path: Path, needs: tuple[str, ...]) -> bool:
        return not all(passes(path, c.name) for c in won if set(c.needs) <= set(needs))

    again = cache(again)

    def confirmed(path: Path, name: str) -> bool:
        draws = 1 if name.startswith(CASES) else FRESH[exercise.framework]
        fresh = (again(name, number) for number in range(draws))
        return all(log is not None and gives(exercise, path, log) for log in fresh)

    named: dict[str, CheckResult] = {}
    for name, log in logs.items():
        possible = (p for p in _explanations(exercise, log) if not contradicted(p, checks[name].needs))
        if path := next((p for p in possible if confirmed(p, name)), None):
            named[name] = replace(results[name], misconception=misconception(path))
    return named


def _explanations(exercise: Exercise, log: Log) -> list[Path]:
    """The misconceptions that gave these answers; the same for the same answers."""
    question = [[e.op for e in log.entries], log.answers]
    known: list[list[Path]] = remembered.shared(remembered.digest(f"explained {exercise.test_file}".encode(), question))
    if not known:
        known.append(explanations(exercise, log))
    return known[0]
