"""The table in the docs says of every kind and format whether it loses something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generators.export import exporter
from generators.model import Question, QuestionKind
from tests.lms.samples import THIRD, mixed, questions

PAGE = Path(__file__).parents[2] / "docs" / "instructor" / "questions-in-an-lms.md"
FORMATS = ("moodle", "gift", "qti", "canvas")


def table() -> dict[tuple[str, str], str]:
    """(kind, format) → what the page says."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = lines.index("| kind | `moodle` | `gift` | `qti` | `canvas` |")
    rows = (re.split(r"\s*\|\s*", line.strip("| ")) for line in lines[start + 2 :][: len(QuestionKind)])
    return {(row[0], form): said for row in rows for form, said in zip(FORMATS, row[1:], strict=True)}


def losses(question: Question, form: str) -> list[str]:
    """But for what GIFT loses of every kind."""
    said = exporter(form).losses(question)
    return [sentence for sentence in said if not re.match("GIFT has no marks|The picture stands", sentence)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", QuestionKind)
def test_the_page_says_what_is_lost(kind, form):
    asked = [question for question in (*questions(), mixed()) if question.kind == kind and question is not THIRD]
    assert (table()[kind, form] == "exact") == (not any(losses(question, form) for question in asked))


def test_sentences_are_sentences():
    for form in FORMATS:
        for question in (*questions(), mixed()):
            for sentence in exporter(form).losses(question):
                assert sentence[0].isupper()
                assert sentence.endswith(".")
