"""Which lost checks get a misconception's name: on evidence that fresh inputs confirm and nothing contradicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from ..checks import remembered
from ..checks.diagnose import Variant, explanations, gives, misconception
from ..checks.log import Log
from ..exercise import CASES, Check, Exercise
from ..model import CheckResult
from .results import passed

# Fresh draws of each check that a name has to hold for, where it explains no other one; else, and of a case space,
# which has many cases, it is one.
FRESH = {"numpy": 2, "torch": 1}


def with_names(
    exercise: Exercise,
    checks: Mapping[str, Check],
    results: Mapping[str, CheckResult],
    logs: Mapping[str, Log],
    passes: Callable[[Variant, str], bool],
    again: Callable[[str, int], Log | None],
) -> dict[str, CheckResult]:
    """The lost checks that a misconception explains, with its name: of those that nothing contradicts, the one that
    explains most of them.

    A check of the same functions that the submission passed contradicts a misconception that does not pass it;
    `passes` says whether a misconception passes a check with the same inputs. `again` asks the submission a check with
    fresh inputs, other ones for each number: there, too, it has to answer as the misconception does. `logs` are those
    of the lost checks.
    """
    won = [c for name, c in checks.items() if c.kind == "correctness" and passed(results[name])]

    @cache
    def contradicted(variant: Variant, needs: tuple[str, ...]) -> bool:
        return not all(passes(variant, c.name) for c in won if set(c.needs) <= set(needs))

    possible = {
        name: [v for v in _explanations(exercise, log) if not contradicted(v, checks[name].needs)]
        for name, log in logs.items()
    }
    explained = Counter(variant for variants in possible.values() for variant in variants)
    again = cache(again)

    def confirmed(variant: Variant, name: str) -> bool:
        draws = 1 if name.startswith(CASES) or explained[variant] > 1 else FRESH[exercise.framework]
        fresh = (again(name, number) for number in range(draws))
        return all(log is not None and gives(exercise, variant, log) for log in fresh)

    named: dict[str, CheckResult] = {}
    for name, variants in possible.items():
        often = sorted(variants, key=lambda v: -explained[v])
        if found := next((v for v in often if confirmed(v, name)), None):
            named[name] = replace(results[name], misconception=misconception(found.path))
    return named


def _explanations(exercise: Exercise, log: Log) -> list[Variant]:
    """The misconceptions that gave these answers; the same for the same answers."""
    question = [[e.op for e in log.entries], log.answers]
    key = remembered.digest(f"explained {exercise.folder}".encode(), question)
    known: list[list[Variant]] = remembered.shared(key)
    if not known:
        known.append(explanations(exercise, log))
    return known[0]
