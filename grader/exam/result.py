"""What an exam came to: its marks by the rules of `grade quiz mark`, and what to practise."""

from __future__ import annotations

from dataclasses import dataclass

from generators.model import WrongAnswer
from generators.results import MarkedPaper, Share, mark_paper

from .state import Exam


@dataclass(frozen=True, slots=True)
class ToPractise:
    """A topic that lost marks, and the named mistakes made in it, each with the questions it explains."""

    share: Share
    mistakes: tuple[tuple[WrongAnswer, tuple[int, ...]], ...]


def marked(exam: Exam) -> MarkedPaper:
    """The paper with the marks of each question; only what was in time counts."""
    return mark_paper(exam.paper, exam.given, decimal_comma=exam.decimal_comma)


def possible(sheet: MarkedPaper) -> int:
    """The marks of the questions that the program marks; a person gives those of essays."""
    pairs = zip(sheet.paper.questions, sheet.marks, strict=True)
    return sum(question.marks for question, entry in pairs if entry.outcome != "unmarked")


def to_practise(sheet: MarkedPaper) -> list[ToPractise]:
    """The topics that lost marks, the smallest share of them first; essays, which a person reads, lost none yet."""
    lost = [share for share in sheet.by_topic() if share.marks < share.possible and _machine_marked(sheet, share)]
    ordered = sorted(lost, key=lambda share: share.marks / share.possible)
    return [ToPractise(share, _mistakes(sheet, share.name)) for share in ordered]


def _machine_marked(sheet: MarkedPaper, share: Share) -> bool:
    pairs = zip(sheet.paper.questions, sheet.marks, strict=True)
    return any(question.topic == share.name and entry.outcome != "unmarked" for question, entry in pairs)


def _mistakes(sheet: MarkedPaper, topic: str) -> tuple[tuple[WrongAnswer, tuple[int, ...]], ...]:
    questions = sheet.paper.questions
    found = []
    for cases in sheet.misconceptions().values():
        here = [(number, wrong) for number, wrong in cases if questions[number - 1].topic == topic]
        if here:
            found.append((here[0][1], tuple(number for number, _ in here)))
    return tuple(found)
