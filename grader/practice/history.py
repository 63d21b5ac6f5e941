"""The attempts of a learner: a table of the file on their own machine that nothing is graded by."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from typing import Any

from ..model import CheckResult, Record, Result, record
from ..report import causes
from .store import HistoryError, add, place, rows

__all__ = ["HistoryError", "Mistake", "Try", "place", "remember", "tried", "tries"]


@record()
class Mistake(Record):
    """A misconception that an attempt showed, and the checks it cost."""

    slug: str
    title: str
    checks: tuple[str, ...]


@record()
class Try(Record):
    """One attempt: when (seconds since 1970), at what, with which file, for how many points.

    `file` is '' for cells of a notebook. `ran` is whether it could be loaded, `headline` what cost most, `lost` the
    checks that were lost. `learner` is who tried; '' is whose machine this is.
    """

    at: float
    exercise: str
    file: str
    score: float
    possible: float
    full: bool
    ran: bool = True
    headline: str = ""
    mistakes: tuple[Mistake, ...] = ()
    lost: tuple[str, ...] = ()
    learner: str = ""


def remember(results: Sequence[Result], learner: str = "") -> None:
    """Add these results; those that an error of ours spoiled are left out. Raises HistoryError."""
    add("tries", [_row(tried(result, learner)) for result in results if not result.internal_error])


def tries(learner: str = "") -> list[Try]:
    """All attempts of a learner, the oldest first; none where nothing was remembered yet. Raises HistoryError."""
    return [one for one in rows("tries", _try) if one.learner == learner]


def tried(result: Result, learner: str = "") -> Try:
    """What is remembered of a result."""
    return Try(
        at=time.time(),
        exercise=result.exercise,
        file=os.path.abspath(result.file) if result.file else "",
        score=result.score,
        possible=result.max_score,
        full=result.full_marks,
        ran=result.unloaded is None,
        headline=causes.headline(result.causes[0], result) if result.causes else "",
        mistakes=_mistakes(result.checks),
        lost=tuple(check.name for check in result.checks if check.score < check.max_score),
        learner=learner,
    )


def _mistakes(checks: Sequence[CheckResult]) -> tuple[Mistake, ...]:
    named = {check.misconception.slug: check.misconception.title for check in checks if check.misconception}
    return tuple(
        Mistake(slug, title, tuple(c.name for c in checks if c.misconception and c.misconception.slug == slug))
        for slug, title in named.items()
    )


# ---------------------------------------------------------------- rows


def _row(found: Try) -> dict[str, Any]:
    mistakes = json.dumps([[m.slug, m.title, m.checks] for m in found.mistakes])
    return vars(found) | {"mistakes": mistakes, "lost": json.dumps(found.lost)}


def _try(row: dict[str, Any]) -> Try:
    made = tuple(Mistake(slug, title, tuple(checks)) for slug, title, checks in json.loads(row["mistakes"]))
    lost = tuple(json.loads(row["lost"]))
    return Try(**row | {"full": bool(row["full"]), "ran": bool(row["ran"]), "mistakes": made, "lost": lost})
