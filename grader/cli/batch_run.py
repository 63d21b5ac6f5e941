"""The work of `grade batch`: enrol, grade, record, sum up."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console

from ..batch import ledger
from ..batch.farm import Farm
from ..batch.intake import Intake
from ..batch.pages import Pages
from ..batch.problems import NOTES, Kind
from ..batch.progress import progress
from ..batch.roster import Roster
from ..batch.run import Batch, BatchPlan
from ..batch.summary import as_json, show, summarise
from ..batch.work import GradingOptions
from ..clean import decoded, line
from ..gradebook.book import Gradebook
from . import FULL, OURS

if TYPE_CHECKING:
    from .batch import Asked


def grade_all(asked: Asked, intake: Intake, roster: Roster | None, farm: Farm) -> int:
    """Grade everything that was handed in; returns the exit code. Raises what `grade_batch` knows how to say."""
    with Gradebook.open(asked.where) as book:
        assignment = line(decoded(asked.assignment or asked.exercise or asked.path.resolve().stem))
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
    order = GradingOptions(seed, asked.require, pages=asked.out is not None, timing=asked.timing)
    pages = Pages(asked.out) if asked.out else None
    batch = Batch(
        intake,
        book,
        BatchPlan(assignment, run, order, asked.exercise),
        farm,
        ensure=ledger.Items(book, assignment).ensure,
        keep_pages=pages.keep if pages else lambda *_: None,
    )
    with progress(Console(stderr=True)) if sys.stderr.isatty() else nullcontext(lambda _: None) as step:
        batch.run(step)
    return batch


def _report(asked: Asked, batch: Batch, book: Gradebook) -> int:
    summary = summarise(batch, book)
    if asked.out:
        from ..classreport.pages import write_class

        look = [p.line for p in summary.problems if p.kind not in (*NOTES, Kind.OURS)]
        _, failed = write_class(asked.out, book, batch.plan.assignment, problems=look)
        summary.problems += failed
        Pages(asked.out).write("summary.json", as_json(summary))
    show(summary, Console())
    return OURS if any(p.kind is Kind.OURS for p in summary.problems) else FULL
