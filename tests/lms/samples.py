"""Questions of every generator and kind, and questions whose text is hard to write in any format."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from generators.build import build
from generators.model import Option, Picture, Question, QuestionKind, WrongAnswer
from generators.paper import Paper
from generators.registry import load, slugs

TOOLS = Path(__file__).parents[2] / ".lms"
"""Where .ci/run puts readers of other people's."""

NASTY = "a<b & c>d ]]> {x} ~y =z #1 : \\n \\( 50 % -> “é” [html] ::t:: // **bold** `c*d{}` |"
"""Everything that some format gives a meaning to."""


@cache
def questions(seeds: int = 3) -> tuple[Question, ...]:
    """Every generator as every kind it has."""
    built = (build(slug, seed, kind) for slug in slugs() for kind in load(slug).kinds for seed in range(seeds))
    return (*built, ZERO, THIRD)


def paper(chosen: tuple[Question, ...], title: str = "Sample") -> Paper:
    """The questions as one paper."""
    return Paper(title, 7, chosen)


def _of(kind: QuestionKind) -> Question:
    return next(question for question in questions(1) if question.kind == kind)


def nasty(kind: QuestionKind) -> Question:
    """A question of this kind that has the hard text wherever there is text."""
    plain = _of(kind)
    return replace(
        plain,
        prompt=f"{NASTY}\n\n| a | b |\n|---|--:|\n| $x<y$ | {{1:NUMERICAL:=3:0}} |\n\n```\nx = {{1}} # ~\n```",
        options=tuple(replace(option, text=f"{option.key} {NASTY}") for option in plain.options),
        items=tuple(replace(item, text=f"{item.key} {NASTY}") for item in plain.items),
        solution=(NASTY, "$\\begin{bmatrix} 1 & -2 \\\\ 3 & 4 \\end{bmatrix}$"),
        misconceptions=tuple(replace(slip, why=f"{NASTY} {slip.why}") for slip in plain.misconceptions),
        picture=Picture('<svg xmlns="http://www.w3.org/2000/svg"><title>]]&gt;</title></svg>', f'"{NASTY}"'),
        rubric=tuple(replace(criterion, idea=NASTY) for criterion in plain.rubric),
        topic="a/b & <c>",
    )


def _number(answer: Fraction, *slips: int | Fraction) -> Question:
    return Question(
        "by_hand", 1, 0, {}, QuestionKind.NAT, 1, "numbers", "Apply", "beginner", 1.0, "How many?", (), answer,
        (answer, answer), (f"Answer: {answer}.",),
        tuple(WrongAnswer(value, f"slip-{i}", f"This is slip {i}.") for i, value in enumerate(slips)),
    )  # fmt: skip


ZERO = _number(Fraction(0), 3, Fraction(-1, 8))
THIRD = _number(Fraction(1, 3), Fraction(2, 3), 3)


def mixed() -> Question:
    """A selection with three right options of five: shares that no decimal says exactly."""
    lines = tuple(Option(key, f"line {key}", key in "ACE", None if key in "ACE" else "slip") for key in "ABCDE")
    return replace(
        _of(QuestionKind.MSQ), options=lines, answer=["A", "C", "E"],
        misconceptions=tuple(WrongAnswer(key, "slip", f"{key} is wrong.") for key in "BD"),
    )  # fmt: skip
