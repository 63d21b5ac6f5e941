"""What an exam tells the memory of practice: each answer that was marked counts there as if it had been asked today."""

from __future__ import annotations

from generators.model import Question
from generators.results import MarkedPaper

from ..practice.answers import AnswerOutcome, PracticeAnswer, answers, remember_answer
from .state import Exam

OUTCOMES = {"right": AnswerOutcome.RIGHT, "wrong": AnswerOutcome.WRONG, "partial": AnswerOutcome.WRONG}


def remember_exam(exam: Exam, sheet: MarkedPaper, learner: str) -> None:
    """Add the answers of an exam that is over, once, however often it is looked at; what was left open says nothing.

    `learner` as in `PracticeAnswer`. Raises HistoryError.
    """
    known = {answer.variant for answer in answers(learner)}
    for number, question in enumerate(exam.paper.questions, 1):
        answer = _answer(exam, number, question, sheet, learner)
        if answer is not None and answer.variant not in known:
            remember_answer(answer)


def _answer(exam: Exam, number: int, q: Question, sheet: MarkedPaper, learner: str) -> PracticeAnswer | None:
    entry = sheet.marks[number - 1]
    if entry.outcome not in OUTCOMES or exam.ended is None:
        return None
    return PracticeAnswer(
        at=exam.ended.timestamp(),
        card=q.topic,
        topic=q.topic,
        generator=q.generator,
        version=q.version,
        kind=str(q.kind),
        seed=q.seed,
        given=exam.given[number],
        outcome=OUTCOMES[entry.outcome],
        mistake=entry.misconception.slug if entry.misconception else "",
        minutes=q.minutes,
        learner=learner,
    )
