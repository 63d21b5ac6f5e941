"""`grade regrade`: the sources in the gradebook, graded again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from ...errors import FULL, OURS, GraderError
from ...exercise import load_exercise
from ...judge.grade import grade
from ...submission.load import restore
from .book import opened

if TYPE_CHECKING:
    from ...gradebook import Gradebook, Mark
    from ...gradebook.queries import Stored
    from ...model import Result


@dataclass(frozen=True)
class RegradeOptions:
    """Which attempts, and how to grade them; `run` names an interrupted regrade."""

    assignment: str | None
    exercise: str | None
    student: str | None
    seed: int | None
    run: str | None
    require: str


def regrade_sources(where: str, options: RegradeOptions) -> int:
    """Grade every attempt of the selection that this run has not graded yet; returns the exit code."""
    with opened(where) as book:
        name = book.the_assignment(options.assignment)
        run = options.run or f"regrade {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        waiting = _waiting(book, name, run, options)
        before = book.marks(name)
        failed = [s for s in waiting if _again(book, name, s, run, options).internal_error]
        _report(before, book.marks(name))
    for one in failed:
        click.echo(f"the grader itself failed on {one.student}, {one.exercise}", err=True)
    return OURS if failed else FULL


def _waiting(book: Gradebook, name: str, run: str, options: RegradeOptions) -> list[Stored]:
    stored = book.stored(name, exercise=options.exercise, student=options.student)
    if not stored:
        raise GraderError(f"'{name}' has no such attempts in this gradebook")
    done = book.done(name, run)
    waiting = [s for s in stored if (s.student, s.exercise, s.digest, s.label) not in done]
    click.echo(f"{len(waiting)} of {len(stored)} attempts to grade; if interrupted, go on with --run '{run}'", err=True)
    return waiting


def _again(book: Gradebook, name: str, stored: Stored, run: str, options: RegradeOptions) -> Result:
    from ...gradebook import Graded

    work = book.work(stored.source)
    submission = restore(stored.file, dict(work.files), work.main, work.problem)
    seed = stored.seed if options.seed is None else options.seed
    exercise = load_exercise(stored.exercise)
    result = grade(submission, exercise, seed=seed, require=options.require, timing=stored.timing)
    book.record(Graded(name, stored.student, work, result, run, label=stored.label, timing=stored.timing))
    return result


def _report(before: list[Mark], after: list[Mark]) -> None:
    """Say what changed among the marks of `before`: a batch may add others meanwhile."""
    from ...gradebook.records import plain

    then = {(m.student, m.exercise): m for m in before}
    pairs = [(then[m.student, m.exercise], m) for m in after if (m.student, m.exercise) in then]
    changed = [(old, new) for old, new in pairs if old.computed != new.computed]
    for old, new in changed:
        kept = f" (a person's {plain(new.points)} count)" if new.overridden and new.points is not None else ""
        click.echo(f"{new.student}, {new.exercise}: {_shown(old)} → {_shown(new)}{kept}")
    click.echo(f"{len(changed)} of {len(pairs)} marks changed")


def _shown(mark: Mark) -> str:
    from ...gradebook.records import plain

    return "–" if mark.computed is None else plain(mark.computed)
