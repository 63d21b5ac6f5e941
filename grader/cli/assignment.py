"""`grade assignment`: points, deadline and rules of an assignment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from ..clean import clean
from . import FULL
from .gradebook import refused, with_gradebook
from .override import number

if TYPE_CHECKING:
    from ..gradebook import Gradebook, Plan


class Unfit(Exception):
    """An option makes no sense."""


def change_assignment(
    name: str,
    where: str,
    exercises: tuple[str, ...],
    deadline: str | None,
    grace: int | None,
    per_day: str | None,
    late_cap: str | None,
    keep: str | None,
) -> int:
    """Make or change it; returns the exit code."""

    def work(book: Gradebook) -> int:
        from ..gradebook import Plan

        plan = book.planned(name) or Plan(name, {})
        late = plan.late
        if grace is not None:
            late = replace(late, grace=timedelta(minutes=grace))
        if per_day is not None:
            late = replace(late, percent_per_day=_percent("--per-day", per_day))
        if late_cap is not None:
            late = replace(late, cap=_percent("--late-cap", late_cap))
        plan = replace(
            plan,
            points={**plan.points, **dict(map(_exercise, exercises))},
            late=late,
            deadline=_moment(deadline) if deadline is not None else plan.deadline,
            keep=keep or plan.keep,
        )
        book.plan(plan)
        _show(plan)
        return FULL

    try:
        return with_gradebook(where, work, create=True)
    except Unfit as error:
        return refused(str(error))


def _show(plan: Plan) -> None:
    from ..gradebook.records import plain

    points = ", ".join(f"{e} ({plain(p)} points)" for e, p in plan.points.items()) or "no exercises yet"
    due = f"due {plan.deadline.isoformat(sep=' ', timespec='minutes')}" if plan.deadline else "no deadline"
    rule = plan.late
    minutes = int(rule.grace.total_seconds() // 60)
    late = f"late: {plain(rule.percent_per_day)} % a day, at most {plain(rule.cap)} %, {minutes} minutes of grace"
    click.echo(f"{plan.name}: {points}; {due}; {late}; the {plan.keep} attempt counts")


def _exercise(text: str) -> tuple[str, Decimal]:
    """`conv=10`, or `conv` for as many points as its checks have."""
    from ..exercise import ExerciseError, load_exercise

    slug, _, points = text.partition("=")
    try:
        exercise = load_exercise(slug)
        return slug, number(points) if points else Decimal(str(exercise.points))
    except ExerciseError as error:
        raise Unfit(str(error)) from error
    except ValueError as error:
        raise Unfit(f"--exercise {clean(text, 60)}: SLUG, or SLUG=POINTS") from error


def _percent(option: str, text: str) -> Decimal:
    try:
        value = number(text.removesuffix("%"))
    except ValueError:
        value = Decimal(101)
    if value > 100:
        raise Unfit(f"{option} {clean(text, 40)}: a number from 0 to 100")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unfit(f"--deadline {clean(text, 40)}: write it as 2027-03-01T23:59 or 2027-03-01T23:59+01:00") from error
    return moment.astimezone() if moment.tzinfo is None else moment
