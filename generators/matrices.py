"""Matrices as people write them: 1 2; 3 4 · [[1, 2], [3, 4]] · as NumPy, PyTorch, MATLAB and TeX print them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from .numerals import UnreadableAnswer, numeral, tidy

COMMAS = "the commas can be decimal points or stand between entries: write it as 0.5 2; 3 4, with points and spaces"
MATRIX = "a matrix looks like 1 2; 3 4 or [[1, 2], [3, 4]]"
MIXED = "a whole number before a fraction can be read in two ways: write one fraction, as 3/2 for 1 1/2"
SPACES = "spaces stand between entries: write 1210 for 1 210"
LONGEST = 10_000
"""Characters of a matrix."""
_CALL = re.compile(r"(?:\w+\.)?(?:array|asarray|matrix|Matrix|tensor)\s*\((.*)\)", re.DOTALL)
_SETTINGS = re.compile(r",\s*(?:dtype|device|requires_grad)\s*=[^,\[\]]*")
_TEX = re.compile(r"\\(?:begin|end)\s*\{[a-z]*(?:matrix|array)\*?\}(?:\s*\{[clr| ]*\})?|\\hline")
_BRACKETS = str.maketrans("{}()", "[][]")
_ROW = r"\s*\[([^\[\]]*)\]\s*"
_NESTED = re.compile(rf"\[?{_ROW}(?:[,;]?{_ROW})*\]?")
_FLAT, _INNER = re.compile(r"\[[^\[\]]*\]"), re.compile(r"\[([^\[\]]+)\]")
_TIGHT, _SPACED = re.compile(r"(?<=\d),(?=\d)"), re.compile(r"(?<=[^\s,;])[^\S\n]+(?=[^\s,;])")
_ANY_GAP, _GAP = re.compile(r"[\s,]+"), re.compile(r"(?:\s|(?<!\d),|,(?!\d))+")
_SLASH = re.compile(r"(?<=\d) ?/ ?(?=\d)")
_MIXED = re.compile(r"(?<![\w.,/^])(\d+) +(\d+/\d+)", re.ASCII)
_GROUPS = re.compile(r"(?<![\w.,/^])[1-9]\d{0,2}(?: \d{3})+(?![\d])", re.ASCII)

Rows = list[list[str]]


def read_matrix(typed: str, key: Any, decimal_comma: bool = False) -> list[list[Fraction]]:
    """The rows of numbers. `key`: what is asked for, for its shape alone; a column does for a vector.

    Where only another reading of commas or spaces than the usual one gives that shape, the answer is unreadable.

    Raises:
        UnreadableAnswer: if it is no matrix, or can be two.
    """
    nested, lines = _lines(typed)
    first, *others = _ways(lines, decimal_comma, nested)
    wanted = shape(key)
    if _standing(first[0], key) != wanted:
        for rows, problem in others:
            if _standing(rows, key) == wanted:
                if problem == COMMAS:
                    _numbers(rows, decimal_comma)  # raises what is wrong with 1,210, if that is the reason
                raise UnreadableAnswer(problem)
    numbers = _numbers(first[0], decimal_comma)
    return [[row[0] for row in numbers]] if _is_column(numbers, key) else numbers


def _ways(lines: list[str], decimal_comma: bool, nested: bool) -> list[tuple[Rows, str]]:
    """The rows as they are read, then other ways to read them, with what is said of those."""
    if any("&" in line for line in lines):
        return [([[re.sub(r"^- ", "-", entry.strip()) for entry in line.split("&")] for line in lines], "")]
    apart, together = _entries(lines, _ANY_GAP), _entries(lines, _GAP)
    decimals = any(map(_TIGHT.search, lines)) and any(map(_SPACED.search, lines))
    first, second = (together, apart) if decimals or (decimal_comma and not nested) else (apart, together)
    mixed = _entries([_MIXED.sub(r"\1_\2", line) for line in lines], _ANY_GAP)
    grouped = _entries([_GROUPS.sub(lambda found: found[0].replace(" ", ""), line) for line in lines], _GAP)
    return [(first, ""), (second, COMMAS), (mixed, MIXED), (grouped, SPACES)]


def _lines(typed: str) -> tuple[bool, list[str]]:
    """Whether each row has brackets of its own, and the rows' texts."""
    text = _TEX.sub(" ", typed[:LONGEST].replace("\\\\", ";"))
    text = tidy(text).replace('"', "").strip().removeprefix("=").strip()
    if call := _CALL.fullmatch(text):
        text = _SETTINGS.sub("", call[1]).strip()
    text = text.translate(_BRACKETS) if text[:1] in ("{", "(") else text
    nested = text.count("[") > 1
    text = " ".join(text.split()) if nested else text
    if "[" in text or "]" in text:
        if text.count("[") != text.count("]") or not (_NESTED if nested else _FLAT).fullmatch(text):
            raise UnreadableAnswer(MATRIX)
        lines = _INNER.findall(text) if nested else re.split(r"[;\n]", text.strip("[]"))
    else:
        lines = re.split(r"[;\n]", text)
    lines = [_SLASH.sub("/", line.strip()) for line in lines if line.strip()]
    if not lines:
        raise UnreadableAnswer(MATRIX)
    return nested, lines


def _entries(lines: list[str], gap: re.Pattern[str]) -> Rows:
    return [gap.split(line) for line in lines]


def _numbers(rows: Rows, decimal_comma: bool) -> list[list[Fraction]]:
    return [[numeral(entry, decimal_comma) for entry in row] for row in rows]


def _is_column(rows: list[Any], key: Any) -> bool:
    """Whether these rows are a vector, written from top to bottom."""
    return len(rows) == len(key) and all(len(row) == 1 for row in rows) and not isinstance(key[0], (list, tuple))


def _standing(rows: Rows, key: Any) -> list[int]:
    return [len(rows)] if _is_column(rows, key) else shape(rows)


def rows_of(matrix: Any) -> list[list[Any]]:
    """The rows of a matrix; a vector is one row."""
    nested = all(isinstance(row, (list, tuple)) for row in matrix)
    return [list(row) for row in matrix] if nested else [list(matrix)]


def shape(matrix: Any) -> list[int]:
    """The lengths of the rows."""
    return [len(row) for row in rows_of(matrix)]
