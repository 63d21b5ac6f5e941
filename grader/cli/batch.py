"""`grade batch`: read, grade, record, sum up."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.console import Console

from ..batch import ledger
from ..batch.cluster import ClusterError
from ..batch.farm import Farm, FarmError, open_farm
from ..batch.intake import Intake, read
from ..batch.pages import Pages, PagesError
from ..batch.problems import NOTES, Kind
from ..batch.progress import progress
from ..batch.roster import Roster, read_roster
from ..batch.run import Batch, Plan
from ..batch.sources import IntakeError
from ..batch.summary import as_json, show, summarise
from ..batch.work import Order
from ..exercise import ExerciseError, load_exercise
from ..gradebook.book import Gradebook
from ..gradebook.records import GradebookError
from ..sandbox.launch import IsolationError
from . import FULL, OURS, USAGE
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
        return _say(str(error), OURS if "disk" in str(error) else USAGE)
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
    with open_farm(asked.jobs or _cores(), asked.cluster) as farm, Gradebook.open(asked.where) as book:
        assignment = asked.assignment or asked.exercise or asked.path.resolve().stem
        _enrol(book, intake, roster)
        batch = _graded(asked, intake, book, assignment, farm)
        return _report(asked, batch, book)


def _enrol(book: Gradebook, intake: Intake, roster: Roster | None) -> None:
    """Everybody who handed in, and everybody who should have."""
    people = {p.key: p for p in [*(roster.people if roster else []), *intake.people]}
    known = ledger.known_as(book, people.values())
    intake.owned = [
        (entry, replace(owned, people=tuple(known[p.key] for p in owned.people))) for entry, owned in intake.owned
    ]
    intake.problems += ledger.enrol(book, known.values())


def _graded(asked: Asked, intake: Intake, book: Gradebook, assignment: str, farm: Farm) -> Batch:
    run, seed = ledger.run_and_seed(book, assignment, asked.seed, asked.fresh)
    order = Order(seed, asked.require, pages=asked.out is not None, timing=asked.timing)
    pages = Pages(asked.out) if asked.out else None
    batch = Batch(
        intake,
        book,
        Plan(assignment, run, order, asked.exercise),
        farm,
        ensure=ledger.Items(book, assignment).ensure,
        keep_pages=pages.keep if pages else lambda *_: None,
    )
    with progress(Console(stderr=True)) if sys.stderr.isatty() else nullcontext(lambda _: None) as step:
        batch.run(step)
    return batch


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _report(asked: Asked, batch: Batch, book: Gradebook) -> int:
    summary = summarise(batch, book)
    if asked.out:
        from ..batch.class_pages import write_class

        Pages(asked.out).write("summary.json", as_json(summary))
        look = [p.line for p in summary.problems if p.kind not in (*NOTES, Kind.OURS)]
        write_class(asked.out, book, batch.plan.assignment, problems=look)
    show(summary, Console())
    return OURS if summary.not_graded else FULL
