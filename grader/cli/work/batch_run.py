"""`grade batch`, the second half: enrol, grade, record, sum up."""

from __future__ import annotations

from rich.console import Console

from ...batch import ledger
from ...batch.farm import Farm
from ...batch.intake import Intake
from ...batch.pages import Pages
from ...batch.prepare import Wanted
from ...batch.problems import Kind, by_weight
from ...batch.roster import ClassNames
from ...batch.run import Batch, BatchPlan
from ...batch.summary import Summary, as_json, show, summarise
from ...batch.work import GradingOptions
from ...errors import FULL, OURS, GraderError
from ...gradebook.book import Gradebook
from ...gradebook.records import Plan
from ...moments import find_zone
from .author import login_name
from .batch_ask import asker
from .batch_options import BatchOptions
from .batch_target import target
from .effect import Points, changed, connected, points
from .farms import run_watched


def grade_all(options: BatchOptions, intake: Intake, names: ClassNames, farm: Farm) -> int:
    """Grade everything that was handed in; returns the exit code. Raises GraderError."""
    with Gradebook.open(options.where) as book:
        plan = planned(options, intake, book)
        assignment = plan.name
        ledger.identify(book, intake, names, asker(), login_name())
        before = _counting(book, assignment)  # by now of the right students: who was joined has been told
        batch = _graded(options, intake, book, plan, farm)
        summary = summarise(batch, book, changed(before, _counting(book, assignment)))
        return _report(options, summary, book)


def planned(options: BatchOptions, intake: Intake, book: Gradebook) -> Plan:
    """The assignment that the batch is for; times are read in its zone. Raises GraderError."""
    assignment = target(options, intake, book)
    plan = book.planned(assignment) or Plan(assignment, {})
    intake.times.zone = find_zone(options.zone if options.zone is not None else plan.zone)
    return plan


def _counting(book: Gradebook, assignment: str) -> Points:
    """The points that there are."""
    return {place: mark for place, mark in points(book, connected(book, assignment)).items() if mark is not None}


def batch_plan(options: BatchOptions, book: Gradebook, plan: Plan) -> BatchPlan:
    """The run that goes on, how it grades, and what. Raises GraderError for an exercise that the assignment lacks."""
    only = frozenset(plan.points) if plan.closed else None
    if only is not None and options.exercise is not None and options.exercise not in only:
        raise GraderError(
            f"'{plan.name}' has {', '.join(sorted(only))}, and no {options.exercise}: "
            f"grade assignment '{plan.name}' --exercise {options.exercise} adds it"
        )
    run, seed = book.begin(plan.name, options.seed, fresh=options.fresh)
    order = GradingOptions(
        seed,
        options.require,
        pages=options.out is not None,
        timing=options.timing,
        explained=not options.no_explain,
        feedback=book.feedback(plan.name) if book.planned(plan.name) else plan.feedback,
        layer=options.layer,
    )
    return BatchPlan(plan.name, run, order, Wanted(options.exercise, only))


def _graded(options: BatchOptions, intake: Intake, book: Gradebook, plan: Plan, farm: Farm) -> Batch:
    pages = Pages(options.out) if options.out else None
    items = ledger.Items(book, plan.name)
    batch = Batch(
        intake,
        book,
        batch_plan(options, book, plan),
        farm,
        ensure=items.ensure,
        keep_pages=pages.keep if pages else lambda *_: None,
    )
    run_watched(batch, options.json_progress)
    batch.problems += items.problems()
    book.note(plan.name, [(p.kind.value, p.where, p.text, p.student) for p in by_weight(batch.problems)])
    if book.planned(plan.name):
        book.downloaded(plan.name, intake.names)
    return batch


def _report(options: BatchOptions, summary: Summary, book: Gradebook) -> int:
    if options.out:
        from ...classreport.pages import write_class

        if book.planned(summary.assignment):  # else nothing of all that was handed in could be graded
            _, failed = write_class(options.out, book, summary.assignment)
            summary.problems += failed
        Pages(options.out).write("summary.json", as_json(summary))
    show(summary, Console())
    return OURS if any(p.kind is Kind.OURS for p in summary.problems) else FULL
