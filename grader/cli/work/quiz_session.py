"""An attempt at a paper: one file with the paper, the answers and the time spent, saved at every answer."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from generators.paper import Paper

from ...errors import GraderError
from ...exam.clock import ExamClock
from ...exam.session_file import session_text
from .output import write_whole

PATTERN = "my_quiz-*.json"


class SessionError(GraderError):
    """The file is no paper, or no session of this paper. The message says what to do."""


@dataclass(slots=True)
class QuizSession:
    """`answers`: question's number from 1 → text.

    The time of an exam runs on from `started`. That of practice is what was `spent` in earlier sittings, in seconds,
    and since this one was `resumed`; what was spent on either is kept when it is finished.
    """

    path: Path
    paper: Paper
    exam: bool
    answers: dict[int, str] = field(default_factory=dict)
    spent: float = 0.0
    finished: bool = False
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    resumed: float = field(default_factory=time.monotonic)

    def seconds(self) -> float:
        """Time spent."""
        if self.finished:
            return self.spent
        return self.clock.used(datetime.now(UTC)) if self.exam else self.spent + time.monotonic() - self.resumed

    def left(self) -> float | None:
        """Seconds left in an exam; None in practice."""
        return self.clock.left(datetime.now(UTC)) if self.exam else None

    @property
    def clock(self) -> ExamClock:
        """What an exam's time is reckoned by, as in the browser."""
        return ExamClock(round(self.paper.minutes * 60), started=self.started)

    def open(self) -> list[int]:
        """The questions without an answer."""
        return [number for number in range(1, len(self.paper.questions) + 1) if number not in self.answers]

    def answer(self, number: int, text: str | None) -> None:
        """Set or remove an answer, and save."""
        if text is None:
            self.answers.pop(number, None)
        else:
            self.answers[number] = text
        self.save()

    def finish(self) -> None:
        """End the session: no answer changes any more."""
        self.spent, self.finished = self.seconds(), True
        self.save()

    def save(self) -> None:
        """Write the whole file, or leave the old one."""
        text = session_text(
            self.paper,
            self.answers,
            exam=self.exam,
            finished=self.finished,
            seconds=self.seconds(),
            started=self.started,
        )
        write_whole(self.path, text)


def read_json(path: Path) -> Mapping[str, Any]:
    """Read a JSON object from a file.

    Raises:
        SessionError: if there is none.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise SessionError(f"{path}: {problem.strerror or problem}") from problem
    except (ValueError, RecursionError) as problem:
        raise SessionError(f"{path} is not JSON; papers are made by `grade quiz new --format json -o {path.name}`"
                           ) from problem  # fmt: skip
    if not isinstance(record, dict):
        raise SessionError(f"{path} holds no paper: write one by `grade quiz new --format json -o {path.name}`")
    return record


def read_paper(path: Path) -> Paper:
    """Read a paper from a file of `grade quiz new --format json`, or from a session.

    Raises:
        SessionError: if there is none.
    """
    record = read_json(path)
    return _paper(record.get("paper", record), path)


def _paper(record: Any, path: Path) -> Paper:
    try:
        return Paper.from_json(record)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        what = f"'{problem.args[0]}' is missing" if isinstance(problem, KeyError) else str(problem)
        raise SessionError(f"{path} holds no paper of `grade quiz new --format json` ({what})") from problem


def load_session(path: Path) -> QuizSession:
    """Read a session from its file.

    Raises:
        SessionError: if the file holds none.
    """
    record = read_json(path)
    paper = _paper(record.get("paper"), path)
    try:
        answers = {int(number): str(text) for number, text in record["answers"].items()}
        unknown = set(answers) - set(range(1, len(paper.questions) + 1))
        if unknown or not isinstance(record["finished"], bool) or record["mode"] not in ("exam", "practice"):
            raise ValueError
        spent = float(record["seconds"])
        exam, started = record["mode"] == "exam", _started(record.get("started"), spent)
        return QuizSession(path, paper, exam, answers, spent, record["finished"], started)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as problem:
        raise SessionError(f"{path} was changed and is no session any more; delete it to begin again") from problem


def _started(text: str | None, spent: float) -> datetime:
    """When it was started; a file of an older version says only what was spent: its time runs on from now."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else datetime.now(UTC) - timedelta(seconds=spent)


def is_session(path: Path) -> bool:
    """Whether the file is a session rather than a paper.

    Raises:
        SessionError: if it is neither.
    """
    return "paper" in read_json(path)


def unfinished(exam: bool | None) -> Path | None:
    """Find the latest unfinished session in this folder; with `exam`, only exams (True) or practice (False)."""
    found = []
    for path in Path().glob(PATTERN):
        try:
            session = load_session(path)
        except SessionError:
            continue
        if not session.finished and exam in (None, session.exam):
            found.append((path.stat().st_mtime, path))
    return max(found)[1] if found else None
