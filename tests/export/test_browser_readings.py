"""Answers as people write them, in the page in a real Chromium: read as Python does, and shown before they count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generators.build import build
from generators.export import export
from generators.marking import mark
from generators.model import QuestionKind
from generators.paper import Paper
from generators.reading import read, said
from tests.generators.spellings import CASES, matrix_question

from .test_browser import MARK_ALL, as_seen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = """(texts) => texts.map((text, i) => {
  try { return said(paper.questions[i], read(paper.questions[i], text)); } catch (problem) { return ""; }
})"""


def test_the_page_goes_through_the_table_of_spellings(visit: Any) -> None:
    cases = [case for case in CASES if not case.decimal_comma]
    paper = Paper("Spellings", 1, tuple(case.question() for case in cases))
    page, texts = visit(export(paper, "html", key=True)), [case.typed for case in cases]
    in_page, read_as = page.evaluate(MARK_ALL, [[text] for text in texts]), page.evaluate(SAID, texts)
    for case, question, (result,), shown in zip(cases, paper.questions, in_page, read_as, strict=True):
        assert result == as_seen(mark(question, case.typed)), case
        assert (result[0], case.unreadable in result[3]) == (case.outcome, True), case
        assert shown == ("" if case.unreadable else said(question, read(question, case.typed))), case


def test_a_cell_of_the_grid_is_read_as_a_number_and_handed_in_so(visit: Any) -> None:
    cases = [case for case in CASES if case.context == "typed" and case.kind == QuestionKind.NAT and not case.unit]
    paper = Paper("Cells", 1, tuple(matrix_question(f"{case.value or 77777} 7") for case in cases))
    page = visit(export(paper, "html", key=True))
    texts = page.evaluate("(cells) => cells.map((cell) => matrixText([[cell, '7']]))", [case.typed for case in cases])
    in_page = page.evaluate(MARK_ALL, [[text] for text in texts])
    for case, question, text, (result,) in zip(cases, paper.questions, texts, in_page, strict=True):
        assert result == as_seen(mark(question, text)), (case, text)
        assert result[0] == case.outcome, (case, text)


def test_the_page_shows_how_it_reads_before_it_counts(visit: Any) -> None:
    questions = (replace(matrix_question("1.5 2"), marks=1), build("conv_params", 1, "NAT"))
    page = visit(export(Paper("Readings", 1, questions), "html", key=True))
    page.locator("#q1 .grid input").first.fill("1 1/2")
    page.locator("#q2 [data-answer]").fill("4,60,800")
    assert page.locator("#q2 .reading").inner_text() == "Read as 460800"
    page.locator("#q2 [data-answer]").fill("460800")
    assert page.locator("#q2 .reading").inner_text() == ""
    for i, text in enumerate(["1 1/2", "2", "3", "−,5"]):
        page.locator("#q1 .grid input").nth(i).fill(text)
    assert page.locator("#q1 .reading").inner_text() == ""
    page.locator("#q1 .grid input").nth(3).fill("−0,5")
    assert page.locator("#q1 .reading").inner_text() == "Read as 1.5 2; 3 −0.5"
