"""How an answer was read, in words for the candidate; the key is not looked at."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from generators.model import Question, QuestionKind
from generators.reading import UnreadableAnswer, read

TYPED = (QuestionKind.NAT, QuestionKind.MATRIX, QuestionKind.EXPRESSION)
MINUS_ONE = ("number", Fraction(-1))
MOST_PLACES = 12
WHOLE = (QuestionKind.ORDER, QuestionKind.MATCH)


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """`sound`: whether it can be marked as it stands. `text` is '' where there is nothing to say."""

    sound: bool
    text: str = ""


def reading_of(question: Question, answer: str, *, decimal_comma: bool = False) -> AnswerReading:
    """What is understood of what was typed; choices, which look as they are, say nothing."""
    if not answer.strip() or question.kind not in (*TYPED, *WHOLE):
        return AnswerReading(True)
    if question.kind == QuestionKind.MATRIX and "?" in answer:
        return AnswerReading(False, "Every cell needs one number.")
    try:
        value = read(question, answer, decimal_comma=decimal_comma)
    except UnreadableAnswer as problem:
        return AnswerReading(False, f"This cannot be read: {problem}.")
    if question.kind in WHOLE:
        return AnswerReading(True)
    return AnswerReading(True, f"Read as {_in_words(question, value, answer)}.")


def _in_words(question: Question, value: Any, answer: str) -> str:
    if question.kind == QuestionKind.NAT:
        return plain_number(value, about=True)
    if question.kind == QuestionKind.MATRIX:
        return "; ".join(" ".join(plain_number(entry) for entry in row) for row in value)
    return _formula(value)


def _formula(tree: Any) -> str:
    """With every product's sign, and brackets wherever they say what belongs together."""
    sign, *rest = tree
    if sign == "number":
        return plain_number(rest[0])
    if sign == "name":
        return str(rest[0])
    if sign == "^":
        return f"{_inner(rest[0], '+*/^')}^{rest[1] if rest[1] >= 0 else f'({rest[1]})'}"
    left, right = rest
    if sign == "+":
        minus = right[0] == "*" and right[1] == MINUS_ONE
        return f"{_formula(left)} − {_inner(right[2], '+')}" if minus else f"{_formula(left)} + {_formula(right)}"
    if sign == "*" and left == MINUS_ONE:
        return f"−{_inner(right, '+')}"
    before, after = ("+/", "+/") if sign == "*" else ("+", "+*/")
    return f"{_inner(left, before)} {'·' if sign == '*' else '/'} {_inner(right, after)}"


def _inner(tree: Any, brackets: str) -> str:
    text = _formula(tree)
    return f"({text})" if tree[0] in brackets else text


def plain_number(value: Fraction | int, *, about: bool = False) -> str:
    """All its decimals where they end, otherwise the fraction, and `about` what it is: 0.125 · −1/3 ≈ −0.3333."""
    exact = Fraction(value)
    sign, size = "−" if exact < 0 else "", abs(exact)
    places = next((n for n in range(MOST_PLACES + 1) if (size * 10**n).denominator == 1), None)
    if places is None:
        return f"{sign}{size.numerator}/{size.denominator}" + (f" ≈ {sign}{float(size):.4g}" if about else "")
    whole, rest = divmod(int(size * 10**places), 10**places)
    return f"{sign}{whole:,}" + (f".{rest:0{places}}" if places else "")
