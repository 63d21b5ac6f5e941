"""What makes parallel forms equal: the same demand at a place, and no question that gives another one's answer away."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .authoring import Ask, Match, Which
from .leaks import steps_of
from .model import Question
from .registry import load

DEMAND = ("ask", "mode", "task", "unit", "block")
"""Parameters that say what is asked of a learner; the others are the numbers it is asked with."""
SLIPS = ("ask", "wrong")
"""Parameters without which a question shows the same: what is asked about it, and which of its lines is wrong."""
LARGE = 1000
"""From here on the same number in two questions is no accident."""


def demand(question: Question) -> tuple[object, ...]:
    """What a question asks for, whatever its numbers."""
    fixed = tuple((name, question.params[name]) for name in DEMAND if name in question.params)
    return (question.generator, question.kind, question.marks, fixed)


def identity(slug: str, params: dict[str, Any] | Any) -> str:
    """Equal for variants that ask the same, whatever their kind, options and parameters that the text does not show."""
    body = load(slug)(**params)
    match body:
        case Ask():
            return f"{slug} {body.prompt}"
        case Which():
            return f"{slug} {body.prompt} {sorted(line.text for line in body.lines)}"
        case Match():
            return f"{slug} {body.prompt} {sorted(body.pairs.items())}"
    return f"{slug} {body.prompt} {sorted(getattr(body, 'lines', ()))}"


@dataclass(frozen=True, slots=True)
class Traces:
    """What a question tells and asks. `same`: in no other question; `facts`: lines, pairs that are right or wrong."""

    same: frozenset[str]
    facts: frozenset[str]
    shown: frozenset[float]
    answer: float | None

    def betrays(self, other: Traces) -> bool:
        """Whether one of the two helps to answer the other."""
        told = {self.answer} & other.shown | {other.answer} & self.shown
        return bool(self.same & other.same or self.facts & other.facts or told)


def traces(question: Question) -> Traces:
    """Of this question."""
    body = load(question.generator)(**question.params)
    scene = sorted((name, str(value)) for name, value in question.params.items() if name not in SLIPS)
    same = {identity(question.generator, question.params), f"{question.generator} {scene}"}
    facts: set[str] = set()
    if isinstance(body, Which) and not body.fixed and "picked" in question.params:
        facts = {line.text for line in body.lines}
    if isinstance(body, Match):
        facts = {f"{left}: {right}" for left, right in body.pairs.items()}
    return Traces(frozenset(same), frozenset(facts), frozenset(steps_of(question.prompt)), _number(body))


def _number(body: Any) -> float | None:
    """The answer, where it is a number that no other question has by accident."""
    if not isinstance(body, Ask) or not isinstance(body.key, (int, Fraction)):
        return None
    return float(body.key) if abs(Fraction(body.key)) >= LARGE else None


@dataclass(slots=True)
class DrawnSoFar:
    """What the questions drawn so far tell."""

    same: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    shown: set[float] = field(default_factory=set)
    answers: set[float] = field(default_factory=set)

    def free(self, new: Traces, *, strict: bool) -> bool:
        """Whether a question may join: it shows nothing again and, if `strict`, betrays nothing."""
        if self.same & new.same:
            return False
        betrayed = new.answer in self.shown or self.answers & new.shown or self.facts & new.facts
        return not (strict and betrayed)

    def add(self, new: Traces) -> None:
        """Remember a question."""
        self.same |= new.same
        self.facts |= new.facts
        self.shown |= new.shown
        self.answers |= {new.answer} if new.answer is not None else set()


def equal_demand(forms: list[list[Question]]) -> list[int]:
    """The places, from 1, at which forms ask different things."""
    rows = zip(*forms, strict=True)
    return [place for place, row in enumerate(rows, 1) if len({demand(question) for question in row}) > 1]


def betrayals(questions: list[Question]) -> list[tuple[int, int]]:
    """Pairs of questions, counted from 1, one of which helps to answer the other; parts with one stem do not count."""
    found = [traces(question) for question in questions]
    pairs = ((i, j) for j in range(len(found)) for i in range(j) if found[i].betrays(found[j]))
    return [(i + 1, j + 1) for i, j in pairs if not parts_of_one(questions[i], questions[j])]


def parts_of_one(one: Question, other: Question) -> bool:
    """Whether both are different parts with the same stem."""
    return (one.generator == other.generator and bool(load(one.generator).parts)
            and one.params["ask"] != other.params["ask"]
            and {**one.params, "ask": ""} == {**other.params, "ask": ""})  # fmt: skip
