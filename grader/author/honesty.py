"""Whether what was said of a wrong file holds on inputs that nobody has seen: its names, its rules, its relations."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from ..checks.cases import Cases
from ..checks.diagnose import gives, named_variants, scopes
from ..checks.draw import Draw
from ..checks.subject import Subject
from ..exercise import CASES, Check, Exercise
from ..explain.asked import AskedCase, WrongPart, by_case
from ..explain.budget import Budget
from ..explain.elsewhere import so_elsewhere
from ..explain.outputs import side_changes
from ..explain.pieces import Apart, FirstAt
from ..explain.regions import Confined
from ..explain.relations import Candidate, Changed, about, holds, possible
from ..explain.rules import says
from ..explain.search import Search
from ..judge.run import asked
from ..model import CheckResult
from ..model.explanation import AnswerRelation, Extent, FactorRule, Likeness, Piece
from ..report.factors import rule_said
from ..report.relations import sentence
from ..sandbox.inside.interpreter import Interpreter, quiet
from .trial import LimitedBackend, mutated
from .wrongness import spaces

NAMES = {"numpy": 200, "torch": 20}  # fresh draws that a name has to hold for, of all checks that it is given for
LEAST_DRAWS = {"numpy": 20, "torch": 2}  # of each of them
SPACES = {"numpy": 10, "torch": 2}  # of a case space, each of which has many cases
CASES_ASKED = 200  # fresh cases for a rule and a relation
FIRST_SEED = 1 << 50  # beyond those that grading uses
ENOUGH = 3600.0  # seconds
WHOLE = (Extent.ALL, Extent.SOME)  # of all that is wrong, and not of one of its parts


class Doubter:
    """Asks one file of ours, or a mutant of one, in this process: call it in a child."""

    def __init__(self, exercise: Exercise, path: Path):
        self.exercise, self._modules = exercise, mutated(exercise, path)

    def _backend(self, _check: Check) -> LimitedBackend:
        return LimitedBackend(Interpreter(self._modules))

    def doubts(self, results: Sequence[CheckResult]) -> Iterator[str]:
        """What does not hold, one line each: `name: …`, `rule: …` or `relation: …`."""
        checks = {c.name: c for c in self.exercise.checks}
        often = Counter(r.misconception.slug for r in results if r.misconception)
        known = {space.name: space for space in spaces(self.exercise)}
        for result in results:
            slug = result.misconception.slug if result.misconception else ""
            if slug and self._misnamed(checks[result.name], slug, often[slug]):
                yield f"name: {result.name} {slug}"
            if (found := result.explanation) is None or result.name not in known:
                continue
            if found.rule is not None and not self._rules(known[result.name], found.rule):
                yield f"rule: {result.name}: {rule_said(found.rule)}"
            if found.relation is not None and not self._relates(known[result.name], found.relation):
                yield f"relation: {result.name}: {sentence(found.relation)}"

    def _misnamed(self, check: Check, slug: str, checks: int) -> bool:
        """Whether the file answers otherwise than the misconception, which so many checks name, to a fresh draw."""
        possible = list(named_variants(self.exercise, slug))
        for seed in range(FIRST_SEED, FIRST_SEED + draws(self.exercise, check, checks)):
            log = asked(self.exercise, check, self._backend, seed)
            possible = [v for v in possible if log is not None and gives(self.exercise, v, log)]
            if not possible:
                return True
        return False

    def _rules(self, space: Cases, rule: FactorRule) -> bool:
        cases = by_case(self._search(space).fresh(CASES_ASKED))
        said = [says(rule.literals, c.case) != rule.right for c in cases]  # to be wrong
        if rule.share is not None:
            return all(yes or not c.wrong for yes, c in zip(said, cases, strict=True))
        return all(yes == c.wrong for yes, c in zip(said, cases, strict=True))

    def _relates(self, space: Cases, relation: AnswerRelation) -> bool:
        """Whether all fresh cases are as it says that are wrong as it speaks of, by what tells whether it is said."""
        every = by_case(self._search(space).fresh(CASES_ASKED))
        cases = [c for c in every if c.wrong and not c.later and _answered(c)]
        everywhere, right = relation.extent is Extent.ALL, [c for c in every if not c.wrong]
        whole = relation.extent in WHOLE
        wrong = list(about(cases, None if whole else WrongPart(relation.subjects[0], relation.part)))
        with quiet():
            for candidate in self._alike(relation, wrong, space):
                refuting = next((c for c in wrong if not holds(candidate, [c])), None)
                if refuting is None:
                    return not everywhere or so_elsewhere(relation.what, candidate.answers, wrong, right, bool)
                wrong.sort(key=lambda c: c is not refuting)
        return not wrong

    def _alike(self, relation: AnswerRelation, wrong: Sequence[AskedCase], space: Cases) -> Iterator[Candidate]:
        """What says the same, made from one of these cases after the other: no case tells all that may be said."""
        whole = relation.extent in WHOLE
        made = MADE_OF_ALL.get(relation.what)
        if made is not None and whole:
            yield made(relation.value)
        for case in [c for c in wrong if c.answers_only]:
            every = possible(case, self._reference, space.factors, bool, always_tried)
            found = chain(map(Changed, side_changes(case)), every)
            yield from (c for c in found if same(c.said(), relation, part=whole))

    def _search(self, space: Cases) -> Search:
        def started() -> Subject:
            backend = LimitedBackend(Interpreter(self._modules))
            return Subject(self._reference(), backend, framework=self.exercise.framework)

        return Search(space, started, Draw(FIRST_SEED, space.name), _enough())

    @property
    def _reference(self) -> Callable[[], Interpreter]:
        ours = scopes(self.exercise, self.exercise.reference_file)
        return lambda: Interpreter(ours)


def endless(*_: object) -> None:
    """Handles the signal that a call takes too long: it raises TimeoutError, and the next call can be asked."""
    raise TimeoutError("no answer in time")


def _answered(asked: AskedCase) -> bool:
    """Whether it came to an end: of what does not, nothing is said."""
    return not any(e.failure is not None and e.failure.kind == TimeoutError.__name__ for e in asked.entries)


def draws(exercise: Exercise, check: Check, checks: int) -> int:
    """How many fresh draws of a check a name has to hold for that so many checks are given."""
    kind = exercise.framework
    return SPACES[kind] if check.name.startswith(CASES) else max(NAMES[kind] // checks, LEAST_DRAWS[kind])


def same(one: AnswerRelation, other: AnswerRelation, part: bool = True) -> bool:
    """Whether two relations say the same (of the same `part`), whatever cases they were found on."""
    names = ("what", "argument", "part") if part else ("what", "argument")
    plain = all(getattr(one, name) == getattr(other, name) for name in names)
    return plain and (repr(one.value) == repr(other.value) or _close(one.value, other.value))


def always_tried(_: Confined) -> bool:
    """Whatever a region tells: it has been said."""
    return True


def _apart(value: tuple[Sequence[Piece], Sequence[Piece]]) -> Apart:
    wrong, right = (tuple(replace(piece, name="") for piece in side) for side in value)
    return Apart(wrong, right)


# What is put together of all wrong cases, from what is said.
MADE_OF_ALL: dict[Likeness, Callable[[Any], Candidate]] = {
    Likeness.FIRST_AT: lambda kinds: FirstAt(tuple(kinds)),
    Likeness.APART: _apart,
}


def _close(one: object, other: object) -> bool:
    return isinstance(one, float) and isinstance(other, float) and abs(one - other) <= 1e-5 * abs(other)


def _enough() -> Budget:
    return Budget(ENOUGH, time.process_time)
