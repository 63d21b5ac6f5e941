"""All that the checks of an exercise import. See docs/author/exercise.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .cases import cases
from .compare import DOUBLE, SINGLE, Tolerance
from .draw import INTEGERS, LAYOUTS, REAL, Draw, laid_out
from .subject import AFTERWARDS, CALLS, UNRECORDED, Subject, Twin

__all__ = [
    "AFTERWARDS",
    "CALLS",
    "DOUBLE",
    "INTEGERS",
    "LAYOUTS",
    "REAL",
    "SINGLE",
    "UNRECORDED",
    "Draw",
    "Subject",
    "Tolerance",
    "Twin",
    "cases",
    "check",
    "laid_out",
]

F = TypeVar("F", bound=Callable[..., object])


def check(
    *,
    points: float = 1,
    needs: str | tuple[str, ...] = (),
    kind: str = "correctness",
    bonus: float = 0,
    device: str = "cpu",
) -> Callable[[F], F]:
    """Mark a test function as a graded check.

    `points` are what it is worth; `needs` names what of the submission it calls (all that the exercise asks for, if
    not given): when one of them is missing, only this check loses its points. `kind` is `timing` or `memory` for a
    check that uses the fixture `timing`; `bonus` are points outside the maximum, beside `points=0`; `device="cuda"` is
    for one that needs a GPU. All are read from the source, so they have to be literals.
    """
    return lambda function: function
