"""`grade regrade`: the sources in the gradebook, graded again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import click

from ...errors import FULL, OURS, GraderError
from ...exercise import load_exercise
from ...gradebook.words import counted
from .book import opened
from .farms import going_on, run_watched, warm_farm

if TYPE_CHECKING:
    from ...batch.work import GradingOptions
    from ...gradebook import Gradebook, Graded, Mark
    from ...gradebook.queries import Stored


@dataclass(frozen=True)
class RegradeOptions:
    """Which attempts, and how to grade them; `run` names an interrupted regrade."""

    assignment: str | None
    exercise: str | None
    student: str | None
    seed: int | None
    run: str | None
    dry_run: bool
    only_better: bool
    jobs: int | None
    require: str
    no_explain: bool
    json_progress: bool


def regrade_sources(where: str, options: RegradeOptions) -> int:
    """Grade every attempt of the selection that this run has not graded yet; returns the exit code."""
    with opened(where) as book:
        name = book.the_assignment(options.assignment)
        stored = _stored(book, name, options)
        run = options.run or f"regrade {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        waiting = _waiting(book, name, run, stored)
        _say_how_many(waiting, stored, run, options)
        before, keeping = book.marks(name), _Keeping(book, options)
        failed = _again(book, name, run, waiting, options, keeping) if waiting else []
        _report(before, keeping.marks(name), {(s.student, s.exercise) for s in stored}, options)
        keeping.say_what_was_left()
    for text in failed:
        click.echo(text, err=True)
    return OURS if failed else FULL


def _stored(book: Gradebook, name: str, options: RegradeOptions) -> list[Stored]:
    """The attempts that were asked for. Raises GraderError where there are none, or an exercise of theirs is gone."""
    stored = book.stored(name, exercise=options.exercise, student=options.student)
    if not stored:
        raise GraderError(f"'{name}' has no such attempts in this gradebook")
    for slug in sorted({s.exercise for s in stored}):
        load_exercise(slug)
    return stored


def _waiting(book: Gradebook, name: str, run: str, stored: list[Stored]) -> list[Stored]:
    done = book.done(name, run)
    return [s for s in stored if (s.student, s.exercise, s.digest, s.label) not in done]


def _say_how_many(waiting: list[Stored], stored: list[Stored], run: str, options: RegradeOptions) -> None:
    then = "nothing is written" if options.dry_run else f"if interrupted, go on with --run '{run}'"
    click.echo(f"{len(waiting)} of {len(stored)} attempts to grade; {then}", err=True)


class _Keeping:
    """Records gradings as they come, or remembers them for `--dry-run`; `--only-better` leaves some out."""

    def __init__(self, book: Gradebook, options: RegradeOptions):
        self._book, self._options = book, options
        self._remembered: list[Graded] = []
        self._left = 0

    def take(self, gradings: Sequence[Graded]) -> None:
        """Gradings that were made now. Raises GradebookError."""
        if self._options.dry_run:
            self._remembered += gradings
        elif not self._options.only_better:
            self._book.record_all(gradings)
        else:
            self._left += sum(not self._book.record_if_better(one) for one in gradings)

    def marks(self, assignment: str) -> list[Mark]:
        """The marks with all of them: as they are, or would be."""
        if not self._options.dry_run:
            return self._book.marks(assignment)
        found, recorded = self._book.tried(assignment, self._remembered, only_better=self._options.only_better)
        self._left = len(self._remembered) - recorded
        return found

    def say_what_was_left(self) -> None:
        """After `marks`: how many gradings raise no mark."""
        if self._options.only_better:
            click.echo(f"{counted(self._left, 'attempt')} left as graded before: no mark would rise")


def _again(
    book: Gradebook, name: str, run: str, waiting: list[Stored], options: RegradeOptions, keeping: _Keeping
) -> list[str]:
    """Grade them; a line for each on which the grader failed."""
    from ...batch.regrade import Regrade

    slugs = {s.exercise for s in waiting}
    kept = f"What was graded is in the gradebook; go on with --run '{run}'."
    kept = "Nothing was written." if options.dry_run else kept
    order = partial(_order, options)
    timing = any(s.timing for s in waiting)
    with going_on(kept), warm_farm(options.jobs, slugs.pop() if len(slugs) == 1 else None, timing) as farm:
        regrade = Regrade(book, farm, name, run, waiting, order=order, keep=keeping.take, dry_run=options.dry_run)
        run_watched(regrade, options.json_progress)
    return [problem.line for problem in regrade.problems]


def _order(options: RegradeOptions, kept: Stored) -> GradingOptions:
    """As it was graded last: the same inputs, unless others are asked for, and timed if it was."""
    from ...batch.work import GradingOptions

    seed = kept.seed if options.seed is None else options.seed
    return GradingOptions(seed, options.require, timing=kept.timing, explained=not options.no_explain)


def _report(before: list[Mark], after: list[Mark], asked: Collection[tuple[str, str]], options: RegradeOptions) -> None:
    """Say what changed among the marks that were asked for: a batch may add others meanwhile."""
    then = {(m.student, m.exercise): m for m in before}
    pairs = [(then[place], m) for m in after if (place := (m.student, m.exercise)) in then and place in asked]
    up = [pair for pair in pairs if _level(pair[1]) > _level(pair[0])]
    down = [pair for pair in pairs if _level(pair[1]) < _level(pair[0])]
    for old, new in down if options.dry_run else [*up, *down]:
        click.echo(_changed(old, new))
    same, written = len(pairs) - len(up) - len(down), "; nothing was written" if options.dry_run else ""
    click.echo(f"marks: {len(up)} up, {len(down)} down, {same} the same{written}")


def _level(mark: Mark) -> Decimal:
    """The computed points, for comparing; no mark is below every mark."""
    return Decimal(-1) if mark.computed is None else mark.computed


def _changed(old: Mark, new: Mark) -> str:
    from ...gradebook.records import plain

    kept = f" (a person's {plain(new.points)} count)" if new.overridden and new.points is not None else ""
    return f"{new.student}, {new.exercise}: {plain(old.computed) or '–'} → {plain(new.computed) or '–'}{kept}"
