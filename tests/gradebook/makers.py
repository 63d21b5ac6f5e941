"""Gradings as the grader makes them, without running it, and what a gradebook holds after them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
from sqlalchemy import select

from grader.gradebook import Gradebook, Graded, HandedIn, Mark, Plan, Work
from grader.gradebook.base import Base
from grader.model import CheckResult, Misconception, Result, Verdict
from grader.model.cause import Cause, Why
from grader.model.findings import Asked, Aspect, Fault, Mismatch, NotReadable, Numbers, Outline
from grader.sandbox.inside.wire import Array

Books = Callable[..., Gradebook]
FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "Networks use cross-correlation.")
WRONG = Mismatch(
    asked=Asked("conv2d", ((None, Array(np.eye(2))), ("padding", 1))),
    aspect=Aspect.VALUES,
    expected=Outline("ndarray", (2, 2), "float64"),
    actual=Outline("ndarray", (2, 2), "float64"),
    numbers=Numbers((2, 2), (2, 2), (0, 0), -2.0, 2.0, 8.0, 4, [[1.0, 2.0]], [[2.0, 1.0]], (0, 0)),
)
DUE = datetime(2027, 3, 1, 12, tzinfo=UTC)
WEEK = Plan("week 1", {"conv": Decimal(10)})


def work(text: str = "def conv2d(x, k): ...") -> Work:
    """A source of one file."""
    return Work({"my_conv.py": text.encode()}, "my_conv.py")


def result(
    points: float = 6.0, of: float = 10.0, *, exercise: str = "conv", broken: bool = False, error: str = "", **more
) -> Result:
    """Two checks: the first won, the second lost with a misconception; `broken`: a third that the grader failed on."""
    checks = [
        CheckResult("shape", "The result has the right shape.", Verdict.ACCEPTED, points, points),
        CheckResult(
            "values",
            "Values <of> the window.",
            Verdict.WRONG_ANSWER if points < of else Verdict.ACCEPTED,
            0.0,
            of - points,
            (WRONG,) if points < of else (),
            FLIPPED if points < of else None,
            0.01,
        ),
    ]
    if broken:
        checks.append(CheckResult("ours", "Ours.", Verdict.INTERNAL_ERROR, 0.0, 0.0, (Fault(trace="it broke"),)))
    return Result(
        exercise,
        "Convolution",
        "anna/my_conv.py",
        7,
        "confined",
        checks,
        NotReadable(text=error) if error else None,
        (Cause(Why.NAMED, ("values",), of - points, FLIPPED.slug),) if points < of else (),
        **more,
    )


def graded(student: str = "anna", points: float = 6.0, **more) -> Graded:
    """One grading of the assignment WEEK."""
    of_result = {k: more.pop(k) for k in ("exercise", "broken", "error", "notes", "stdout") if k in more}
    at = more.pop("submitted_at", None)
    facts = {"work": work(), "run": "batch", "submitted": HandedIn(at, "Moodle" if at else ""), **more}
    return Graded("week 1", student, result=result(points, **of_result), **facts)


def mark_of(book: Gradebook, student: str = "anna", exercise: str = "conv", assignment: str = "week 1") -> Mark:
    """What counts for a student's exercise."""
    return next(m for m in book.marks(assignment) if (m.student, m.exercise) == (student, exercise))


def count(book: Gradebook, table: type[Base]) -> int:
    """The rows of a table."""
    with book.reading() as session:
        return len(session.scalars(select(table)).all())
