"""The file of a paper that was answered: `grade quiz take` goes on with it, or shows again what it came to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from generators.paper import Paper

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
    over = exam.ended is not None
    return session_text(exam.paper, exam.given, exam=True, finished=over, seconds=exam.used, started=exam.started)
