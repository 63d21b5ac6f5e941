"""What a wrong answer is: the expected one changed in some way, or the reference's answer to other arguments.

A relation is said only where it holds on every wrong case that was asked, and on enough of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice, takewhile
from typing import Any, NamedTuple, Protocol

from ..checks.compare import agree
from ..checks.log import Entry
from ..model.explanation import SAYS_LITTLE, SIDES, AnswerRelation, Extent, Likeness
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import Interpreter, kind_of, quiet
from ..sandbox.inside.ops import Inspect, Op
from .asked import AskedCase, WrongPart, in_words, returned, wrong_parts
from .elsewhere import so_elsewhere
from .inputs import Substitution, substitutions
from .outputs import Change, changes, side_changes, weak_changes
from .passed import passed_on
from .pieces import Apart, always, apart, last_resorts
from .places import Places
from .regions import Confined, confined, telling
from .stayed import Stayed
from .tells import evidence, order

LEAST = 30  # wrong cases, before anything is said
LEAST_ON_A_SIDE = 200  # the same, before it is said on which side of the right answer it is wrong
TELLING = 10  # of them that tell something
MOST_HOLDING = 4  # relations that are put to the test
SEVERAL = 8  # cases on which it is seen whether a relation can tell anything
FEW = 30  # on which what says least is tried first
MOST_PARTS = 4  # of answers that are looked at one by one
RARE = 4  # one in so many wrong cases: of a part that is wrong there, there may be too few to confirm anything

Reference = Callable[[], Interpreter]
Stopped = Callable[[], bool]
Tells = Callable[[Confined], bool]


class Candidate(Protocol):
    """A relation that may hold."""

    def answers(self, asked: AskedCase) -> Sequence[Any] | None:
        """What it says that the wrong answers are; None unless they are that."""

    def said(self) -> AnswerRelation:
        """The same as plain data."""


class Changed(NamedTuple):
    """The expected answer, changed."""

    change: Change

    def answers(self, asked: AskedCase) -> Sequence[Any] | None:
        """As `Candidate`."""
        return self.change.answers(asked)

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(self.change.what, value=self.change.value, part=self.change.part)


class Exchanged(NamedTuple):
    """The two values of the expected answer, in the other order."""

    def answers(self, asked: AskedCase) -> Sequence[Any] | None:
        """As `Candidate`."""
        pairs = (asked.only is None and isinstance(e.expected, tuple) and len(e.expected) == 2 for e in asked.failed)
        if not asked.answers_only or not all(pairs):
            return None
        turned = [(e, e.expected[::-1]) for e in asked.failed]
        return [other for _, other in turned] if all(agree(o, e.actual, e.tolerance) for e, o in turned) else None

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(Likeness.EXCHANGED)


@dataclass(eq=False, repr=False)
class Misheard:
    """The reference's answers to other arguments. It is asked once for each case."""

    substitution: Substitution
    reference: Reference
    _known: dict[AskedCase, Sequence[Any] | None] = field(default_factory=dict)

    def answers(self, asked: AskedCase) -> Sequence[Any] | None:
        """As `Candidate`. What the submission got right has to agree as well, unless only a part is looked at."""
        if asked not in self._known:
            self._known[asked] = self._found(asked)
        return self._known[asked]

    def _found(self, asked: AskedCase) -> Sequence[Any] | None:
        ops = self.substitution.made(asked)
        if ops is None:
            return None if asked.calls is None else []
        if asked.only is not None:
            return self._part(asked, ops)
        found: list[Any] = []
        failed = {id(entry) for entry in asked.failed}
        for entry, (answer, raised) in zip(asked.asking, self._executed(ops), strict=False):
            if entry.failure is not None or raised:
                return found if entry.failure is not None and entry.failure.kind == raised else None
            if entry.judged and not isinstance(entry.op, Inspect):
                answer = self._after(asked, entry, answer) if id(entry) in failed else answer
                if not agree(answer, entry.actual, entry.tolerance):
                    return None
                found += [answer] if id(entry) in failed else []
        return found

    def _part(self, asked: AskedCase, ops: Sequence[Op]) -> Sequence[Any] | None:
        found: list[Any] = []
        failed = {id(entry) for entry in asked.failed}
        for entry, (answer, raised) in zip(asked.asking, self._executed(ops), strict=False):
            if id(entry) in failed and not raised:
                part = asked.part(self._after(asked, entry, answer))
                if part is None or not agree(part, asked.part(entry.actual), entry.tolerance):
                    return None
                found.append(part)
        return found if len(found) == len(failed) else None

    def _after(self, asked: AskedCase, entry: Entry, answer: Any) -> Any:
        after = self.substitution.after
        return answer if after is None else after(answer, entry.expected, asked.case)

    def _executed(self, ops: Sequence[Op]) -> Iterator[tuple[Any, str]]:
        """The reference's answers, up to the first exception: of what built-in class it is."""
        reference = self.reference()
        for op in ops:
            try:
                yield wire.snapshot(reference.execute(op)), ""
            except Exception as error:
                yield None, kind_of(error)
                return

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        found = self.substitution
        return AnswerRelation(found.what, argument=found.argument, value=found.value)


class Guess(NamedTuple):
    """A relation that may hold of all that is wrong, or with `only` of that part of it."""

    candidate: Candidate
    only: WrongPart | None = None

    def about(self, wrong: Sequence[AskedCase]) -> Sequence[AskedCase]:
        """The cases that it says something of."""
        return about(wrong, self.only)

    def said(self, wrong: Sequence[AskedCase], right: Sequence[AskedCase] = (), stop: Stopped = bool) -> AnswerRelation:
        """As plain data, where it holds on these wrong cases; these right ones may be like that or not."""
        cases, only = self.about(wrong), self.only
        said = replace(self.candidate.said(), subjects=subjects(cases), cases=len(cases))
        if only is None:
            everywhere = so_elsewhere(said.what, self.candidate.answers, cases, right, stop)
            return said if everywhere else replace(said, extent=Extent.SOME)
        raising = any(e.failed and not returned(e) for asked in wrong for e in asked.entries)
        return replace(said, subjects=(only.call,), part=only.part, extent=Extent.RETURNED if raising else Extent.WRONG)


def about(wrong: Sequence[AskedCase], only: WrongPart | None) -> Sequence[AskedCase]:
    """Of these cases, those in which this part is wrong, as cases of it alone."""
    return wrong if only is None else [c for c in (asked.narrowed(only) for asked in wrong) if c.failed]


def candidates(
    wrong: Sequence[AskedCase], reference: Reference, factors: Mapping[str, Sequence[Any]], stop: Stopped
) -> list[Guess]:
    """The relations that hold on all of these cases, the plainest first, of those that are tried before it is to stop.

    Where none holds of all that is wrong, those that hold of one of its parts; then what says least.
    """
    parts: list[WrongPart | None] = [None, *wrong_parts(wrong)[:MOST_PARTS]]
    guesses: list[Guess] = []
    for only in parts:
        found = holding(about(wrong, only), reference, factors, stop)
        guesses += [Guess(candidate, only) for candidate in found]
        often = len(about(wrong, only)) * RARE >= len(wrong)
        if often and any(not _says_little(candidate) for candidate in found):
            break
    guesses.sort(key=lambda guess: _says_little(guess.candidate))
    sides = (Guess(found, only) for only in parts for found in sided(about(wrong, only)[:FEW]))
    return [*guesses, *map(Guess, resorts(wrong[:FEW])), *sides]


def _says_little(candidate: Candidate) -> bool:
    return candidate.said().what in SAYS_LITTLE


def resorts(wrong: Sequence[AskedCase]) -> list[Candidate]:
    """Those that say least and hold on all of these cases."""
    if not wrong or not all(asked.answers_only for asked in wrong):
        return []
    with quiet():
        return [found for found in last_resorts(wrong) if holds(found, wrong)]


def sided(wrong: Sequence[AskedCase]) -> list[Candidate]:
    """On which side of the right answer it is wrong, where that is so on all of these cases."""
    if not any(asked.answers_only for asked in wrong):
        return []
    with quiet():
        return [found for found in map(Changed, side_changes(wrong[0])) if holds(found, wrong)]


def holding(
    wrong: Sequence[AskedCase], reference: Reference, factors: Mapping[str, Sequence[Any]], stop: Stopped
) -> list[Candidate]:
    """The same, of what is looked at in these cases. What asks the reference nothing is always tried."""
    if not any(asked.answers_only for asked in wrong):
        return []
    ordered = sorted(wrong, key=order)
    with quiet():
        tried = possible(ordered[0], reference, factors, stop, partial(telling, ordered[:SEVERAL]))
        return list(islice((c for c in tried if holds(c, ordered)), MOST_HOLDING))


def possible(
    asked: AskedCase, reference: Reference, factors: Mapping[str, Sequence[Any]], stop: Stopped, tells: Tells
) -> Iterator[Candidate]:
    """All that may hold of what is looked at in a case, the plainest first, whether it does or not.

    Of the regions that it may be confined to, only those that tell something.
    """
    first = reference()
    places = Places(first)
    places.learn(asked, first)
    changed: Iterable[Candidate] = map(Changed, changes(asked))
    calls = (Misheard(s, reference) for s in substitutions(asked, places, factors))
    others: Iterable[Candidate] = takewhile(lambda _: not stop(), calls)
    changed_less: Iterable[Candidate] = map(Changed, weak_changes(asked))
    regions = (region for region in confined(asked) if tells(region))
    plain: list[Candidate] = [Exchanged(), Stayed(places)]
    yield from chain(plain, changed, always([asked]), others, passed_on(asked, places), changed_less, regions)


def confirmed(
    found: Sequence[Guess], wrong: Sequence[AskedCase], right: Sequence[AskedCase] = (), stop: Stopped = bool
) -> AnswerRelation | None:
    """The first that holds on all of these wrong cases, if they are enough and tell enough."""
    with quiet():
        for guess in (one for each in found for one in (each, *_widened(each, wrong))):
            cases = guess.about(wrong)
            answers = _answers(guess.candidate, cases)
            enough = len(cases) >= _least(guess.candidate) and None not in answers
            if enough and (_in_words(guess.candidate) or evidence(answers) >= TELLING):
                return guess.said(wrong, right, stop)
    return None


def _widened(guess: Guess, wrong: Sequence[AskedCase]) -> Iterator[Guess]:
    """Of what is told apart, only that as right which is right in all of these cases, too."""
    if isinstance(guess.candidate, Apart) and (found := apart(wrong)) not in (None, guess.candidate):
        yield Guess(found)


def _in_words(candidate: Candidate) -> bool:
    """Whether it names several things that are right, each of which an author found worth a word."""
    return isinstance(candidate, Apart) and sum(isinstance(piece.part, str) for piece in candidate.right) > 1


def _least(candidate: Candidate) -> int:
    return LEAST_ON_A_SIDE if candidate.said().what in SIDES else LEAST


def holds(candidate: Candidate, wrong: Sequence[AskedCase]) -> bool:
    """Whether all these wrong cases are as it says."""
    return None not in _answers(candidate, wrong)


def _answers(candidate: Candidate, wrong: Sequence[AskedCase]) -> list[Sequence[Any] | None]:
    """What it says to these cases, up to the first on which it does not hold."""
    found: list[Sequence[Any] | None] = []
    for asked in wrong:
        try:
            found.append(candidate.answers(asked))
        except Exception:  # an answer that is nothing of the kind
            found.append(None)
        if found[-1] is None:
            break
    return found


def subjects(wrong: Sequence[AskedCase]) -> tuple[str, ...]:
    """What was called or read that was wrong, in the student's words."""
    return tuple(dict.fromkeys(in_words(e) for asked in wrong for e in asked.failed))
