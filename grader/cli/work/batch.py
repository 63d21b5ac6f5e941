"""`grade batch`: read what was handed in, and start the processes that grade; batch_run.py does the rest."""

from __future__ import annotations

import os
from dataclasses import replace

from ...batch.farm import FarmError, open_farm
from ...batch.intake import read
from ...batch.pages import PagesError
from ...batch.roster import ClassNames, read_roster, read_who
from ...batch.times import read_times
from ...errors import INTERRUPTED, GraderError
from ...exercise import load_exercise
from ...moments import find_zone
from .batch_options import BatchOptions

KEPT = "What was graded is in the gradebook; the same command goes on from there."


def grade_batch(options: BatchOptions) -> int:
    """Grade a class; returns the exit code."""
    try:
        return _grade_batch(options)
    except (FarmError, PagesError) as error:
        raise GraderError(f"{error}. {KEPT}", error.exit_code) from error
    except KeyboardInterrupt as stop:
        raise GraderError(f"interrupted. {KEPT}", INTERRUPTED) from stop


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
    jobs, cores = options.jobs or _cores(), _cores()
    with open_farm(jobs, options.cluster) as farm:
        one_core = jobs >= cores and not options.timing and options.cluster is None
        farm.warm_up(options.exercise, one_core, options.layer)
        from .batch_run import grade_all  # with all of SQLAlchemy, while the processes start

        return grade_all(options, intake, ClassNames(roster, who, str(options.who)), farm)


def _cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
