"""Texts that all formats for people share. Texts are Markdown with TeX between dollar signs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..authoring import number, table
from ..model import Option, Question, QuestionKind, WrongAnswer
from ..paper import Paper

HOW = {
    QuestionKind.MCQ: "one option; wrong: −1/3 of the marks",
    QuestionKind.MSQ: "all right options and no other",
    QuestionKind.NAT: "a number, as 1792 or 0.5",
    QuestionKind.MATRIX: "a matrix, row by row",
    QuestionKind.EXPRESSION: "a formula",
    QuestionKind.ORDER: "all options in order",
    QuestionKind.MATCH: "an option for each item",
    QuestionKind.ESSAY: "a text",
}


def summary(paper: Paper) -> str:
    """How long and how large the paper is, and how to get it again."""
    count, about = len(paper.questions), "" if paper.allowed else "about "
    return (f"{count} question{'s' * (count > 1)}, {paper.marks} mark{'s' * (paper.marks > 1)}, {about}"
            f"{paper.minutes:g} minutes. {origin(paper)}. GATE-style: only wrong MCQs cost marks.")  # fmt: skip


def origin(paper: Paper) -> str:
    """The seed, and which one of several papers it is."""
    return f"Seed {paper.seed}" + f", form {paper.form}" * (paper.form > 1)


def marks(question: Question) -> str:
    """1 mark, 2 marks."""
    return f"{question.marks} mark{'s' * (question.marks > 1)}"


def criteria(question: Question) -> list[str]:
    """A rubric's lines: marks and idea, other wordings, what earns a part."""
    return [f"{entry.marks} · {entry.idea}"
            + f" (also: {'; '.join(entry.accept)})" * bool(entry.accept)
            + "".join(f" — {part.marks} of it for: {part.text}" for part in entry.partial)
            for entry in question.rubric]  # fmt: skip


def explained(question: Question) -> list[tuple[str, WrongAnswer]]:
    """The wrong answers with a name: how each looks, and what explains it.

    Of an MCQ only its options; of a MATCH none, as there is one for each wrong pair.
    """
    if question.kind == QuestionKind.MATCH:
        return []
    if question.kind in (QuestionKind.MCQ, QuestionKind.MSQ):
        return [(f"({option.key})", _entry(question, option)) for option in question.options if option.misconception]
    return [(shown(question, entry.value), entry) for entry in question.misconceptions]


def _entry(question: Question, option: Option) -> WrongAnswer:
    named = [entry for entry in question.misconceptions if entry.slug == option.misconception]
    return next((entry for entry in named if entry.value == option.key), named[0])


def shown(question: Question, value: Any) -> str:
    """An answer that is no option, as a learner would write it."""
    match question.kind:
        case QuestionKind.NAT:
            return number(Fraction(value), decimals_asked(question))
        case QuestionKind.MATRIX:
            return table(value)
        case QuestionKind.EXPRESSION:
            return f"`{value}`"
        case QuestionKind.ORDER:
            return ", ".join(value)
        case QuestionKind.MATCH:
            return ", ".join(f"{item}–{option}" for item, option in value.items())
    return str(value)


def decimals_asked(question: Question) -> int | None:
    """The decimals that a rounded number is asked for to: its interval is one unit of the last place to each side."""
    low, high = question.range or (0, 0)
    return len(str(Fraction(2) / Fraction(high - low))) - 1 if high > low else None


def wrong_title(question: Question) -> str:
    """The heading above the wrong answers."""
    if question.kind == QuestionKind.ESSAY:
        return "Often claimed, and wrong"
    options = question.kind in (QuestionKind.MCQ, QuestionKind.MSQ)
    return "Wrong options" if options else "Wrong answers and what explains them"


def asked_kinds(paper: Paper) -> list[tuple[str, str]]:
    """The kinds that occur in the paper, and how each is answered and marked."""
    kinds = {question.kind for question in paper.questions}
    return [(kind.value, how) for kind, how in HOW.items() if kind in kinds]
