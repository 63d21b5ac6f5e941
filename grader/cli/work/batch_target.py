"""Which assignment a batch is for: the named one, else the only planned one that fits, else one that is asked for."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import islice

import click

from ...batch.intake import Intake
from ...batch.prepare import Wanted, prepare
from ...clean import decoded, line
from ...errors import INTERRUPTED, GraderError
from ...gradebook import Gradebook, Plan
from .batch_options import BatchOptions

LOOKED_AT = 24  # hand-ins that are read to find out which exercises they answer


def target(options: BatchOptions, intake: Intake, book: Gradebook) -> str:
    """The assignment's name. Raises GraderError where there are several and nobody to ask."""
    if options.assignment is not None:
        return line(decoded(options.assignment))
    usual = line(decoded(options.exercise or options.path.resolve().stem))
    plans = [plan for name in book.assignments() if (plan := book.planned(name)) is not None]
    planned = [plan for plan in plans if plan.closed or plan.deadline is not None]
    if not planned or usual in (plan.name for plan in plans):
        return usual
    answered = {options.exercise} if options.exercise else _answered(intake)
    fitting = [plan.name for plan in planned if _fits(plan, answered)]
    if len(fitting) > 1:
        return _asked(fitting)
    return fitting[0] if fitting else usual


def _fits(plan: Plan, answered: set[str]) -> bool:
    return bool(answered & plan.points.keys()) or (not plan.closed and bool(answered))


def _answered(intake: Intake) -> set[str]:
    """The exercises that the first hand-ins answer."""
    look = replace(intake, problems=[])
    hand_ins = [h for h in islice(look.hand_ins(), LOOKED_AT) if not h.fault]
    return {unit.exercise for units, _ in prepare(hand_ins, Wanted()) for unit in units}


def _asked(names: list[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise GraderError(f"which assignment? --assignment NAME; planned and fitting: {listed}")
    for number, name in enumerate(names, 1):
        click.echo(f"{number}  {name}", err=True)
    try:
        choice = click.prompt("Which assignment", type=click.IntRange(1, len(names)), err=True)
    except click.Abort as stop:
        raise GraderError("no assignment was chosen, nothing was graded", INTERRUPTED) from stop
    return names[choice - 1]
