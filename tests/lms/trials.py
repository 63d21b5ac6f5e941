"""Answers to try on an exported question, in the terms of `generators/marking.py`, and what they have to give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any, NamedTuple

from generators.export import accepted
from generators.marking import diagnose
from generators.model import Question, QuestionKind
from generators.reading import rows_of, shape


class Trial(NamedTuple):
    """`given` is right or not; `why`: what one who gives it has to be told."""

    given: Any
    right: bool
    why: str | None = None


def trials(question: Question) -> Iterator[Trial]:
    """The key, every misconception, and answers near the key."""
    yield Trial(question.answer, True)
    yield from _KINDS[question.kind](question)


def _single(question: Question) -> Iterator[Trial]:
    for option in question.options:
        if not option.correct:
            slip = diagnose(question, option.key)
            assert slip, f"{question.generator} does not name option {option.key}"
            yield Trial(option.key, False, slip.why)


def _several(question: Question) -> Iterator[Trial]:
    keys = [option.key for option in question.options]
    for size in range(1, len(keys) + 1):
        for chosen in combinations(keys, size):
            if list(chosen) != sorted(question.answer):
                slip = diagnose(question, list(chosen))
                yield Trial(list(chosen), False, slip.why if slip else None)


def _number(question: Question) -> Iterator[Trial]:
    low, high = accepted.interval(question)
    assert question.range
    assert low <= question.range[0] <= question.range[1] <= high
    yield from (Trial(bound, True) for bound in question.range)
    beside = max((high - low) / 100, abs(high) / 10**9, Fraction(1, 10**6))
    yield Trial(low - beside, False, _told(question, low - beside))
    yield Trial(high + beside, False, _told(question, high + beside))
    for slip in question.misconceptions:
        yield Trial(slip.value, False, _told(question, Fraction(slip.value)))


def _told(question: Question, given: Fraction) -> str | None:
    slip = diagnose(question, given)
    return slip.why if slip else None


def _matrix(question: Question) -> Iterator[Trial]:
    key = rows_of(question.answer)
    for i, row in enumerate(key):
        for j in range(len(row)):
            yield Trial([[v + (a == i and b == j) for b, v in enumerate(r)] for a, r in enumerate(key)], False)
    for slip in question.misconceptions:
        if shape(slip.value) == shape(key):
            yield Trial(slip.value, False, slip.why)


def _formula(question: Question) -> Iterator[Trial]:
    yield from (Trial(slip.value, False, slip.why) for slip in question.misconceptions)
    yield Trial("x", False)
    yield Trial("", False)


def _order(question: Question) -> Iterator[Trial]:
    yield Trial(question.answer[::-1], False)
    yield from (Trial(slip.value, False, slip.why) for slip in question.misconceptions)


def _match(question: Question) -> Iterator[Trial]:
    for first, second in combinations(question.answer, 2):
        swapped = {first: question.answer[second], second: question.answer[first]}
        slip = diagnose(question, given := question.answer | swapped)
        assert slip, f"{question.generator} does not explain {swapped}"
        yield Trial(given, False, slip.why)


def _essay(question: Question) -> Iterator[Trial]:
    return iter(())


_KINDS = {
    QuestionKind.MCQ: _single,
    QuestionKind.MSQ: _several,
    QuestionKind.NAT: _number,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.EXPRESSION: _formula,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _match,
    QuestionKind.ESSAY: _essay,
}
