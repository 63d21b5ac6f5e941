"""Answers as learners type them. What can be read in two ways is an `UnreadableAnswer` with advice, never guessed."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

from . import expression
from .model import Question, QuestionKind


class UnreadableAnswer(ValueError):
    """The answer has not the form that the question asks for; the message is for the learner."""


def read(question: Question, answer: str, *, decimal_comma: bool = False) -> Any:
    """The answer in the form that `mark` compares: a key, keys, a number, rows of numbers, pairs or a formula's tree.

    `decimal_comma`: every comma between digits is a decimal comma, as in files whose columns are separated otherwise.

    Raises:
        UnreadableAnswer: if it has another form, or can be read in two ways.
    """
    text = _digits(answer.strip())
    match question.kind:
        case QuestionKind.MCQ:
            return _keys(question, text, count=1)[0]
        case QuestionKind.MSQ:
            return sorted(set(_keys(question, text)))
        case QuestionKind.ORDER:
            keys = _keys(question, text, count=len(question.options))
            if len(set(keys)) < len(keys):
                raise UnreadableAnswer("each option has one place")
            return keys
        case QuestionKind.NAT:
            return _number(text, decimal_comma)
        case QuestionKind.MATRIX:
            return _matrix(question, text, decimal_comma)
        case QuestionKind.MATCH:
            return _pairs(question, text)
        case QuestionKind.EXPRESSION:
            return _formula(question, text, decimal_comma)
    raise UnreadableAnswer("this kind is not read by the program")


def _digits(text: str) -> str:
    """Digits of every script as 0 … 9: full-width, Arabic, Devanagari."""
    return "".join(str(int(character)) if character.isdecimal() else character for character in text)


def _formula(question: Question, text: str, decimal_comma: bool) -> expression.Tree:
    """A formula in the names of the question; others cannot be right, and would make the comparison expensive."""
    if _MIXED.search(text):
        raise UnreadableAnswer(MIXED)
    try:
        tree = expression.parse(_NAME_OR_NUMBER.sub(lambda part: _pointed(part[0], decimal_comma), text))
    except expression.ExpressionError as problem:
        raise UnreadableAnswer(str(problem)) from problem
    formulas = [question.answer, *(entry.value for entry in question.misconceptions)]
    known = {name for formula in formulas for name in expression.names(expression.parse(formula))}
    if unknown := expression.names(tree) - known:
        raise UnreadableAnswer(f"unknown name {sorted(unknown)[0]}; use {', '.join(sorted(known))}")
    return tree


def _keys(question: Question, text: str, count: int | None = None) -> list[str]:
    keys = re.findall(r"[A-Za-z0-9]", text.upper())
    known = {option.key for option in question.options}
    if not keys or not set(keys) <= known or len(keys) > len(known):
        raise UnreadableAnswer(f"answer with {', '.join(sorted(known))}")
    if count is not None and len(keys) != count:
        raise UnreadableAnswer("answer with one option" if count == 1 else f"answer with all {count} options in order")
    return keys


def _pointed(part: str, decimal_comma: bool) -> str:
    return _plain(part, decimal_comma) if "," in part else part


MIXED = "a whole number before a fraction can be read in two ways: write one fraction, as 3/2 for 1 1/2"
COMMAS = "the commas can be decimal points or stand between entries: write it as 0.5 2; 3 4, with points and spaces"
MATRIX = "a matrix looks like 1 2; 3 4 or [[1, 2], [3, 4]]"
LONGEST = 200
"""Characters of a number."""
_MIXED = re.compile(r"(^|[^\w.,/^])(\d+) +(\d+/\d+)", re.ASCII)
_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}(/\d{1,30})?")
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3}){1,9}(\.\d{1,30})?(/\d{1,30})?")
_SPACED = re.compile(r"^[-+]?[1-9]\d{0,2}( \d{3}){1,9}(?!\d)")
_NUMBER = re.compile(r"[-+]?(\d{1,30})?(\.\d{1,30})?(/\d{1,30})?")
_NAME_OR_NUMBER = re.compile(r"[A-Za-z]\w*|[\d.,]+", re.ASCII)
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")
_ANY_GAP = re.compile(r"[\s,]+")
_GAP = re.compile(r"(?:\s|(?<!\d),|,(?!\d))+")
_BRACKETS = str.maketrans('[]"', "   ")


def _number(text: str, decimal_comma: bool) -> Fraction:
    """28 · −1/3 · .5 · 0,125 · 1 792 · 1,210,000"""
    plain = _plain(text, decimal_comma)
    try:
        numerator, _, denominator = plain.partition("/")
        return Fraction(numerator) / Fraction(denominator or 1)
    except (ValueError, ZeroDivisionError) as problem:
        raise UnreadableAnswer(f"'{text[:40]}' is not a number") from problem


def _plain(text: str, decimal_comma: bool) -> str:
    """The number without spaces and commas, its decimals after a point.

    Without `decimal_comma`, 1,210 can be two numbers; 1,21 and 0,125 are decimals, as no group of thousands looks like
    that. 1,210,000 and 1,210.5 have groups of thousands with it as well.
    """
    if _MIXED.search(text.replace("+", " ")):
        raise UnreadableAnswer(MIXED)
    compact = _compact(text) if len(text) <= LONGEST else ""
    two_ways = _AMBIGUOUS.fullmatch(compact)
    if two_ways and not decimal_comma:
        pointed, whole = compact.replace(",", "."), compact.replace(",", "")
        raise UnreadableAnswer(f"'{text[:40]}' can be two numbers: write {pointed} or {whole}")
    if _GROUPED.fullmatch(compact) and not two_ways:
        compact = compact.replace(",", "")
    compact = _BETWEEN_DIGITS.sub(".", compact)
    if not _NUMBER.fullmatch(compact) or not any(map(str.isdigit, compact)):
        raise UnreadableAnswer(f"'{text[:40]}' is not a number")
    return compact


def _compact(text: str) -> str:
    """Without the spaces beside signs and between groups of thousands; other spaces separate numbers, and stay."""
    text = re.sub(r" *([-+/]) *", r"\1", text.replace("−", "-").strip())
    return _SPACED.sub(lambda groups: groups[0].replace(" ", ""), text)


def _matrix(question: Question, text: str, decimal_comma: bool) -> list[Any]:
    """Rows end with ; or a new line, entries are split by spaces or commas: 1 2; 3 4. Or JSON: [[1, 2], [3, 4]].

    Commas between two digits split entries as well, or none with `decimal_comma`. Where only the other reading gives
    the shape of the key, the answer is unreadable.
    """
    nested = text.startswith("[")
    bare = re.sub(r"\]\s*,\s*\[", ";", text).translate(_BRACKETS) if nested else text
    apart = _json_rows(text) if nested else _entries(text)
    together = _entries(bare, _GAP)
    first, second = (together, apart) if decimal_comma and not nested else (apart, together)
    wanted = shape(question.answer)
    if shape(first) != wanted == shape(second):
        _numbers(second, decimal_comma)  # raises what is wrong with 1,210, if that is the reason
        raise UnreadableAnswer(COMMAS)
    if shape(first) != wanted == shape(_entries(_MIXED.sub(r"\1\2+\3", bare))):
        raise UnreadableAnswer(MIXED)
    return _numbers(first, decimal_comma)


def _entries(text: str, gap: re.Pattern[str] = _ANY_GAP) -> list[list[str]]:
    return [gap.split(row.strip()) for row in re.split(r"[;\n]", text) if row.strip()]


def _numbers(rows: list[list[str]], decimal_comma: bool) -> list[Any]:
    return [[_number(entry, decimal_comma) for entry in row] for row in rows]


def _json_rows(text: str) -> list[list[str]]:
    try:
        rows = json.loads(text[:10_000], parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as problem:
        raise UnreadableAnswer(MATRIX) from problem
    rows = rows if any(isinstance(row, list) for row in rows) else [rows]
    if not all(isinstance(row, list) for row in rows):
        raise UnreadableAnswer(MATRIX)
    return [[str(entry) for entry in row] for row in rows]


def _pairs(question: Question, text: str) -> dict[str, str]:
    """P-2, Q-1, …"""
    pairs = re.findall(r"([A-Za-z])\W{0,3}?(\d+)", text)
    given = {left.upper(): right for left, right in pairs}
    items, options = {item.key for item in question.items}, {option.key for option in question.options}
    if len(given) != len(pairs) or set(given) != items or not set(given.values()) <= options:
        raise UnreadableAnswer(f"answer like {', '.join(f'{key}-1' for key in sorted(items))}")
    return given


def rows_of(matrix: Any) -> list[list[Any]]:
    """The rows of a matrix; a vector is one row."""
    nested = all(isinstance(row, (list, tuple)) for row in matrix)
    return [list(row) for row in matrix] if nested else [list(matrix)]


def shape(matrix: Any) -> list[int]:
    """The lengths of the rows."""
    return [len(row) for row in rows_of(matrix)]
