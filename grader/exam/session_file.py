"""The file of a paper that was answered: `grade quiz take` goes on with it, or shows again what it came to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from generators.paper import Paper
from generators.reading import UnreadableAnswer, read, said

from .shown import TYPED
from .state import Exam


def session_text(
    paper: Paper, answers: Mapping[int, str], *, exam: bool, finished: bool, seconds: float, started: datetime | None
) -> str:
    """What the file holds. `answers`: by the question's number from 1. `seconds`: spent so far."""
    record = {
        "mode": "exam" if exam else "practice",
        "finished": finished,
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "started": started.isoformat() if started else None,
        "answers": {str(number): text for number, text in sorted(answers.items())},
        "paper": paper.as_json(),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def exam_text(exam: Exam) -> str:
    """The same of an exam that was sat in the browser: the answers that count."""
    answers = {number: _with_points(exam, number, text) for number, text in exam.given.items()}
    over = exam.ended is not None
    return session_text(exam.paper, answers, exam=True, finished=over, seconds=exam.used, started=exam.started)


def _with_points(exam: Exam, number: int, text: str) -> str:
    """The answer as it was read: a comma that was a decimal comma is a point in the file."""
    question = exam.paper.questions[number - 1]
    if not exam.decimal_comma or question.kind not in TYPED:
        return text
    try:
        return said(question, read(question, text, decimal_comma=True))
    except UnreadableAnswer:
        return text
