"""The table of marking.json, which the marker and the page go through: what an answer earns, and what explains it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generators.marking import GATE, MarkedAnswer, Scheme
from generators.model import Question

Seen = tuple[str, str, str | None]
"""Outcome, exact marks, slug of the misconception."""


@dataclass(frozen=True)
class Marked:
    """An answer and what it has to earn. `message`: a part of what is said; `only`: "text" where no field allows it."""

    question: Question
    typed: str
    outcome: str
    marks: str
    named: str | None = None
    message: str = ""
    scheme: Scheme = GATE
    only: str = ""

    @property
    def seen(self) -> Seen:
        return self.outcome, self.marks, self.named

    @property
    def in_page(self) -> bool:
        """A page has fields for a matrix, and splits no marks."""
        return not self.only and not self.scheme.partial


def seen(result: MarkedAnswer) -> Seen:
    """A result of `mark` as the table has it."""
    return result.outcome, str(result.marks), result.misconception and result.misconception.slug


def _question(short: dict[str, Any]) -> Question:
    """From the table's shorthand: options as key → slug, misconceptions as value and slug, items as letters."""
    full: dict[str, Any] = {
        "generator": "table", "version": 1, "seed": 1, "params": {}, "topic": "marking", "bloom": "Apply",
        "difficulty": "beginner", "minutes": 1, "prompt": "", "solution": [], "range": None,
    }  # fmt: skip
    options = [{"key": key, "text": key, "misconception": slug} for key, slug in short.get("options", {}).items()]
    wrong = [{"value": value, "slug": slug, "why": slug} for value, slug in short.get("misconceptions", ())]
    items = [{"key": key, "text": key} for key in short.get("items", "")]
    return Question.from_json(full | short | {"options": options, "misconceptions": wrong, "items": items})


def _cases() -> Iterator[Marked]:
    for group in json.loads(Path(__file__).with_name("marking.json").read_text(encoding="utf-8")):
        question = _question(group["question"])
        for answer in group["answers"]:
            scheme = Scheme.from_json(answer["scheme"]) if "scheme" in answer else GATE
            yield Marked(**answer | {"question": question, "scheme": scheme})


CASES = list(_cases())
