"""The summary of a batch: counts, mean, the commonest misconceptions, and the problems that need a look."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ..gradebook.book import Gradebook
from ..gradebook.marks import TimesKnown, times_known
from ..gradebook.tables import Assignment, Attempt, GradedCheck, Grading, Item
from ..gradebook.words import marks_change, times_not_known
from .problems import NOTES, Kind, Problem, by_weight, missing
from .run import Batch

if TYPE_CHECKING:
    from rich.console import Console

MOST = 20  # lines of problems in the terminal
COMMONEST = 5


@dataclass
class Summary:
    """The results of a batch. `mean` is the share of the points possible, over everything that the run has graded.

    `marks_changed`: of those that there were before.
    """

    assignment: str
    run: str
    seed: int
    platform: str
    graded_now: int
    graded_before: int
    full_marks: int
    not_graded: int
    tried_again: int
    mean: float | None
    isolation: dict[str, int]
    misconceptions: list[dict[str, Any]]
    marks_changed: int
    times: TimesKnown
    problems: list[Problem] = field(default_factory=list)


def summarise(batch: Batch, book: Gradebook, marks_changed: int = 0) -> Summary:
    """Computed from the gradebook: an interrupted and resumed batch has the same summary as any other."""
    plan, counts = batch.plan, batch.counts
    rows = _gradings(book, plan.assignment, plan.run)
    shares = [float(row.score / row.max_score) for row in rows if row.max_score]
    return Summary(
        assignment=plan.assignment,
        run=plan.run,
        seed=plan.options.seed,
        platform=batch.intake.platform,
        graded_now=counts.graded,
        graded_before=counts.known,
        full_marks=sum(row.score == row.max_score for row in rows if row.max_score),
        not_graded=counts.failed,
        tried_again=counts.again,
        mean=sum(shares) / len(shares) if shares else None,
        isolation=dict(Counter(row.isolation for row in rows)),
        misconceptions=_misconceptions(book, plan.assignment, plan.run),
        marks_changed=marks_changed,
        times=times_known(book.marks(plan.assignment) if book.planned(plan.assignment) else []),
        problems=by_weight(batch.problems),
    )


def _gradings(book: Gradebook, assignment: str, run: str) -> Sequence[Any]:
    query = select(Grading.score, Grading.max_score, Grading.isolation)
    with book.reading() as session:
        return session.execute(_of_run(query, assignment, run).where(Grading.internal_error.is_(False))).all()


def _misconceptions(book: Gradebook, assignment: str, run: str) -> list[dict[str, Any]]:
    """Those of most students first."""
    count = func.count(Attempt.student_id.distinct())
    query = select(Item.exercise, GradedCheck.misconception, GradedCheck.misconception_title, count.label("students"))
    query = _of_run(query, assignment, run).join(GradedCheck).where(GradedCheck.misconception.is_not(None))
    query = query.group_by(Item.exercise, GradedCheck.misconception, GradedCheck.misconception_title)
    with book.reading() as session:
        rows = session.execute(query.order_by(count.desc(), GradedCheck.misconception)).all()
    return [dict(zip(("exercise", "slug", "title", "students"), row, strict=True)) for row in rows]


def _of_run(query: Any, assignment: str, run: str) -> Any:
    query = query.select_from(Grading).join(Attempt).join(Item).join(Assignment)
    return query.where(Assignment.name == assignment, Grading.run == run)


def as_json(summary: Summary) -> str:
    """For `summary.json`."""
    return json.dumps(asdict(summary), indent=2, ensure_ascii=False)


# ---------------------------------------------------------------- terminal


def show(summary: Summary, console: Console) -> None:
    """For people."""
    from rich.markup import escape

    before = f", {summary.graded_before} graded before" if summary.graded_before else ""
    again = f", {summary.tried_again} tried again" if summary.tried_again else ""
    name, run = escape(summary.assignment), escape(summary.run)
    console.print(f"[bold]{name}[/] ({run}): {summary.graded_now} graded now{before}{again}")
    if summary.mean is not None:
        layers = ", ".join(f"{layer} {count}" for layer, count in sorted(summary.isolation.items()))
        console.print(f"mean {summary.mean:.0%} · {summary.full_marks} with full marks · isolation: {layers}")
    if summary.not_graded:
        console.print(f"[red]{summary.not_graded} not graded: the grader failed. No points lost; run it again[/]")
    _show_misconceptions(summary, console)
    show_problems(summary.problems, console)
    _show_consequences(summary, console)


def _show_consequences(summary: Summary, console: Console) -> None:
    """What became of marks that there were, and what is not known."""
    from rich.text import Text

    if summary.times.unknown:
        console.print(Text(times_not_known(summary.times), "yellow"))
    if summary.times.from_files:
        console.print(f"the files' own dates stand for the time of handing in of {summary.times.from_files}")
    if summary.marks_changed:
        console.print(f"{marks_change(summary.marks_changed)} of those that there were before")


def _show_misconceptions(summary: Summary, console: Console) -> None:
    from rich.table import Table

    if not summary.misconceptions:
        return
    table = Table(title="Commonest misconceptions", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in ("students", "exercise", "misconception"):
        table.add_column(column, justify="right" if column == "students" else "left")
    for found in summary.misconceptions[:COMMONEST]:
        table.add_row(str(found["students"]), found["exercise"], found["title"])
    console.print(table)


def show_problems(problems: list[Problem], console: Console, most: int = MOST) -> None:
    """A line each for as many as that; who is missing in one line, and how many there are of what is only noted."""
    from rich.text import Text

    worth = [p for p in problems if p.kind not in (*NOTES, Kind.MISSING)]
    for problem in worth[:most]:
        console.print(Text(problem.line, style="yellow"))
    if len(worth) > most:
        console.print(f"… and {len(worth) - most} more; --out DIR writes all of them to summary.json")
    if absent := missing(problems):
        more = f" and {len(absent) - most} more" if len(absent) > most else ""
        console.print(Text(f"{Kind.MISSING} ({len(absent)}): {', '.join(absent[:most])}{more}", style="yellow"))
    notes = Counter(p.kind for p in problems if p.kind in NOTES)
    if notes:
        console.print(Text("; ".join(f"{notes[kind]} × {kind}" for kind in NOTES if notes[kind]), style="dim"))
