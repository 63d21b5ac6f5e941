"""`grade assignment`: points, deadline and rules of an assignment."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from ...clean import clean
from ...errors import FULL, GraderError
from ...exercise import load_exercise
from ...model.feedback import Feedback
from .book import opened
from .numbers import number

if TYPE_CHECKING:
    from ...gradebook import LateRule, Plan

DATE = re.compile(r"\d{4}-?\d\d-?\d\d")
LAST = time(23, 59, 59)  # of a day


@dataclass(frozen=True)
class AssignmentOptions:
    """What to change, as typed; None leaves a setting as it is."""

    exercises: tuple[str, ...]
    deadline: str | None
    grace: int | None
    per_day: str | None
    late_cap: str | None
    keep: str | None
    feedback: str | None


def change_assignment(name: str, where: str, options: AssignmentOptions) -> int:
    """Make an assignment or change it; returns the exit code."""
    with opened(where, create=True) as book:
        from ...gradebook import Plan

        plan = _changed(book.planned(name) or Plan(name, {}), options)
        book.plan(plan)
        _show(plan)
    return FULL


def _changed(plan: Plan, options: AssignmentOptions) -> Plan:
    return replace(
        plan,
        late=_late_rule(plan.late, options),
        points={**plan.points, **dict(map(_exercise, options.exercises))},
        deadline=_moment(options.deadline) if options.deadline is not None else plan.deadline,
        keep=options.keep or plan.keep,
        feedback=Feedback(options.feedback) if options.feedback else plan.feedback,
        closed=plan.closed or bool(options.exercises),
    )


def _late_rule(late: LateRule, options: AssignmentOptions) -> LateRule:
    if options.grace is not None:
        late = replace(late, grace=timedelta(minutes=options.grace))
    if options.per_day is not None:
        late = replace(late, percent_per_day=_percent("--per-day", options.per_day))
    if options.late_cap is not None:
        late = replace(late, cap=_percent("--late-cap", options.late_cap))
    return late


def _show(plan: Plan) -> None:
    from ...gradebook.records import plain

    points = ", ".join(f"{e} ({plain(p)} points)" for e, p in plan.points.items()) or "no exercises yet"
    due = f"due {plan.deadline.isoformat(sep=' ', timespec='minutes')}" if plan.deadline else "no deadline"
    rule = plan.late
    minutes = int(rule.grace.total_seconds() // 60)
    late = f"late: {plain(rule.percent_per_day)} % a day, at most {plain(rule.cap)} %, {minutes} minutes of grace"
    click.echo(f"{plan.name}: {points}; {due}; {late}; the {plan.keep} attempt counts; feedback: {plan.feedback}")


def _exercise(text: str) -> tuple[str, Decimal]:
    """Parse `conv=10`, or `conv` for as many points as its checks have."""
    slug, _, points = text.partition("=")
    try:
        exercise = load_exercise(slug)
        return slug, number(points) if points else Decimal(str(exercise.points))
    except ValueError as error:
        raise GraderError(f"--exercise {clean(text, 60)}: write SLUG or SLUG=POINTS") from error


def _percent(option: str, text: str) -> Decimal:
    try:
        value = number(text.removesuffix("%"))
    except ValueError:
        value = Decimal(101)
    if value > 100:
        raise GraderError(f"{option} {clean(text, 40)}: write a number from 0 to 100")
    return value


def _moment(text: str) -> datetime:
    """A deadline as it was typed: a date is its last second, a time without a zone is this machine's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        form = "2027-03-01, 2027-03-01T23:59 or 2027-03-01T23:59+01:00"
        raise GraderError(f"--deadline {clean(text, 40)}: write it as {form}") from error
    if DATE.fullmatch(text):
        moment = datetime.combine(moment, LAST)
    return moment if moment.tzinfo is not None else _here(moment)


def _here(moment: datetime) -> datetime:
    """By this machine's clock. Raises GraderError for a time that it skips or shows twice: in spring and in autumn."""
    first, second = (moment.replace(fold=fold).astimezone() for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    what = "is there twice" if first.replace(tzinfo=None) == moment else "does not exist: clocks go forward"
    readings = " or ".join(reading.isoformat(timespec="minutes") for reading in sorted((first, second)))
    raise GraderError(
        f"--deadline {moment.isoformat(timespec='minutes')} {what} here. Write which is meant: {readings}"
    )
