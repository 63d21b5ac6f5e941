"""Which lost checks get a misconception's name: on evidence that fresh inputs confirm and nothing contradicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from ..checks import remembered
from ..checks.diagnose import SubmissionAnswers, Variant, explanations, gives, misconception
from ..checks.log import Log
from ..exercise import CASES, Check, Exercise
from ..model import CheckResult
from .results import passed

# Fresh draws of each check that a name has to hold for, where it explains no case space; else, and of a case space,
# which has many cases, it is one.
FRESH = {"numpy": 10, "torch": 3}


class Naming:
    """One submission's lost checks, and the misconceptions that may explain them.

    A check of the same functions that the submission passed contradicts a misconception that does not pass it;
    `passes` says whether a misconception passes a check with the same inputs. `again` asks the submission a check with
    fresh inputs, other ones for each number: there, too, it has to answer as the misconception does. `logs` are those
    of the lost checks.
    """

    def __init__(
        self,
        exercise: Exercise,
        checks: Mapping[str, Check],
        results: Mapping[str, CheckResult],
        logs: Mapping[str, Log],
        passes: Callable[[Variant, str], bool],
        again: Callable[[str, int], Log | None],
    ):
        self.exercise, self.checks, self.results, self.logs = exercise, checks, results, logs
        self._passes, self._again = cache(passes), cache(again)
        self._given: list[Variant] = []  # as names, so far
        self._sure: set[Variant] = set()  # of these, those that a case space was given
        self._won = [c for name, c in checks.items() if c.kind == "correctness" and passed(results[name])]

    def names(self) -> dict[str, CheckResult]:
        """The lost checks that a misconception explains, with its name: of those that nothing contradicts, the one that
        explains most of them."""
        possible = {
            name: [v for v in variants if not self._contradicted(v, name)] for name, variants in self._explain.items()
        }
        often = Counter(variant for variants in possible.values() for variant in variants)
        return self._named({n: sorted(vs, key=lambda v: -often[v]) for n, vs in possible.items()})

    def pairs(self, stop: Callable[[], bool]) -> dict[str, CheckResult]:
        """The lost checks that two misconceptions at once explain and no single one does.

        First those are tried that other checks are named after; then, for case spaces, all that are likely, and other
        checks by what was found for these. The likely ones are tried until it is to `stop`.
        """
        from ..checks.pairs import explaining_pairs, known_pairs  # needed by few submissions

        left = {name: log for name, log in self.logs.items() if not self._explain[name]}
        found: dict[str, list[Variant]] = {}
        known = known_pairs(self._often_given) if left else []
        self._tried(found, left, known)
        for name in (n for n in left if n.startswith(CASES) and not found.get(n)):
            pairs = explaining_pairs(self.exercise, left[name], stop, self._often_given)
            found[name] = [v for v in pairs if not self._contradicted(v, name)][:1]
        every = list(dict.fromkeys(v for variants in found.values() for v in variants if v not in known))
        self._tried(found, left, every)
        return self._named(found)

    def _tried(self, found: dict[str, list[Variant]], left: Mapping[str, Log], pairs: Sequence[Variant]) -> None:
        """Find which of these explain the checks that have none yet."""
        for name in (n for n in left if pairs and not found.get(n)):
            answers = SubmissionAnswers(self.exercise, left[name])
            found[name] = [v for v in pairs if answers.explained_by(v) and not self._contradicted(v, name)]

    @property
    def _often_given(self) -> list[Path]:
        """The misconceptions that checks are named after, those of most checks first."""
        return [path for path, _ in Counter(variant.path for variant in self._given).most_common()]

    @cached_property
    def _explain(self) -> dict[str, list[Variant]]:
        """For each lost check the misconceptions that gave its answers."""
        return {name: _explanations(self.exercise, log) for name, log in self.logs.items()}

    def _contradicted(self, variant: Variant, name: str) -> bool:
        needs = set(self.checks[name].needs)
        return not all(self._passes(variant, c.name) for c in self._won if set(c.needs) <= needs)

    def _named(self, possible: Mapping[str, list[Variant]]) -> dict[str, CheckResult]:
        named: dict[str, CheckResult] = {}
        for name in sorted(possible, key=lambda name: not name.startswith(CASES)):
            if found := next((v for v in possible[name] if self._confirmed(v, name)), None):
                self._given.append(found)
                self._sure |= {found} if name.startswith(CASES) else set()
                named[name] = replace(self.results[name], misconception=misconception(found.path, found.other))
        return named

    def _confirmed(self, variant: Variant, name: str) -> bool:
        """Whether it answers as the submission does to fresh draws: to few of a check, if it does in a case space."""
        draws = 1 if name.startswith(CASES) or variant in self._sure else FRESH[self.exercise.framework]
        fresh = (self._again(name, number) for number in range(draws))
        return all(log is not None and gives(self.exercise, variant, log) for log in fresh)


def _explanations(exercise: Exercise, log: Log) -> list[Variant]:
    """The misconceptions that gave these answers; the same for the same answers."""
    question = [remembered.asked(op for op, _ in log.asked), log.answers]
    key = remembered.digest(f"explained {exercise.folder}".encode(), question)
    known: list[list[Variant]] = remembered.shared(key)
    if not known:
        known.append(explanations(exercise, log))
    return known[0]
