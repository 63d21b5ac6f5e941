"""Which paper `grade quiz take` presents: an unfinished one, one from a file, or a new one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from generators.paper import Paper

from .quiz_draw import Selection, draw
from .quiz_session import QuizSession, SessionError, is_session, load_session, read_paper, unfinished


@dataclass(frozen=True)
class TakeOptions(Selection):
    """Which questions, and how to present them. `file`: a paper or session; `session`: where to save answers."""

    file: str | None
    exam: bool | None
    session: str | None
    again: bool
    no_history: bool


def open_session(options: TakeOptions) -> tuple[QuizSession, bool]:
    """Find or begin a session; returns it, and whether it was begun earlier. Raises GraderError."""
    file, exam, again = options.file, options.exam, options.again
    named = file is not None or options.session is not None
    if not named and not options.given and not again and (found := unfinished(exam)):
        return load_session(found), True
    if file is not None and options.given:
        raise SessionError(f"{file} has its questions already: leave out the file, or the options that draw questions")
    if file is not None and is_session(path := Path(file)):
        session = load_session(path)
        return (_anew(session.path, session.paper, exam), False) if again else (_same_mode(session, exam), True)
    paper = read_paper(Path(file)) if file is not None else draw(options)[0]
    path = Path(options.session) if options.session else _beside(file, paper)
    if path.exists() and not again:
        return _same_mode(_of(path, paper), exam), True
    return _anew(path, paper, exam), False


def _beside(file: str | None, paper: Paper) -> Path:
    if file is not None:
        return Path(file).with_suffix(".taken.json")
    name = f"my_quiz-{paper.blueprint or 'practice'}-{paper.seed}"
    names = (Path(f"{name}{f'-{number}' if number > 1 else ''}.json") for number in count(1))
    return next(path for path in names if not path.exists() or _holds(path, paper))


def _holds(path: Path, paper: Paper) -> bool:
    try:
        return load_session(path).paper.as_json() == paper.as_json()
    except SessionError:
        return False


def _anew(path: Path, paper: Paper, exam: bool | None) -> QuizSession:
    return QuizSession(path, paper, bool(exam))


def _of(path: Path, paper: Paper) -> QuizSession:
    session = load_session(path)
    if not _holds(path, paper):
        raise SessionError(f"{path} belongs to another paper: --session FILE names another file, --again overwrites it")
    return session


def _same_mode(session: QuizSession, exam: bool | None) -> QuizSession:
    if exam is not None and exam != session.exam and not session.finished:
        mode = "an exam" if session.exam else "practice"
        raise SessionError(f"{session.path} was begun as {mode}; --again starts over")
    return session
