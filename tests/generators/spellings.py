"""The table of spellings.json, which reader, marker and page go through."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from generators.build import build, rebuild
from generators.expression import parse
from generators.model import Option, Premise, Question, QuestionKind


@dataclass(frozen=True)
class Case:
    """What is typed, and how it has to be read, or why it cannot be (a part of the message).

    `context`: typed (terminal, page, file of commas), terminal (not in the page, which has fields for a matrix), or
    decimal comma (file of semicolons or tabs). `shape`: of the key, where a matrix is asked for. `unit`: of a number.
    """

    kind: QuestionKind
    typed: str
    context: str
    value: str = ""
    shape: tuple[int, ...] = ()
    unreadable: str = ""
    unit: str = ""

    @property
    def decimal_comma(self) -> bool:
        """Whether the file leaves no doubt."""
        return self.context == "decimal comma"

    @property
    def outcome(self) -> str:
        """Of `mark`, where the value is the key."""
        return "unreadable" if self.unreadable else "right"

    def read(self) -> Any:
        """The value, as `read` gives it."""
        return READ[self.kind](self.value)

    def question(self) -> Question:
        """One whose key is the value, or something that nobody typed."""
        match self.kind:
            case QuestionKind.EXPRESSION:
                return formula_question(self.value or "7*C^7")
            case QuestionKind.MATRIX:
                whole = "; ".join([" ".join(["77"] * self.shape[1])] * self.shape[0])
                return matrix_question(self.value or whole)
            case QuestionKind.NAT:
                number = rebuild("output_size", {"W": 32, "F": 5, "P": 0, "S": 1}, kind="NAT")
                key = Fraction(self.value or 77777)
                return replace(number, answer=key, range=(key, key), misconceptions=(), unit=self.unit)
        other = {"MCQ": "D", "MSQ": "B D", "ORDER": "A B C D", "MATCH": "P-1 Q-3"}[self.kind]
        key = READ[self.kind](self.value or other)
        kept = ("123" if self.kind == QuestionKind.MATCH else "ABCD", "PQ" * (self.kind == QuestionKind.MATCH))
        options, items = tuple(Option(k, k) for k in kept[0]), tuple(Premise(k, k) for k in kept[1])
        return replace(build("same_layers", 1), kind=self.kind, options=options, items=items, answer=key,
                       misconceptions=())  # fmt: skip


def _rows(text: str) -> list[list[Fraction]]:
    rows = [[Fraction(entry) for entry in row.split()] for row in text.split(";")]
    return [[row[0] for row in rows]] if len(rows) > 2 else rows


READ = {
    QuestionKind.NAT: Fraction, QuestionKind.MATRIX: _rows, QuestionKind.EXPRESSION: parse, QuestionKind.MCQ: str,
    QuestionKind.MSQ: str.split, QuestionKind.ORDER: str.split,
    QuestionKind.MATCH: lambda text: dict(pair.split("-") for pair in text.split()),
}  # fmt: skip


def matrix_question(key: str) -> Question:
    """One that asks for this matrix; for a vector where it is one row of three."""
    rows: Any = [[Fraction(entry) for entry in row.split()] for row in key.split(";")]
    column = [entry for row in rows for entry in row]
    return replace(build("pooling", 1, "MATRIX"), answer=column if len(rows) > 2 else rows, misconceptions=())


def formula_question(key: str) -> Question:
    """One that asks for this formula in C."""
    return replace(rebuild("stacked_expression", {"F": 3, "n": 2, "bias": False}), answer=key, misconceptions=())


_TABLE = json.loads(Path(__file__).with_name("spellings.json").read_text(encoding="utf-8"))
CASES = [
    Case(**entry | {"kind": QuestionKind(entry["kind"]), "shape": tuple(entry.get("shape", ()))}) for entry in _TABLE
]
