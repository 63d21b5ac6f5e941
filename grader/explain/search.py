"""Asks a submission further cases of a space that it failed: ever simpler ones, and fresh ones for what is said."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import Any

from ..checks.cases import Cases
from ..checks.draw import Draw
from ..checks.log import Entry, Log
from ..checks.subject import Stop, Subject
from ..model.explanation import AnswerRelation, FactorRule
from .asked import AskedCase, by_case
from .budget import Budget
from .relations import Guess, Reference, candidates, confirmed
from .rules import (
    FIRST,
    LEAST,
    Statement,
    Tried,
    agrees,
    both_sides,
    holds,
    never_wrong,
    one_sided,
    says,
    statements,
    turned,
)

AT_ONCE = 20  # cases in one go
MOST_ROUNDS = 12  # in which a wrong case is made simpler
MOST_CASES = 700  # that are asked in all
MOST_SIMPLER = 150  # of them to make a wrong one simpler
FRESH = 200  # cases that confirm a rule or a relation
LEAST_FRESH = 100  # the same where a case takes so long that the budget is not enough for more
FOR_SMALLEST, FOR_GUESSES = 1 / 4, 1 / 2  # shares of the budget; the rest is for fresh cases
AIMED = 60  # of them that a statement calls wrong
ELSEWHERE = 100  # cases that are right, before it is said that it is wrong only where they are not
BESIDE = 60  # the same for what separated wrong from right in all that the check asked
SURE = 150  # further cases that a rule calls wrong, before it is said that it is wrong exactly there
LEAST_SURE = 75  # the same where the budget is not enough for more
OFTEN = 0.1  # share of the cases that are right, before it is said where that is
ROUNDS = 30  # of asking what was wrong again, as long as that is not much
MOST_AGAIN = 300
MOST_RULES = 12  # candidates that are put to the test

NewSubject = Callable[[], Subject]
Wanted = Callable[[Sequence[Entry]], Sequence[Entry]]  # those of some entries that are looked for


def wrong_entries(entries: Sequence[Entry]) -> list[Entry]:
    """All that went wrong."""
    return [entry for entry in entries if entry.failed]


class Search:
    """One case space, and the submission that failed it.

    `started` gives a subject for some more cases; no more are asked when the budget is spent, which is seen after so
    many `at_once`.
    """

    def __init__(self, space: Cases, started: NewSubject, draw: Draw, budget: Budget, at_once: int = AT_ONCE):
        self.space, self.started, self.draw, self.budget, self.left = space, started, draw, budget, MOST_CASES
        self.at_once = at_once
        self.aimed_at: list[Statement] = []  # that may be a rule
        self.again: list[Mapping[str, Any]] = []  # cases that were wrong
        self.rare = False  # so few of all that fresh ones have too few of them
        self._guesses: list[Guess] | None = None
        self._wrong: list[AskedCase] = []  # of the log: what candidates answer to them is remembered by them

    def smallest(self, log: Log, wanted: Wanted = wrong_entries, share: float = FOR_SMALLEST) -> Entry | None:
        """What goes wrong on the smallest wrong case; None where the submission does not do the same again.

        From a `wanted` one of the log, one factor after the other is made simpler as long as it is still wanted.
        """
        self.left, left = min(self.left, MOST_SIMPLER), self.left
        cases = [entry.case for entry in wanted(log.entries) if entry.case is not None]
        best = self._first([min(cases, key=self.space.size)], wanted) if cases else None
        for _ in range(MOST_ROUNDS):
            if self.budget.spent(share):
                break
            simpler = self._first(self._simpler(best.case), wanted) if best is not None and best.case else None
            if simpler is None:
                break
            best = simpler
        self.left += left - min(left, MOST_SIMPLER)
        return best

    def _simpler(self, case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The legal cases with a simpler value for one factor, the smallest first."""
        values = self.space.factors.items()
        tried = ({**case, name: v} for name, all_values in values for v in all_values[: all_values.index(case[name])])
        return sorted((c for c in tried if self.space.legal(dict(c))), key=self.space.size)

    def _first(self, cases: Sequence[Mapping[str, Any]], wanted: Wanted) -> Entry | None:
        for start in range(0, len(cases), self.at_once):
            if found := wanted(self._asked(cases[start : start + self.at_once], self.draw)):
                return found[0]
        return None

    def trace(self, case: Mapping[str, Any]) -> list[Entry]:
        """All that one case asks, with the answers; whatever is left of the budget."""
        subject = self.started()
        with contextlib.suppress(Stop):
            self.space.run(subject, self.draw, dict(case))
            subject.settle()
        return subject.log.entries

    def rule(self, log: Log) -> FactorRule | None:
        """The simplest statement that holds for what the log of the check has, and for fresh cases.

        Some of these are drawn so that a statement which may hold calls them wrong: where few are, they would be rare.
        """
        outcomes = _outcomes(log.entries)
        if not both_sides(outcomes, FIRST):
            return None
        found = list(islice(statements(outcomes), MOST_RULES))
        often = sum(not o.wrong for o in outcomes) >= OFTEN * len(outcomes)
        rights = list(islice(statements(turned(outcomes)), MOST_RULES)) if often and not found else []
        only_there = bool(found or rights or one_sided(outcomes))
        never = never_wrong(outcomes, FIRST) if not only_there else None
        self.aimed_at = found or rights or ([never[0]] if never else [])
        fresh = _outcomes(self._fresh) if self.aimed_at or only_there else []
        if len(fresh) < LEAST_FRESH or not both_sides([*outcomes, *fresh], LEAST):
            return None
        every = [*outcomes, *fresh]
        sides = turned(fresh) if rights else fresh
        first: Statement | None = next((s for s in found or rights if agrees(s, sides)), None)
        sure = self._called_wrong(first, right=bool(rights)) if first is not None else []
        every += sure
        if first is not None and len(sure) >= LEAST_SURE and all(o.wrong for o in sure):
            return FactorRule(first, len(every), right=bool(rights))
        return _mostly(found or rights, every, right=bool(rights)) or _only_there(every)

    def relation(self, log: Log, reference: Reference) -> AnswerRelation | None:
        """What the wrong answers of the log are, if those to fresh cases are that, too."""
        if not (found := self.guesses(log, reference)):
            return None
        again = self._wrong_again() if self.rare else []  # at first: the budget may be spent before it has enough
        right = [asked for asked in by_case([*log.entries, *self._fresh]) if not asked.wrong]
        wrong = [*self._wrong, *wrong_cases(again), *wrong_cases(self._fresh)]
        return confirmed(found, wrong, right, self.budget.spent)

    def guesses(self, log: Log, reference: Reference) -> list[Guess]:
        """What they may be: asks the submission nothing."""
        if self._guesses is None:
            self._wrong, every = wrong_cases(log.entries), len(by_case(log.entries))
            wrong = self._wrong
            self.again, self.rare = [asked.case for asked in wrong], len(wrong) * FRESH < every * AIMED
            stop = partial(self.budget.spent, FOR_GUESSES)
            self._guesses = candidates(wrong, reference, self.space.factors, stop)
        return self._guesses

    @cached_property
    def _fresh(self) -> list[Entry]:
        aimed = list(islice(self._aimed(self.aimed_at, "aimed"), AIMED)) if self.aimed_at else []
        return self.fresh(FRESH - len(aimed), aimed)

    def _wrong_again(self) -> list[Entry]:
        """Wrong cases with fresh inputs: the fewer there are, the more often."""
        cases, found = self.again[:AIMED], list[Entry]()
        for number in range(min(ROUNDS, MOST_AGAIN // len(cases))):
            found += self._asked(cases, self.draw.of(f"again {number}"))
            if len(wrong_cases(found)) >= AIMED:
                break
        return found

    def fresh(self, count: int, others: Sequence[Mapping[str, Any]] = ()) -> list[Entry]:
        """What is answered to so many cases that are drawn, and to other ones, with fresh inputs."""
        return self._asked([*islice(self._drawn("fresh"), count), *others], self.draw.of("fresh"))

    def _drawn(self, key: str) -> Iterator[Mapping[str, Any]]:
        """Fresh legal cases, over and over."""
        for number in range(20):
            yield from self.space.chosen(self.draw.of(f"{key} {number}"))

    def _called_wrong(self, statement: Statement, right: bool) -> list[Tried]:
        """What comes of cases that a rule calls wrong: a mistake may be without effect in a few of them."""
        outside = (case for case in self._drawn("sure") if not says(statement, case))
        cases = outside if right else self._aimed([statement], "sure")
        return _outcomes(self._asked(list(islice(cases, SURE)), self.draw.of("sure")))

    def _aimed(self, statements: Sequence[Statement], key: str) -> Iterator[Mapping[str, Any]]:
        """Fresh legal cases that one of the statements calls wrong.

        Half of them are as small as it lets them be: a mistake is without effect in a small case rather than elsewhere.
        """
        draw = self.draw.of(key)
        for number, case in enumerate(self.space.chosen(draw) * 4):
            turn, which = divmod(number, len(statements))
            allowed = _allowed(statements[which], case, self.space).items()
            changed = {name: values[0] if turn % 2 else draw.choice(*values) for name, values in allowed}
            if says(statements[which], aimed := {**case, **changed}) and self.space.legal(aimed):
                yield aimed

    def _asked(self, cases: Sequence[Mapping[str, Any]], draw: Draw) -> list[Entry]:
        """The entries of these cases; fewer where the submission does not come to their end."""
        found: list[Entry] = []
        cases = cases[: max(self.left, 0)]
        self.left -= len(cases)
        for start in range(0, len(cases), self.at_once):
            if self.budget.spent():
                break
            subject = self.started()
            with contextlib.suppress(Stop):
                with subject.together():
                    for case in cases[start : start + self.at_once]:
                        self.space.run(subject, draw, dict(case))
                subject.settle()
            found += subject.log.entries
            if any(e.failure is not None and e.failure.fatal for e in subject.log.entries):
                break
        return found


def _allowed(statement: Statement, case: Mapping[str, Any], space: Cases) -> dict[str, list[Any]]:
    """For each factor of a statement, the values with which it calls the case wrong, as far as it is alone."""
    found: dict[str, list[Any]] = {}
    for literal in statement:
        values = found.get(literal.factor, space.factors[literal.factor])
        allowed = [v for v in values if holds(literal, {**case, literal.factor: v})]
        found[literal.factor] = allowed or [case[literal.factor]]
    return found


def _mostly(found: Sequence[Statement], outcomes: Sequence[Tried], right: bool) -> FactorRule | None:
    """Of statements, the first of which only this is not so: that all is wrong which it calls wrong."""
    for statement in found:
        called, others = _sides(statement, outcomes, right)
        if len(others) >= BESIDE and not any(others):
            return FactorRule(statement, len(outcomes), (sum(called), len(called)), right)
    return None


def _sides(statement: Statement, outcomes: Sequence[Tried], right: bool) -> tuple[list[bool], list[bool]]:
    """What a statement calls wrong, and what it calls right: of each case, whether it was wrong."""
    called = [(says(statement, o.case) != right, o.wrong) for o in outcomes]
    return [wrong for yes, wrong in called if yes], [wrong for yes, wrong in called if not yes]


def _only_there(outcomes: Sequence[Tried]) -> FactorRule | None:
    """The statement that holds wherever it is wrong, and is wrong most often where it holds; elsewhere all is right."""
    for statement, (inside, of) in one_sided(outcomes):
        if len(outcomes) - of >= ELSEWHERE:
            return FactorRule(statement, len(outcomes), (inside, of))
    if never := never_wrong(outcomes, ELSEWHERE):
        return FactorRule(never[0], len(outcomes), never[1], right=True)
    return None


def _outcomes(entries: Sequence[Entry]) -> list[Tried]:
    """Each case once: wrong if anything that was asked for it was."""
    return [Tried(asked.case, asked.wrong) for asked in by_case(entries)]


def wrong_cases(entries: Sequence[Entry]) -> list[AskedCase]:
    """Wrong cases; what an answer has become by another call is like nothing."""
    return [asked for asked in by_case(entries) if asked.wrong and not asked.later]
