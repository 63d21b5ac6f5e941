"""`grade extend`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from ...clean import clean
from ...errors import FULL, GraderError
from ...moments import read_moment, shown
from .book import opened
from .effect import connected, effect
from .numbers import number

if TYPE_CHECKING:
    from ...gradebook import Allowance, Gradebook


@dataclass(frozen=True)
class ExtendOptions:
    """For whom (one of the three), what (one at least, or `undo`), why, and who decides."""

    student: str | None
    assignment: str | None
    section: str | None
    everybody: bool
    until: str | None
    extra_time: str | None
    excused: bool
    undo: bool
    reason: str
    author: str


def extend(where: str, options: ExtendOptions) -> int:
    """Record the decision; returns the exit code."""
    _refuse_contradictions(options)
    with opened(where) as book:
        from ...gradebook.changes import scope

        given = _given(book, options)
        if options.undo and not book.extension(given.assignment, given.student, given.section):
            raise GraderError(f"{scope(given)} has no extension for '{clean(given.assignment, 100)}' to take back")
        with effect(book, connected(book, given.assignment)):
            book.extend(given)
            for line in _told(book, given):
                click.echo(line)
    return FULL


def _refuse_contradictions(options: ExtendOptions) -> None:
    if sum(map(bool, (options.student, options.section, options.everybody))) != 1:
        raise GraderError("for whom? STUDENT, --section S or --all: one of them")
    more_time = options.until is not None or options.extra_time is not None
    if more_time + options.excused + options.undo != 1:
        raise GraderError("what? --until TIME and --extra-time PERCENT, or --excused, or --undo")
    if not options.reason.strip() or not options.author.strip():
        raise GraderError("--reason and --by may not be empty: they explain the decision later")


def _given(book: Gradebook, options: ExtendOptions) -> Allowance:
    from ...gradebook import Allowance

    name = book.the_assignment(options.assignment)
    plan = book.planned(name)
    zone = plan.zone if plan else ""
    return Allowance(
        name,
        options.reason.strip(),
        options.author.strip(),
        student=book.find_student(options.student) if options.student else "",
        section=options.section or "",
        until=None if options.until is None else read_moment(options.until, zone, "--until")[0],
        extra_time=None if options.extra_time is None else _percent(options.extra_time),
        excused=options.excused,
    )


def _percent(text: str) -> Decimal:
    try:
        value = number(text.removesuffix("%"))
    except ValueError:
        value = Decimal(0)
    if not value:
        raise GraderError(f"--extra-time {clean(text, 40)}: write percent of the time there is, such as 25")
    return value


def _told(book: Gradebook, given: Allowance) -> list[str]:
    """What is due now, for a student; what was given, for several."""
    from ...gradebook.changes import gift, scope

    plan = book.planned(given.assignment)
    zone = plan.zone if plan else ""
    if not given.student:
        return [f"{given.assignment}, {scope(given)}: {gift(given, zone)}"]
    due = book.due(given.assignment, given.student)
    if due.excused:
        return [f"{given.assignment}, {given.student}: excused"]
    return [f"{given.assignment}, {given.student}: " + (f"due {shown(due.at, zone)}" if due.at else "no deadline")]
