"""Gradings as the grader makes them, without running it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from grader.gradebook import Gradebook, Graded, Plan, Work
from grader.model import CheckResult, Evidence, Misconception, Result, Verdict

Books = Callable[..., Gradebook]
FLIPPED = Misconception("kernel-flipped", "Kernel flipped", "Networks use cross-correlation.")
DUE = datetime(2027, 3, 1, 12, tzinfo=UTC)
WEEK = Plan("week 1", {"conv": Decimal(10)})


def work(text: str = "def conv2d(x, k): ...") -> Work:
    """A source of one file."""
    return Work({"my_conv.py": text.encode()}, "my_conv.py")


def result(points: float = 6.0, of: float = 10.0, *, exercise: str = "conv", broken: bool = False, **more) -> Result:
    """Two checks: the first won, the second lost with a misconception; `broken`: a third that the grader failed on."""
    checks = [
        CheckResult("shape", "The result has the right shape.", Verdict.ACCEPTED, points, points),
        CheckResult(
            "values",
            "Values <of> the window.",
            Verdict.WRONG_ANSWER if points < of else Verdict.ACCEPTED,
            0.0,
            of - points,
            "conv2d(x)\n4 of 4 values differ",
            FLIPPED if points < of else None,
            0.01,
            Evidence("conv2d(x)", [2, 2], [2, 2], [0, 0], -2.0, 2.0, 8.0, [[1.0, 2.0]], [[2.0, 1.0]], [0, 0]),
        ),
    ]
    if broken:
        checks.append(CheckResult("ours", "Ours.", Verdict.INTERNAL_ERROR, 0.0, 0.0, "it broke"))
    return Result(exercise, "Convolution", "anna/my_conv.py", 7, "confined", checks, **more)


def graded(student: str = "anna", points: float = 6.0, **more) -> Graded:
    """One grading of the assignment WEEK."""
    of_result = {k: more.pop(k) for k in ("exercise", "broken", "error", "notes", "stdout") if k in more}
    facts = {"work": work(), "run": "batch", **more}
    return Graded("week 1", student, result=result(points, **of_result), **facts)
