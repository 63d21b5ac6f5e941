"""The table of commas.json, which reader, marker and page go through."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from generators.build import build, rebuild
from generators.model import Question


@dataclass(frozen=True)
class Case:
    """What is typed, and what it is: a value (a matrix as 1 2; 3 4), or why it is none (a part of the message).

    `context`: typed (terminal, page, file of commas), terminal (not in the page, which has fields for a matrix), or
    decimal comma (file of semicolons or tabs). `shape`: of the key, where a matrix is asked for.
    """

    typed: str
    context: str
    value: str = ""
    shape: tuple[int, ...] = ()
    unreadable: str = ""

    @property
    def decimal_comma(self) -> bool:
        """Whether the file leaves no doubt."""
        return self.context == "decimal comma"

    @property
    def outcome(self) -> str:
        """Of `mark`, where the value is the key."""
        return "unreadable" if self.unreadable else "right"

    def question(self) -> Question:
        """One whose key is the value: a formula if it has letters, a matrix if there is a shape, or a number."""
        if re.search("[A-Z]", self.typed):
            return formula_question(self.value or "C")
        if self.shape:
            return matrix_question(self.value or "; ".join([" ".join("7" * self.shape[1])] * self.shape[0]))
        key = Fraction(self.value or 7)
        number = rebuild("output_size", {"W": 32, "F": 5, "P": 0, "S": 1}, kind="NAT")
        return replace(number, answer=key, range=(key, key), misconceptions=())


def matrix_question(key: str) -> Question:
    """One that asks for this matrix."""
    rows = [[Fraction(entry) for entry in row.split()] for row in key.split(";")]
    return replace(build("pooling", 1, "MATRIX"), answer=rows, misconceptions=())


def formula_question(key: str) -> Question:
    """One that asks for this formula in C."""
    return replace(rebuild("stacked_expression", {"F": 3, "n": 2, "bias": False}), answer=key, misconceptions=())


_TABLE = json.loads(Path(__file__).with_name("commas.json").read_text(encoding="utf-8"))
CASES = [Case(**entry | {"shape": tuple(entry.get("shape", ()))}) for entry in _TABLE]
