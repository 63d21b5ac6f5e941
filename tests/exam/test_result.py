"""An exam's marks are those of `grade quiz mark`; how an answer was read is shown while there is time to change it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generators.model import QuestionKind
from generators.results import mark_paper
from grader.exam.hall import AnswerChange
from grader.exam.result import marked, to_practise
from grader.exam.shown import reading_of


@pytest.fixture(scope="module")
def of(paper):
    """The question of a kind."""
    return {question.kind: question for question in paper.questions}.__getitem__


def test_marks_and_what_to_practise(hall, paper):
    first, second = paper.questions[:2]
    wrong = next(option for option in first.options if not option.correct and option.misconception)
    answers = {1: wrong.key, 2: str(second.answer)}
    number = hall.make(paper)
    hall.start(number)
    hall.take(number, [AnswerChange(n, text, True, 0, "w", 1) for n, text in answers.items()])
    sheet = marked(hall.look(number))
    assert sheet.marks == mark_paper(paper, answers).marks
    assert sheet.total == second.marks - Fraction(first.marks, 3)
    practise = to_practise(sheet)
    assert practise[0].share.name not in {p.share.name for p in practise[1:]}
    (mistake,) = [m for p in practise for m in p.mistakes]
    assert (mistake[0].slug, mistake[1]) == (wrong.misconception, (1,))
    assert "free text" not in {p.share.name for p in practise}  # a person reads it


@pytest.mark.parametrize("kind, answer, said", [
    (QuestionKind.NAT, "0,125", "Read as 0.125."),
    (QuestionKind.NAT, "1 792", "Read as 1792."),
    (QuestionKind.NAT, "-1/3", "Read as −1/3."),
    (QuestionKind.EXPRESSION, "18C^2", "Read as 18*C^2."),
    (QuestionKind.EXPRESSION, "C^2*(1/2)C", "Read as C^2*(1/2)*C."),
    (QuestionKind.MATRIX, "1 0.5; -3 1/3", "Read as 1 0.5; −3 1/3."),
    (QuestionKind.MCQ, "A", ""),
    (QuestionKind.ESSAY, "words", ""),
])  # fmt: skip
def test_how_an_answer_was_read(of, kind, answer, said):
    reading = reading_of(of(kind), answer)
    assert (reading.sound, reading.text) == (True, said)


def test_what_cannot_be_read_is_said(of):
    assert reading_of(of(QuestionKind.NAT), "1,210").text.startswith("This cannot be read: '1,210' can be two numbers")
    assert reading_of(of(QuestionKind.NAT), "1,210", decimal_comma=True).text == "Read as 1.21."
    assert not reading_of(of(QuestionKind.MATRIX), "1 ?; 3 4").sound
    assert not reading_of(of(QuestionKind.ORDER), "A, ?, B").sound
