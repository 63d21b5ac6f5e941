"""`grade assignment`: exercises, deadline and rules of an assignment; `grade history` says who changed them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from ...clean import clean
from ...errors import FULL, GraderError
from ...exercise import load_exercise
from ...model.feedback import Feedback
from ...moments import find_zone, read_moment, shown
from .author import login_name
from .book import opened
from .effect import connected, effect, unknown_times
from .numbers import number

if TYPE_CHECKING:
    from ...gradebook import Gradebook, LateRule, Plan

REMOVE = "remove"


@dataclass(frozen=True)
class AssignmentOptions:
    """What to change, as typed; None leaves a setting as it is."""

    exercises: tuple[str, ...]
    opens: str | None
    deadline: str | None
    zone: str | None
    grace: int | None
    per_day: str | None
    late_cap: str | None
    late_days: int | None
    keep: str | None
    feedback: str | None
    feedback_after: str | None
    author: str | None


def change_assignment(name: str, where: str, options: AssignmentOptions) -> int:
    """Make an assignment or change it; returns the exit code."""
    with opened(where, create=True) as book:
        from ...gradebook import Plan

        before = book.planned(name)
        plan, without = _changed(before or Plan(name, {}), options)
        author = options.author or login_name()
        touched = connected(book, name) if options.late_days is None else book.assignments()
        with effect(book, touched):
            book.plan(plan, without=without, author=author)
            if options.late_days is not None:
                book.set_late_days(options.late_days, author=author)
            _show(book, name)
        unknown_times(book.marks(name))
    return FULL


def _changed(plan: Plan, options: AssignmentOptions) -> tuple[Plan, list[str]]:
    """The plan as it is wanted, and the exercises that are taken out of it."""
    named = [_exercise(text, plan) for text in options.exercises]
    points = {slug: worth for slug, worth in named if worth is not None}
    if options.zone is not None:
        find_zone(options.zone)
        plan = replace(plan, zone=options.zone)
    if options.opens is not None:
        opens, zone = read_moment(options.opens, plan.zone, "--opens")
        plan = replace(plan, opens=opens, zone=zone)
    if options.deadline is not None:
        deadline, zone = read_moment(options.deadline, plan.zone, "--deadline")
        plan = replace(plan, deadline=deadline, zone=zone)
    plan = replace(
        plan,
        late=_late_rule(plan.late, options),
        points={**plan.points, **points},
        keep=options.keep or plan.keep,
        feedback=Feedback(options.feedback) if options.feedback else plan.feedback,
        feedback_after=_after(options.feedback_after) if options.feedback_after else plan.feedback_after,
        closed=plan.closed or bool(options.exercises or plan.points),  # once decided, nobody's file adds to it
    )
    return plan, [slug for slug, worth in named if worth is None]


def _after(level: str) -> Feedback | None:
    return None if level == "same" else Feedback(level)


def _late_rule(late: LateRule, options: AssignmentOptions) -> LateRule:
    if options.grace is not None:
        late = replace(late, grace=timedelta(minutes=options.grace))
    if options.per_day is not None:
        late = replace(late, percent_per_day=_percent("--per-day", options.per_day))
    if options.late_cap is not None:
        late = replace(late, cap=_percent("--late-cap", options.late_cap))
    return late


def _show(book: Gradebook, name: str) -> None:
    from ...gradebook.records import Plan, plain
    from ...gradebook.words import counted

    plan, days = book.planned(name) or Plan(name, {}), book.late_days()
    points = ", ".join(f"{e} ({plain(p)} points)" for e, p in plan.points.items()) or "no exercises yet"
    opens = f"; opens {shown(plan.opens, plan.zone)}" if plan.opens else ""
    due = f"due {shown(plan.deadline, plan.zone)}" if plan.deadline else "no deadline"
    rule = plan.late
    minutes = int(rule.grace.total_seconds() // 60)
    late = f"late: {plain(rule.percent_per_day)} % a day, at most {plain(rule.cap)} %, {minutes} minutes of grace"
    free = f", {counted(days, 'late day')} in the whole course" if days is not None else ""
    said = f"{plan.name}: {points}{opens}; {due}; {late}{free}; the {plan.keep} attempt counts"
    after = f", after the deadline: {plan.feedback_after}" if plan.feedback_after else ""
    click.echo(f"{said}; feedback: {plan.feedback}{after}")


def _exercise(text: str, plan: Plan) -> tuple[str, Decimal | None]:
    """Parse `conv=10`, `conv` for as many points as its checks have, or `conv=remove`: None."""
    slug, _, points = text.partition("=")
    if points == REMOVE:
        if slug not in plan.points:
            there = ", ".join(plan.points) or "no exercises"
            raise GraderError(f"--exercise {clean(text, 60)}: '{clean(plan.name, 60)}' has {there}")
        return slug, None
    try:
        exercise = load_exercise(slug)
        return slug, number(points) if points else Decimal(str(exercise.points))
    except ValueError as error:
        form = f"SLUG, SLUG=POINTS or SLUG={REMOVE}"
        raise GraderError(f"--exercise {clean(text, 60)}: write {form}") from error


def _percent(option: str, text: str) -> Decimal:
    try:
        value = number(text.removesuffix("%"))
    except ValueError:
        value = Decimal(101)
    if value > 100:
        raise GraderError(f"{option} {clean(text, 40)}: write a number from 0 to 100")
    return value
