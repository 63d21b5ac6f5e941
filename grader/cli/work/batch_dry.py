"""`grade batch --dry-run`: read everything, say what is odd, write nothing."""

from __future__ import annotations

from rich.console import Console

from ...batch import ledger
from ...batch.farm import open_farm
from ...batch.intake import Intake
from ...batch.local import cores
from ...batch.problems import Kind
from ...batch.rehearsal import Rehearsal, show_rehearsal
from ...batch.roster import ClassNames
from ...errors import FULL, OURS
from ...gradebook.copied import copied
from .author import login_name
from .batch_options import BatchOptions
from .batch_run import batch_plan, planned
from .farms import run_watched


def rehearse(options: BatchOptions, intake: Intake, names: ClassNames) -> int:
    """Read what was handed in, with a copy of the gradebook; returns the exit code. Raises GraderError."""
    with copied(options.where) as book, open_farm(options.jobs or cores(), None) as farm:
        plan = planned(options, intake, book)
        ledger.identify(book, intake, names, lambda *_: None, login_name())
        items = ledger.Items(book, plan.name)
        batch = Rehearsal(intake, book, batch_plan(options, book, plan), farm, ensure=items.ensure)
        run_watched(batch)
        for exercise in sorted({unit.exercise for unit in batch.waiting}):
            items.ensure(exercise)
        batch.problems += items.problems()
        show_rehearsal(batch, plan, Console())
        return OURS if any(p.kind is Kind.OURS for p in batch.problems) else FULL
