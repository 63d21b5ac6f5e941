"""Answers as learners type them. What can be read in two ways is an `UnreadableAnswer` with advice, never guessed."""

from __future__ import annotations

import re
from typing import Any

from . import expression
from .matrices import read_matrix, rows_of, shape
from .model import Question, QuestionKind
from .numerals import UnreadableAnswer, number_in_formula, numeral, tidy, without_unit, written

__all__ = ["UnreadableAnswer", "read", "rows_of", "shape", "told"]

LONGEST = 10_000
"""Characters of an answer."""


def read(question: Question, answer: str, *, decimal_comma: bool = False) -> Any:
    """The answer in the form that `mark` compares: a key, keys, a number, rows of numbers, pairs or a formula's tree.

    `decimal_comma`: a comma stands before decimals, as in files whose columns are separated otherwise.

    Raises:
        UnreadableAnswer: if it has another form, or can be read in two ways.
    """
    if len(answer) > LONGEST:
        raise UnreadableAnswer(f"the answer is longer than {LONGEST} characters")
    match question.kind:
        case QuestionKind.MCQ:
            return _keys(question, answer, count=1)[0]
        case QuestionKind.MSQ:
            return sorted(set(_keys(question, answer)))
        case QuestionKind.ORDER:
            keys = _keys(question, answer, count=len(question.options))
            if len(set(keys)) < len(keys):
                raise UnreadableAnswer("each option has one place")
            return keys
        case QuestionKind.NAT:
            return numeral(without_unit(tidy(answer), question.unit), decimal_comma)
        case QuestionKind.MATRIX:
            return read_matrix(answer, question.answer, decimal_comma)
        case QuestionKind.MATCH:
            return _pairs(question, answer)
        case QuestionKind.EXPRESSION:
            return _formula(question, answer, decimal_comma)
    raise UnreadableAnswer("this kind is not read by the program")


# ---------------------------------------------------------------- formulas

SIDE = "two numbers stand side by side: write * between them"
AFTER_SLASH = "after a / it is not clear what is divided: write (1/2)*C or 1/(2*C) for 1/2C"
MIXED = "a whole number before a fraction can be read in two ways: write one fraction, as 3/2 for 1 1/2"
_MIXED = re.compile(r"(?<![\w.,/^])\d+ +\d+/\d+|\d *\(\(\d+\)/\(\d+\)\)", re.ASCII)
_GROUPS = re.compile(r"(?<![\w.,/^])[1-9]\d{0,2}(?: \d{3})+(?!\d)", re.ASCII)
_SIDE_BY_SIDE = re.compile(r"(?<![\w.,/^])[\d.,]+ +[\d.,]", re.ASCII)
_DIVIDED = re.compile(r"/ *(?:\d[\d.,]*|[A-Za-z]\w*|\([^()]*\))(?=[A-Za-z(])|/ *\([^()]*\)(?=\d)", re.ASCII)
_NAME_OR_NUMBER = re.compile(r"[A-Za-z]\w*|[\d.,']+", re.ASCII)
_ROUND = str.maketrans("[]{}", "()()")


def _formula(question: Question, typed: str, decimal_comma: bool) -> expression.Tree:
    """A formula in the names of the question; others cannot be right."""
    text = tidy(typed, formula=True).strip().removeprefix("=").translate(_ROUND)
    text = _GROUPS.sub(lambda found: found[0].replace(" ", ""), text)
    for pattern, problem in ((_MIXED, MIXED), (_SIDE_BY_SIDE, SIDE), (_DIVIDED, AFTER_SLASH)):
        if pattern.search(text):
            raise UnreadableAnswer(problem)
    try:
        tree = expression.parse(_NAME_OR_NUMBER.sub(lambda part: number_in_formula(part[0], decimal_comma), text))
    except expression.ExpressionError as problem:
        raise UnreadableAnswer(str(problem)) from problem
    formulas = [question.answer, *(entry.value for entry in question.misconceptions)]
    known = {name for formula in formulas for name in expression.names(expression.parse(formula))}
    if unknown := expression.names(tree) - known:
        raise UnreadableAnswer(f"unknown name {sorted(unknown)[0]}; use {', '.join(sorted(known))}")
    return tree


# ---------------------------------------------------------------- options

FROM_TO = "a dash can mean and, or from … to: write all letters, as A C"
_BETWEEN = re.compile(r"[^\w\s,.;:()\[\]{}>→+-]")
_WORDS = re.compile(r"\b(?:(?:the|answers?|options?|choices?|letters?|is|are)\b:?)|\b(?:and|then)\b|&", re.IGNORECASE)


def _keys(question: Question, typed: str, count: int | None = None) -> list[str]:
    """A · (b) · Option C · A and C · AC · B > A > C"""
    known = [option.key for option in question.options]
    text = _WORDS.sub(" ", tidy(typed)).replace("?", " " if question.kind == QuestionKind.ORDER else "?")
    if question.kind == QuestionKind.MSQ and re.search(r"\w\W*-\W*\w", text):
        raise UnreadableAnswer(FROM_TO)
    words = re.findall(r"\w+", text)
    keys = [key for word in words for key in ([word] if word in known else word.upper())]
    twice = count is None and any(len(set(word.upper())) < len(word) for word in words if word not in known)
    if not keys or not set(keys) <= set(known) or len(keys) > len(known) or twice or _BETWEEN.search(text):
        raise UnreadableAnswer(f"answer with {', '.join(sorted(known))}")
    if count is not None and len(keys) != count:
        raise UnreadableAnswer("answer with one option" if count == 1 else f"answer with all {count} options in order")
    return keys


_PAIR = re.compile(r"\(?([A-Za-z])\W{0,3}?(\d+)\)?", re.ASCII)


def _pairs(question: Question, typed: str) -> dict[str, str]:
    """P-2, Q-1, …"""
    text = tidy(typed).replace("→", "-")
    pairs = _PAIR.findall(text)
    given = {left.upper(): right for left, right in pairs}
    items, options = {item.key for item in question.items}, {option.key for option in question.options}
    odd = re.search(r"[^\W_]", _PAIR.sub(" ", _WORDS.sub(" ", text)))
    if odd or len(given) != len(pairs) or set(given) != items or not set(given.values()) <= options:
        raise UnreadableAnswer(f"answer like {', '.join(f'{key}-1' for key in sorted(items))}")
    return given


# ---------------------------------------------------------------- how it was read


def told(question: Question, typed: str, given: Any) -> str:
    """How an answer was read, for the learner to see before it counts; empty where it says just that itself."""
    text = said(question, given)
    if question.kind == QuestionKind.NAT and _FRACTION.fullmatch(typed.strip()):
        return ""
    return "" if _bare(text.removesuffix(f" {question.unit}")) == _bare(typed.removesuffix(question.unit)) else text


def said(question: Question, given: Any) -> str:
    """What `read` returned, in one spelling: 460800 · 1 2; 3 4 · 18*C^2 · A, C."""
    match question.kind:
        case QuestionKind.NAT:
            return written(given) + f" {question.unit}".rstrip()
        case QuestionKind.MATRIX:
            return "; ".join(" ".join(map(written, row)) for row in given)
        case QuestionKind.EXPRESSION:
            return expression.written(given)
        case QuestionKind.MATCH:
            return ", ".join(f"{item}-{option}" for item, option in given.items())
    return given if isinstance(given, str) else ", ".join(given)


_FRACTION = re.compile(r"[-−+]?\d+/\d+", re.ASCII)
_SAME = ((r"\]\s*,?\s*\[", ";"), (r"[()\[\]*·\"]", ""), (r",?\s+", " "), (r" ?([-+/^;]) ?", r"\1"))


def _bare(text: str) -> str:
    """Without what does not change the meaning."""
    text = text.replace("−", "-").strip()
    for pattern, plain in _SAME:
        text = re.sub(pattern, plain, text)
    return text.strip().upper()
