"""`grade batch`: read what was handed in, and start the processes that grade; batch_run.py does the rest."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from ..batch.cluster import ClusterError
from ..batch.farm import FarmError, open_farm
from ..batch.intake import read
from ..batch.pages import PagesError
from ..batch.roster import Roster, read_roster
from ..batch.sources import IntakeError
from ..exercise import ExerciseError, load_exercise
from ..gradebook.records import GradebookError
from ..sandbox.order import IsolationError
from . import OURS, USAGE
from .files import printable

INTERRUPTED = 130
KEPT = "What was graded is in the gradebook; the same command goes on from there."


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    path: Path
    exercise: str | None
    assignment: str | None
    where: str
    roster: Path | None
    out: Path | None
    jobs: int | None
    cluster: str | None
    seed: int | None
    fresh: bool
    require: str
    timing: bool


def grade_batch(asked: Asked) -> int:
    """Grade a class; returns the exit code."""
    try:
        return _grade_batch(asked)
    except (IntakeError, ExerciseError, IsolationError, ClusterError) as error:
        return _say(str(error), USAGE)
    except GradebookError as error:
        return _say(str(error), OURS if error.ours else USAGE)
    except (FarmError, PagesError) as error:
        return _say(f"{error}. {KEPT}", OURS)
    except KeyboardInterrupt:
        return _say(f"interrupted. {KEPT}", INTERRUPTED)


def _say(text: str, code: int) -> int:
    click.echo(f"grade: {printable(text)}", err=True)
    return code


def _grade_batch(asked: Asked) -> int:
    if asked.exercise is not None:
        load_exercise(asked.exercise)
    roster = Roster(read_roster(asked.roster)) if asked.roster else None
    intake = read(asked.path, roster)
    jobs, cores = asked.jobs or _cores(), _cores()
    with open_farm(jobs, asked.cluster) as farm:
        farm.warm_up(asked.exercise, one_core=jobs >= cores and not asked.timing and asked.cluster is None)
        from .batch_run import grade_all  # with all of SQLAlchemy, while the processes start

        return grade_all(asked, intake, roster, farm)


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
