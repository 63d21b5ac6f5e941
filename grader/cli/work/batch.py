"""`grade batch`: read what was handed in, and start the processes that grade; batch_run.py does the rest."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ...batch.intake import read
from ...batch.roster import ClassNames, read_roster, read_who
from ...batch.times import read_times
from ...exercise import load_exercise
from ...moments import find_zone
from .batch_options import BatchOptions
from .farms import going_on, warm_farm

KEPT = "What was graded is in the gradebook; the same command goes on from there."


def grade_batch(options: BatchOptions) -> int:
    """Grade a class; returns the exit code."""
    with going_on(KEPT):
        return _grade_batch(options)


def _grade_batch(options: BatchOptions) -> int:
    if options.exercise is not None:
        load_exercise(options.exercise)
    roster = read_roster(options.roster) if options.roster else None
    who = read_who(options.who) if options.who else {}
    intake = read(options.path)
    if options.zone is not None:
        find_zone(options.zone)
    listed = read_times(options.times) if options.times else []
    intake.times = replace(intake.times, listed=listed, from_files=options.times_from is not None)
    if options.dry_run:
        from .batch_dry import rehearse

        return rehearse(options, intake, ClassNames(roster, who, str(options.who)))
    farm_of = partial(warm_farm, options.jobs, options.exercise, options.timing)
    with farm_of(cluster=options.cluster, layer=options.layer, wait=options.wait) as farm:
        from .batch_run import grade_all  # with all of SQLAlchemy, while the processes start

        return grade_all(options, intake, ClassNames(roster, who, str(options.who)), farm)
