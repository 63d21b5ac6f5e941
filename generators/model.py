"""The question: plain data that every exporter, the marker and the gradebook understand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import Any


class QuestionKind(StrEnum):
    """How a question is answered.

    MCQ: one option. MSQ: all right options, at least one. NAT: a number in a closed interval. MATRIX: a matrix or
    vector. EXPRESSION: a formula. ORDER: all options in order. MATCH: an option for each item. ESSAY: text, read by a
    person.
    """

    MCQ = "MCQ"
    MSQ = "MSQ"
    NAT = "NAT"
    MATRIX = "MATRIX"
    EXPRESSION = "EXPRESSION"
    ORDER = "ORDER"
    MATCH = "MATCH"
    ESSAY = "ESSAY"


BLOOM = ("Remember", "Understand", "Apply", "Analyze", "Evaluate", "Create")
DIFFICULTY = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True, slots=True)
class Option:
    """One line to choose. `correct` is None where being right is not a property of the line (ORDER, MATCH)."""

    key: str
    text: str
    correct: bool | None = None
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Premise:
    """The left side of a MATCH question."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A wrong answer with a name: what it gives here, and what to tell the learner."""

    value: Any
    slug: str
    why: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that belongs to the prompt: one `<svg>` element, and what it shows in words. Neither holds the answer.

    The prompt with `alt` is enough to answer without seeing the drawing.
    """

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Partial:
    """What earns a part of a criterion's marks."""

    marks: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of a rubric: the idea that earns these marks, other wordings for it, what earns a part of the marks."""

    name: str
    marks: Fraction
    idea: str
    accept: tuple[str, ...] = ()
    partial: tuple[Partial, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One variant. `generator`, `version`, `seed`, `params` and `kind` are enough to make it again.

    `answer`: MCQ a key; MSQ sorted keys; NAT a number; MATRIX nested lists of numbers; EXPRESSION a formula in the
    grammar of `expression.py`; ORDER keys; MATCH item key → option key; ESSAY the points of a model answer. Numbers are
    int or Fraction. `range`: the closed interval of accepted numbers of a NAT. `minutes`: estimated working time.
    `rubric`: what earns the marks of an ESSAY; its `misconceptions` are wrong claims, each with the reason.
    `unit`: of the number that a NAT asks for. `follow`: the part (`ask`) of the same stem whose answer x this one is
    computed from, and the formula in x.
    """

    generator: str
    version: int
    seed: int
    params: Mapping[str, Any]
    kind: QuestionKind
    marks: int
    topic: str
    bloom: str
    difficulty: str
    minutes: float
    prompt: str
    options: tuple[Option, ...]
    answer: Any
    range: tuple[Fraction, Fraction] | None
    solution: tuple[str, ...]
    misconceptions: tuple[WrongAnswer, ...]
    items: tuple[Premise, ...] = ()
    picture: Picture | None = None
    rubric: tuple[Criterion, ...] = ()
    unit: str = ""
    follow: tuple[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Only dicts, lists, strings, ints, floats, booleans and None; exact (see `plain`)."""
        return {name: plain(getattr(self, name)) for name in _FIELDS}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Question:
        """The question again, with exact numbers.

        Raises:
            KeyError, TypeError, ValueError: if the record is no question.
        """
        data = {name: record[name] for name in _FIELDS if name in record}
        kind = QuestionKind(data["kind"])
        numeric = kind in (QuestionKind.NAT, QuestionKind.MATRIX)
        return cls(
            **data
            | {
                "kind": kind,
                "answer": exact(data["answer"]) if numeric else data["answer"],
                "range": data["range"] and tuple(exact(data["range"])),
                "options": tuple(Option(**option) for option in data["options"]),
                "items": tuple(Premise(**item) for item in data.get("items", ())),
                "solution": tuple(data["solution"]),
                "follow": tuple(data["follow"]) if data.get("follow") else None,
                "misconceptions": tuple(_misconception(entry, kind) for entry in data["misconceptions"]),
                "picture": Picture(**data["picture"]) if data.get("picture") else None,
                "rubric": tuple(map(_criterion, data.get("rubric", ()))),
            }
        )


_FIELDS = tuple(field.name for field in fields(Question))
_AS_THEY_ARE = {str, bool, int, float, type(None)}
_RECORDS = {
    cls: tuple(field.name for field in fields(cls))
    for cls in (Option, Premise, WrongAnswer, Picture, Partial, Criterion)
}


def _misconception(entry: Mapping[str, Any], kind: QuestionKind) -> WrongAnswer:
    numeric = kind in (QuestionKind.MCQ, QuestionKind.NAT, QuestionKind.MATRIX)
    return WrongAnswer(exact(entry["value"]) if numeric else entry["value"], entry["slug"], entry["why"])


def _criterion(entry: Mapping[str, Any]) -> Criterion:
    partial = tuple(Partial(exact(part["marks"]), part["text"]) for part in entry["partial"])
    return Criterion(entry["name"], exact(entry["marks"]), entry["idea"], tuple(entry["accept"]), partial)


def plain(value: Any) -> Any:
    """As JSON: a Fraction becomes an int or a decimal where that is exact, otherwise the string "p/q"."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind in _RECORDS:
        return {name: plain(getattr(value, name)) for name in _RECORDS[kind]}
    if kind is Fraction:
        return _number(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    return [plain(entry) for entry in value]


def _number(value: Fraction) -> int | float | str:
    if value.denominator == 1:
        return value.numerator
    decimal = float(value)
    return decimal if Fraction(repr(decimal)) == value else f"{value.numerator}/{value.denominator}"


def exact(value: Any) -> Any:
    """The inverse of `plain` for numbers and lists of numbers; other text is left as it is."""
    if isinstance(value, bool) or value is None or isinstance(value, (int, Fraction)):
        return value
    if isinstance(value, float):
        return Fraction(repr(value))
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            return value
    return [exact(entry) for entry in value]
