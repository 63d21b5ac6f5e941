"""From a file to a report: read, found to be for an exercise, put into the pool, remembered, kept with its report."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..batch.work import GradingOptions, Outcome
from ..errors import GraderError
from ..exercise import Exercise, load_exercise
from ..gradebook.tries import KeptTries
from ..model import Result
from ..model.feedback import Feedback
from ..practice import history
from ..report import html
from ..report.limited import limited, without_unrun_bonuses
from ..submission.beside import with_modules
from ..submission.files import SubmissionError
from ..submission.load import Submission, find_exercises, load
from .people import Learner
from .pool import GradingPool, QueueFull, Ticket

LOST = "The grader itself failed: that costs nothing. Hand in again; what went wrong is in the terminal."
NAME = 100  # characters of an uploaded file's name
SECTION = '{% from "parts.html.j2" import section %}{{ section(result, 2, "check-") }}'


@dataclass(frozen=True)
class GradingNeeds:
    """The lowest isolation layer to grade behind, and the one to work in if not the best there is."""

    require: str = "process"
    layer: str | None = None
    feedback: Feedback = Feedback.LINE


@dataclass
class TryState:
    """Where a learner's newest work at an exercise stands: `turn` counts the changes, for pages that follow it.

    With a `ticket` that is not done it waits or is graded; then there is a `problem`, or the newest kept try.
    """

    turn: int = 0
    ticket: Ticket | None = None
    since: float = 0.0
    problem: str = ""


@dataclass
class Desk:
    """Takes in work of all learners. `own` is whose machine this is: the commands in the terminal are theirs too."""

    pool: GradingPool
    tries: KeptTries
    needs: GradingNeeds
    own: str
    _standing: dict[tuple[str, str], TryState] = field(default_factory=dict)
    _seeds: dict[tuple[str, str], int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def standing(self, learner: Learner, slug: str) -> TryState:
        """Where it stands now."""
        with self._lock:
            return replace(self._standing.setdefault((learner.key, slug), TryState()))

    def in_history(self, learner: Learner) -> str:
        """Whose a learner's rows in the history are, which keeps those of whose machine this is without a name."""
        return "" if learner.key == self.own else learner.key

    # ------------------------------------------------------------ what comes in

    def upload(self, learner: Learner, name: str, data: bytes, slug: str | None) -> list[str]:
        """A file from a browser; returns the exercises it is graded to. Raises GraderError."""
        return self.hand_in(learner, uploaded(name, data), slug)

    def save(self, learner: Learner, path: Path, before: str | None) -> list[str]:
        """A file that was saved in the folder that is watched: `before` is what it was graded to last.

        Its speed is not measured: that would keep a learner waiting at every save. Raises GraderError.
        """
        submission = with_modules(load(path), path)
        with contextlib.suppress(SubmissionError):
            return self.hand_in(learner, submission, None, timing=False)
        slug = before or expected(path)
        return self.hand_in(learner, submission, slug, timing=False) if slug else []

    def hand_in(self, learner: Learner, submission: Submission, slug: str | None, timing: bool = True) -> list[str]:
        """Put it into the pool, once for each exercise that it is for; returns their slugs. Raises GraderError."""
        exercises = [load_exercise(slug)] if slug else find_exercises(submission)
        for exercise in exercises:
            self._put(learner, submission, exercise, timing)
        return [exercise.slug for exercise in exercises]

    def _put(self, learner: Learner, submission: Submission, exercise: Exercise, timing: bool) -> None:
        key = learner.key, exercise.slug
        seed = self._seeds.setdefault(key, int.from_bytes(os.urandom(4), "little"))
        options = GradingOptions(seed, self.needs.require, timing=timing, layer=self.needs.layer)

        def then(future: Future[Outcome]) -> None:
            self._end(learner, exercise.slug, submission, future)

        try:
            ticket = self.pool.put(*key, submission, options, then)
        except QueueFull as error:
            self._note(key, ticket=None, problem=str(error))
            raise
        if not ticket.done.is_set():
            self._note(key, ticket=ticket, since=time.monotonic(), problem="")

    def problem(self, learner: Learner, slug: str, text: str) -> None:
        """Nothing could be graded: told in the page of this exercise."""
        self._note((learner.key, slug), ticket=None, problem=text)

    # ------------------------------------------------------------ what comes out

    def _end(self, learner: Learner, slug: str, submission: Submission, future: Future[Outcome]) -> None:
        """Keep what came of it; an error of ours is told, and costs nothing."""
        problem = LOST
        try:
            result = without_unrun_bonuses(limited(future.result().result, self.needs.feedback))
            self._keep(learner, result, submission)
            problem = ""
        except GraderError as error:
            problem = str(error)
        finally:
            self._note((learner.key, slug), problem=problem)

    def _keep(self, learner: Learner, result: Result, submission: Submission) -> None:
        with contextlib.suppress(history.HistoryError):
            history.remember([result], self.in_history(learner))
        self.tries.add(learner.key, result, submission.files, report(result))

    def _note(self, key: tuple[str, str], **changes: object) -> None:
        with self._lock:
            before = self._standing.setdefault(key, TryState())
            self._standing[key] = replace(before, turn=before.turn + 1, **changes)  # type: ignore[arg-type]


def report(result: Result) -> str:
    """The report as a part of a page."""
    return html.environment().from_string(SECTION).render(result=result)


def uploaded(name: str, data: bytes) -> Submission:
    """A file from a browser, read as one on the disk is; its name is kept, without any folder. Raises GraderError."""
    own = Path(name.replace("\\", "/")).name[-NAME:].lstrip(".") or "upload"
    own = "".join(c if c.isprintable() else "_" for c in own)
    with tempfile.TemporaryDirectory(prefix="grade-upload-") as folder:
        path = Path(folder) / own
        try:
            path.write_bytes(data)
            return replace(load(path), path=own)
        except GraderError as error:
            raise GraderError(str(error).replace(f"{folder}{os.sep}", "")) from error
        except (OSError, ValueError) as error:
            raise GraderError(f"{own}: this name cannot be used for a file; rename it and hand it in again") from error


def expected(path: Path) -> str | None:
    """What a file is for that cannot be read: `my_SLUG.py` is what `grade start SLUG` writes."""
    slug = path.stem.removeprefix("my_")
    with contextlib.suppress(GraderError):
        return load_exercise(slug).slug
    return None
