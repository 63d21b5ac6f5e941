"""What one person earned on a paper: per question, per topic, per misconception."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .marking import GATE, MarkedAnswer, Scheme, followed, mark, total
from .model import WrongAnswer
from .paper import Paper


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a paper: marks earned of those possible, questions right of those asked."""

    name: str
    marks: Fraction
    possible: int
    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """A paper with the marks of each question, in its order."""

    paper: Paper
    marks: tuple[MarkedAnswer, ...]

    @property
    def total(self) -> Fraction:
        """The exact sum; with negative marking it may be below zero."""
        return total(self.marks)

    def count(self, *outcomes: str) -> int:
        """How many questions have one of these outcomes (see `MarkedAnswer`)."""
        return sum(entry.outcome in outcomes for entry in self.marks)

    def by_topic(self) -> list[Share]:
        """One share a topic, in the paper's order."""
        topics = dict.fromkeys(question.topic for question in self.paper.questions)
        return [self._share(topic) for topic in topics]

    def _share(self, topic: str) -> Share:
        pairs = [(q, m) for q, m in zip(self.paper.questions, self.marks, strict=True) if q.topic == topic]
        right = sum(m.outcome in ("right", "to_all") for _, m in pairs)
        return Share(topic, total(m for _, m in pairs), sum(q.marks for q, _ in pairs), right, len(pairs))

    def misconceptions(self) -> dict[str, list[tuple[int, WrongAnswer]]]:
        """Slug → the questions, from 1, whose answers it explains; the most frequent first."""
        found: dict[str, list[tuple[int, WrongAnswer]]] = {}
        for number, entry in enumerate(self.marks, 1):
            if entry.misconception:
                found.setdefault(entry.misconception.slug, []).append((number, entry.misconception))
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def mark_paper(
    paper: Paper,
    answers: Mapping[int, str],
    scheme: Scheme = GATE,
    *,
    to_all: Collection[int] = (),
    decimal_comma: bool = False,
) -> MarkedPaper:
    """Mark answers, given by the question's number from 1; those not given are blank. `decimal_comma`: see `read`."""
    marks = [
        mark(question, answers.get(number), scheme, to_all=number in to_all, decimal_comma=decimal_comma)
        for number, question in enumerate(paper.questions, 1)
    ]
    if scheme.follow:
        marks = [_carried_on(paper, number, answers, marks, decimal_comma) for number in range(1, len(marks) + 1)]
    return MarkedPaper(paper, tuple(marks))


def _carried_on(
    paper: Paper, number: int, answers: Mapping[int, str], marks: Sequence[MarkedAnswer], decimal_comma: bool
) -> MarkedAnswer:
    """A wrong answer that follows rightly from the one to an earlier part is right."""
    question, result = paper.questions[number - 1], marks[number - 1]
    if result.outcome != "wrong" or not question.follow:
        return result
    wanted = {**question.params, "ask": question.follow[0]}
    for other, earlier in enumerate(paper.questions, 1):
        same = earlier.generator == question.generator and earlier.params == wanted
        if same and followed(question, answers[number], earlier, answers.get(other, ""), decimal_comma=decimal_comma):
            said = f"Follows from your answer to question {other}."
            return MarkedAnswer(Fraction(question.marks), "right", message=said)
    return result


def mixed(value: Fraction | int) -> str:
    """For the reader: 17 1/3 · −2/3 · 4."""
    whole, rest = divmod(abs(Fraction(value)), 1)
    parts = [str(whole)] * bool(whole or not rest) + [str(rest)] * bool(rest)
    return "−" * (value < 0) + " ".join(parts)


def decimal(value: Fraction | int) -> str:
    """For programs and spreadsheets: at most four decimals, halves away from zero."""
    scaled = abs(Fraction(value)) * 10_000
    units = int(scaled + Fraction(1, 2))
    text = f"{units // 10_000}.{units % 10_000:04}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and units else text


def titled(slug: str) -> str:
    """A misconception's name as words."""
    return slug.replace("-", " ")


def as_record(value: Fraction) -> dict[str, Any]:
    """Exact and rounded."""
    return {"exact": str(value), "decimal": float(decimal(value))}
