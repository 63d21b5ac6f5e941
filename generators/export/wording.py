"""What learning platforms show around a question: its name, solution, rubric and what wrong answers mean, as HTML."""

from __future__ import annotations

import re
from functools import partial
from html import escape, unescape
from typing import Any

from ..authoring import number, table
from ..marking import GATE
from ..model import Criterion, Option, Question, QuestionKind
from .phrases import decimals_asked
from .rich_text import Math, inline

MULTIPLIED_OUT = "Write the formula multiplied out, with * for products and ^ for powers: `2*k^2 + 3*k + 1`."
AS_DECIMAL = "Type fractions as decimals with at least three places."
ROW_BY_ROW = "Type the rows one after another, with one space between entries and `; ` between rows: `1 2; 3 4`."


def name(question: Question, place: int) -> str:
    """Unique in its paper, and enough to make the question again."""
    return f"{place:04d} {question.generator} {question.kind} {question.seed}"


def labels(question: Question) -> list[str]:
    """Keywords: topic, Bloom level, difficulty, generator, kind."""
    return [question.topic, question.bloom, question.difficulty, question.generator, question.kind.value]


def option(entry: Option, math: Math, labelled: bool = True) -> str:
    """The option, with the letter that the solution calls it by."""
    return (f"({entry.key}) " if labelled else "") + inline(entry.text, math)


def solution(question: Question, math: Math) -> str:
    """The worked solution, or the model answer of an essay."""
    title = "Points of a good answer" if question.kind == QuestionKind.ESSAY else "Solution"
    return heading(title) + bullets([inline(step, math) for step in question.solution])


def why(question: Question, entry: Option) -> str:
    """The feedback for this option; empty where it is right."""
    named = [slip for slip in question.misconceptions if slip.slug == entry.misconception]
    return next((slip.why for slip in named if slip.value == entry.key), named[0].why) if named else ""


def mistakes(question: Question, math: Math) -> str:
    """Wrong answers and what they mean, for targets without feedback on a single wrong answer."""
    lines = [f"{inline(shown(question, slip.value), math)}: {inline(slip.why, math)}"
             for slip in question.misconceptions if question.kind != QuestionKind.MATCH]  # fmt: skip
    return heading("Frequent wrong answers") + bullets(lines) if lines else ""


def shown(question: Question, value: Any) -> str:
    """A wrong answer as Markdown."""
    if question.kind == QuestionKind.MATRIX:
        return table(value)
    if question.kind == QuestionKind.EXPRESSION:
        return f"`{value}`"
    if question.kind == QuestionKind.ORDER:
        return ", ".join(value)
    return str(value) if isinstance(value, str) else number(value, decimals_asked(question))


def rubric(question: Question, math: Math) -> str:
    """The rubric of an essay, for the person who marks it."""
    lines = [_criterion(entry, math) for entry in question.rubric]
    wrong = [f"{inline(slip.value, math)}: {inline(slip.why, math)}" for slip in question.misconceptions]
    return (
        heading("Rubric") + bullets(lines) + solution(question, math)
        + (heading("Wrong claims") + bullets(wrong) if wrong else "")
    )  # fmt: skip


def _criterion(entry: Criterion, math: Math) -> str:
    show = partial(inline, math=math)
    accept = [f"also: {show(text)}" for text in entry.accept]
    part = [f"{number(part.marks, 1)}: {show(part.text)}" for part in entry.partial]
    more = [*accept, *part]
    return f"<strong>{number(entry.marks, 1)}</strong> {show(entry.idea)}" + (bullets(more) if more else "")


def plain(markdown: str) -> str:
    """Without formatting, for fields that hold none; TeX stays as it is written."""
    return unescape(re.sub(r"<[^>]*>", "", inline(markdown, _as_text)))


def _as_text(tex: str, display: bool) -> str:
    return escape(tex, quote=False)


def heading(title: str) -> str:
    """A short line above a list."""
    return f"<p><strong>{title}</strong></p>"


def bullets(lines: list[str]) -> str:
    """A list of lines that are HTML."""
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def negative(question: Question) -> bool:
    """Whether a wrong answer costs marks."""
    return bool(GATE.negative.get(question.kind))
