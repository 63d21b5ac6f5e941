"""`grade regrade`: the sources in the gradebook, graded again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from ..exercise import ExerciseError, load_exercise
from ..judge.grade import grade
from ..sandbox.order import IsolationError
from ..submission.load import restore
from . import FULL, OURS
from .gradebook import refused, with_gradebook

if TYPE_CHECKING:
    from ..gradebook import Gradebook, Mark
    from ..gradebook.book import Stored
    from ..model import Result


def regrade_sources(
    where: str,
    assignment: str | None,
    exercise: str | None,
    student: str | None,
    seed: int | None,
    run: str | None,
    require: str,
) -> int:
    """Grade every attempt of the selection that this run has not graded yet; returns the exit code."""

    def work(book: Gradebook) -> int:
        name = book.the_assignment(assignment)
        this = run or f"regrade {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        stored = book.stored(name, exercise=exercise, student=student)
        done = book.done(name, this)
        waiting = [s for s in stored if (s.student, s.exercise, s.digest, s.label) not in done]
        if not stored:
            return refused(f"'{name}' has no such attempts in this gradebook")
        click.echo(
            f"{len(waiting)} of {len(stored)} attempts to grade; if interrupted, go on with --run '{this}'", err=True
        )
        before = book.marks(name)
        failed = [s for s in waiting if _again(book, name, s, this, seed, require).internal_error]
        _report(before, book.marks(name))
        for one in failed:
            click.echo(f"the grader itself failed on {one.student}, {one.exercise}", err=True)
        return OURS if failed else FULL

    try:
        return with_gradebook(where, work)
    except (ExerciseError, IsolationError) as error:
        return refused(str(error))


def _again(book: Gradebook, name: str, stored: Stored, run: str, seed: int | None, require: str) -> Result:
    from ..gradebook import Graded

    work = book.work(stored.source)
    submission = restore(stored.file, dict(work.files), work.main, work.problem)
    seed = stored.seed if seed is None else seed
    result = grade(submission, load_exercise(stored.exercise), seed=seed, require=require, timing=stored.timing)
    when = stored.submitted_at
    book.record(Graded(name, stored.student, work, result, run, when, stored.label, timing=stored.timing))
    return result


def _report(before: list[Mark], after: list[Mark]) -> None:
    """Of the marks that were there before: a batch may add others meanwhile."""
    from ..gradebook.records import plain

    then = {(m.student, m.exercise): m for m in before}
    pairs = [(then[m.student, m.exercise], m) for m in after if (m.student, m.exercise) in then]
    changed = [(old, new) for old, new in pairs if old.computed != new.computed]
    for old, new in changed:
        kept = f" (a person's {plain(new.points)} count)" if new.overridden and new.points is not None else ""
        click.echo(f"{new.student}, {new.exercise}: {_shown(old)} → {_shown(new)}{kept}")
    click.echo(f"{len(changed)} of {len(pairs)} marks changed")


def _shown(mark: Mark) -> str:
    from ..gradebook.records import plain

    return "–" if mark.computed is None else plain(mark.computed)
