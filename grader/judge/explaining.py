"""What asking on tells of what was failed, as part of the checks' results. No verdict depends on it."""

from __future__ import annotations

import contextlib
import math
from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import replace

from ..checks.cases import Cases
from ..checks.draw import Draw
from ..checks.log import Entry, Log
from ..checks.subject import Subject
from ..exercise import Check, Exercise
from ..explain.asked import by_case
from ..explain.budget import Budget
from ..explain.search import FOR_SMALLEST, Search, Wanted, wrong_entries
from ..explain.trace import Scopes
from ..model import CheckResult
from ..model.explanation import SAYS_LITTLE, AnswerRelation, Explanation, Extent
from ..model.findings import Aspect, Mismatch, Raised
from ..sandbox.inside.interpreter import Interpreter
from .cases import CaseMaker
from .causes import causes
from .findings import finding
from .means import Explaining
from .mistakes import KnownMistakes

UNFINISHED = "NotImplementedError"
SECONDS = {"numpy": 0.3, "torch": 1.4}  # of processor time, for all that a submission failed
THOROUGH = 3.0  # the same, where lines are searched for too
AT_ONCE = {"numpy": 20, "torch": 5}  # cases in one go: a network's may take 0.02 s each
FOR_ALIKE = 0.6  # share of it: until then, smaller cases are looked for
CONFIRMING = 50  # fresh cases, before it is said that all wrong ones come of known mistakes


class Explainer:
    """Asks one submission on.

    `started` gives a subject for a check, `spent` the seconds of processor time that were used so far; searching takes
    not more than `most` of them.
    """

    def __init__(
        self,
        exercise: Exercise,
        checks: Mapping[str, Check],
        reference: Scopes,
        seed: int,
        started: Callable[[Check], Subject],
        spent: Callable[[], float],
        how: Explaining,
        most: float = math.inf,
    ):
        self.exercise, self.checks, self.reference, self.seed, self.started = exercise, checks, reference, seed, started
        self.lines = how.lines
        seconds = SECONDS[exercise.framework] if how.lines is None else THOROUGH
        self._budget = Budget(min(seconds, most), spent)
        self._cases = CaseMaker(exercise, checks, reference, started, how.renew, spent)

    def explained(
        self, spaces: Mapping[str, Cases], results: Mapping[str, CheckResult], logs: Mapping[str, Log]
    ) -> dict[str, CheckResult]:
        """The results that can be explained, with what was found out. `logs` are those of the lost checks."""
        found: dict[str, CheckResult] = {}
        failed = [name for name in spaces if name in logs and explainable(results[name])]
        searches = {name: self._search(spaces[name], self.checks[name]) for name in failed}
        known = KnownMistakes(self.exercise, self.checks, results)
        wanted: dict[str, Wanted] = {}
        for name, search in searches.items():
            mistakes, wanted[name] = self._mistakes(search, known, results[name], logs[name])
            if mistakes:
                found[name] = replace(results[name], explanation=Explanation(mistakes=mistakes))
        own = {name: search for name, search in searches.items() if name not in found}
        smallest = {name: self._smallest(search, logs[name], wanted[name]) for name, search in own.items()}
        alike = self._alike(searches, own, {**results, **found}, logs, known)  # before the budget goes into rules
        for name, search in own.items():
            with contextlib.suppress(Exception):  # whatever goes wrong with it
                said = self._asked_on(search, logs[name], smallest[name], self._cases.during(self.checks[name]))
                found[name] = replace(results[name], explanation=said)
        for name, (search, check, entry) in alike.items():
            with contextlib.suppress(Exception):
                found[name] = replace(results[name], explanation=self._shown(search, self._cases.during(check), entry))
        with contextlib.suppress(Exception):
            found |= self._cases.others({**results, **found}, logs)
        for name, log in logs.items():
            if explainable(results[name]) and (argument := changed(log)):
                result = found.get(name, results[name])
                told = replace(result.explanation or Explanation(), changes=argument)
                found[name] = replace(result, explanation=told)
        for name in [n for n in own if n in found and self.lines is not None]:
            with contextlib.suppress(Exception):
                found[name] = self._with_lines(found[name], logs[name])
        return found

    def _with_lines(self, result: CheckResult, log: Log) -> CheckResult:
        """The same with the lines that may be wrong, for which all the time is that is left."""
        lines = self.lines.lines(log) if self.lines is not None else ()
        return replace(result, explanation=replace(result.explanation or Explanation(), lines=lines))

    def _search(self, space: Cases, check: Check) -> Search:
        draw = Draw(self.seed, f"{self.exercise.slug}/{check.name}")
        return Search(space, lambda: self.started(check), draw, self._budget, AT_ONCE[self.exercise.framework])

    def _smallest(self, search: Search, log: Log, wanted: Wanted, share: float = FOR_SMALLEST) -> Entry | None:
        with contextlib.suppress(Exception):
            return search.smallest(log, wanted, share)
        return None

    def _mistakes(
        self, search: Search, known: KnownMistakes, result: CheckResult, log: Log
    ) -> tuple[tuple[str, ...], Wanted]:
        """The known mistakes of which each wrong case comes, of fresh ones, too; and what is to be looked at."""
        with contextlib.suppress(Exception):
            slugs = known.beside(result)
            others = known.others(slugs)
            if slugs and others(log.entries):
                return (), others
            fresh = search.fresh(CONFIRMING) if slugs else []
            if len(by_case(fresh)) == CONFIRMING and not others(fresh):
                told = Counter(known.explained(log.entries, slugs).values())
                return tuple(slug for slug, _ in told.most_common()), wrong_entries
        return (), wrong_entries

    def _alike(
        self,
        searches: Mapping[str, Search],
        own: Container[str],
        results: Mapping[str, CheckResult],
        logs: Mapping[str, Log],
        known: KnownMistakes,
    ) -> dict[str, tuple[Search, Check, Entry]]:
        """For causes without a case space of their `own`: the smallest case of a space in which the same goes wrong."""
        found = {}
        for cause in causes(tuple(self.checks.values()), list(results.values()), {}):
            first = cause.checks[0]
            if any(name in own for name in cause.checks):
                continue
            for name in (n for n in searches if self.checks[n].needs == self.checks[first].needs):
                if entry := self._smallest(searches[name], logs[name], known.alike(results[first]), FOR_ALIKE):
                    found[first] = searches[name], self.checks[name], entry
                    break
        return found

    def _shown(self, search: Search, cases: CaseMaker, entry: Entry) -> Explanation:
        """A case of a space alone, for a check that is none."""
        made = cases.of(search.trace(entry.case)) if entry.case is not None else None
        return Explanation(finding(made[0]), case=made[1]) if made else Explanation(finding(entry))

    def _interpreter(self) -> Interpreter:
        return Interpreter(self.reference)

    def _asked_on(self, search: Search, log: Log, smallest: Entry | None, cases: CaseMaker) -> Explanation:
        """The smallest wrong case, the rule, what the answers are, and the case to be run, as far as they are found."""
        search.guesses(log, self._interpreter)
        rule, relation = search.rule(log), search.relation(log, self._interpreter)
        if rule is not None and rule.share is not None and relation is not None and _tells_all(relation):
            rule = None  # it tells less than what the answer is
        made = cases.of(search.trace(smallest.case)) if smallest is not None and smallest.case is not None else None
        if smallest is not None and made is None:  # it may be wrong only after what the check has asked before
            made = cases.of(log.entries, log.names)
        if made is None:
            return Explanation(finding(smallest) if smallest is not None else None, rule, relation)
        if made[0].earlier:  # what was seen in a process that had answered others says nothing about inputs
            rule = relation = None
        return Explanation(finding(made[0]), rule, relation, case=made[1])


def _tells_all(relation: AnswerRelation) -> bool:
    """Whether it says what the answer is, and not only in cases of which a rule would say which they are."""
    return relation.what not in SAYS_LITTLE and relation.extent is not Extent.SOME


def changed(log: Log) -> str:
    """The first argument that is not what it was before a call; nothing where all are."""
    differences = (entry.difference for entry in log.entries)
    paths = (found.path for found in differences if found is not None and found.aspect is Aspect.CHANGED)
    return next((str(path[0]) for path in paths if path), "")


def explainable(result: CheckResult) -> bool:
    """Whether more cases can tell more: there are wrong answers or exceptions, and something is written."""
    return any(isinstance(f, Mismatch) or (isinstance(f, Raised) and f.kind != UNFINISHED) for f in result.findings)
