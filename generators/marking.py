"""Marking in exact fractions: what an answer earns, and which misconception explains a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from . import expression
from .model import Question, QuestionKind, WrongAnswer, exact
from .reading import UnreadableAnswer, read, rows_of, shape

PLACES = Fraction(1, 2000)
"""A fraction in a matrix may be answered by a decimal that is right to three places."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A course's rules as data. `negative`: the share of a question's marks that a wrong answer costs, per kind.

    `partial`: kinds in which each right part earns its share. MSQ: right options chosen, nothing if a wrong one is;
    MATRIX: entries; MATCH: pairs; ORDER: options that follow the one they should follow.
    `follow`: what follows rightly from a wrong answer to an earlier part earns its marks.
    """

    negative: Mapping[QuestionKind, Fraction] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    follow: bool = False

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Scheme:
        """From {"negative": {"MCQ": "1/3"}, "partial": ["MSQ"]}.

        Raises:
            ValueError: if a kind is unknown or a share is no fraction of 0 … 1.
        """
        if not isinstance(record, Mapping) or (unknown := set(record) - {"negative", "partial", "follow"}):
            raise ValueError(f"a scheme has 'negative' and 'partial', not {', '.join(sorted(map(str, unknown)))}"
                             if isinstance(record, Mapping) else "a scheme is an object with 'negative' and 'partial'")
        negative, partial = record.get("negative", {}), record.get("partial", ())
        if not isinstance(negative, Mapping) or not isinstance(partial, (list, tuple)):
            raise ValueError('a scheme looks like {"negative": {"MCQ": "1/3"}, "partial": ["MSQ"]}')
        if not isinstance(record.get("follow", False), bool):
            raise ValueError("'follow' is true or false")
        shares = {_kind(kind): _part(share, kind) for kind, share in negative.items()}
        return cls(shares, frozenset(map(_kind, partial)), record.get("follow", False))


def _kind(name: object) -> QuestionKind:
    if name not in tuple(QuestionKind):
        raise ValueError(f"there is no kind '{name}'; there are {', '.join(QuestionKind)}")
    return QuestionKind(str(name))


def _part(share: object, kind: object) -> Fraction:
    try:
        part = Fraction(str(share))
    except (ValueError, ZeroDivisionError) as problem:
        raise ValueError(f"{kind}: '{share}' is no fraction as 1/3") from problem
    if not 0 <= part <= 1:
        raise ValueError(f"{kind}: a share of the marks is between 0 and 1")
    return part


GATE = Scheme(negative={QuestionKind.MCQ: Fraction(1, 3)})
"""The GATE examination's rules: a wrong MCQ costs a third of its marks; no other kind costs anything or is split."""


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """What an answer earned. `outcome`: right, partial, wrong, blank, unreadable, to_all or unmarked (an essay)."""

    marks: Fraction
    outcome: str
    misconception: WrongAnswer | None = None
    message: str = ""


def mark(
    question: Question, answer: str | None, scheme: Scheme = GATE, *, to_all: bool = False, decimal_comma: bool = False
) -> MarkedAnswer:
    """The marks for an answer as text. `to_all`: the question was withdrawn, everybody gets its marks.

    `decimal_comma`: see `read`.
    """
    full = Fraction(question.marks)
    if to_all:
        return MarkedAnswer(full, "to_all")
    if question.kind == QuestionKind.ESSAY:
        return MarkedAnswer(Fraction(0), "unmarked", message="Read by a person, against the rubric.")
    if answer is None or not answer.strip():
        return MarkedAnswer(Fraction(0), "blank")
    try:
        given = read(question, answer, decimal_comma=decimal_comma)
    except UnreadableAnswer as problem:
        return MarkedAnswer(Fraction(0), "unreadable", message=str(problem))
    share = _share(question, given)
    if share == 1:
        return MarkedAnswer(full, "right")
    found = diagnose(question, given)
    if share > 0 and question.kind in scheme.partial:
        return MarkedAnswer(full * share, "partial", found)
    return MarkedAnswer(-full * scheme.negative.get(question.kind, Fraction(0)), "wrong", found)


def followed(question: Question, answer: str, earlier: Question, typed: str, *, decimal_comma: bool = False) -> bool:
    """Whether this answer follows rightly from the one to the earlier part, which both can be read."""
    try:
        x = read(earlier, typed, decimal_comma=decimal_comma)
        given = read(question, answer, decimal_comma=decimal_comma)
    except UnreadableAnswer:
        return False
    assert question.follow
    return bool(given == expression.evaluate(expression.parse(question.follow[1]), {"x": x}))


def _share(question: Question, given: Any) -> Fraction:
    """The part of the answer that is right, 0 … 1."""
    key = question.answer
    if question.kind == QuestionKind.NAT and question.range:
        return Fraction(question.range[0] <= given <= question.range[1])
    if question.kind == QuestionKind.MATRIX:
        return _matrix_share(key, given)
    if question.kind == QuestionKind.EXPRESSION:
        return Fraction(expression.equal(given, expression.parse(key)))
    if question.kind == QuestionKind.MSQ:
        return Fraction(0) if set(given) - set(key) else Fraction(len(given), len(key))
    if question.kind == QuestionKind.MATCH:
        return Fraction(sum(given[item] == option for item, option in key.items()), len(key))
    if question.kind == QuestionKind.ORDER:
        return _order_share(key, given)
    return Fraction(given == key)


def _order_share(key: list[str], given: list[str]) -> Fraction:
    """The part of the neighbours that stand as they should."""
    follows = set(pairwise(given))
    return Fraction(sum(pair in follows for pair in pairwise(key)), len(key) - 1)


def _matrix_share(key: Any, given: list[Any]) -> Fraction:
    if shape(key) != shape(given):
        return Fraction(0)
    cells = [(k, g) for keys, row in zip(rows_of(key), given, strict=True) for k, g in zip(keys, row, strict=True)]
    return Fraction(sum(_near(k, g) for k, g in cells), len(cells))


def _near(key: int | Fraction, given: Fraction) -> bool:
    """Exactly, or to three places where the key is no terminating decimal of three places."""
    return given == key or ((Fraction(key) * 1000).denominator > 1 and abs(given - key) <= PLACES)


def diagnose(question: Question, given: Any) -> WrongAnswer | None:
    """The first misconception that gives this answer; `given` as `read` returns it."""
    return next((entry for entry in question.misconceptions if _explains(question, entry.value, given)), None)


def _explains(question: Question, value: Any, given: Any) -> bool:
    match question.kind:
        case QuestionKind.MCQ:
            slug = next(option.misconception for option in question.options if option.key == given)
            return value == given or (slug is not None and _option_value(question, slug) == value)
        case QuestionKind.NAT:
            low, high = question.range or (Fraction(0), Fraction(0))
            return bool(abs(Fraction(value) - given) <= (high - low) / 2)
        case QuestionKind.MATRIX:
            return _matrix_share(exact(value), given) == 1
        case QuestionKind.EXPRESSION:
            return expression.equal(given, expression.parse(value))
        case QuestionKind.MSQ:
            return value in given
        case QuestionKind.MATCH:
            return bool(value.items() <= given.items())
        case _:
            return bool(value == given)


def _option_value(question: Question, slug: str) -> Any:
    return next((entry.value for entry in question.misconceptions if entry.slug == slug), None)


def total(marks: Iterable[MarkedAnswer]) -> Fraction:
    """The exact sum."""
    return sum((entry.marks for entry in marks), Fraction(0))
