"""Problems of hand-ins, for the instructor: they never stop a batch."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..clean import clean, decoded


class Kind(StrEnum):
    """The kinds of problems, in the words of the summary, by weight: first what costs most, or needs a person."""

    OURS = "the grader failed"
    AMBIGUOUS = "identity not clear"
    UNREADABLE = "cannot be read"
    TOO_LARGE = "too large"
    NO_EXERCISE = "no exercise found"
    NOTHING = "no source file"
    ONLY_A_TIME = "a time, but nothing handed in"
    OTHER_EXERCISE = "another exercise"
    NESTED = "archive inside an archive"
    LINK = "link, not followed"
    DUPLICATE = "handed in more than once"
    NOT_IN_ROSTER = "not in the roster"
    WITHDRAWN = "has withdrawn"
    MERGED = "joined with what came earlier"
    ADDED = "exercise added"
    MISSING = "nothing handed in"
    LATE = "late, says the platform"
    JOINED = "joined by name"
    OWN = "a member of the group has work of their own"
    IGNORED = "not a submission"
    JUNK = "left by a computer's own programs"


def reason(error: BaseException) -> str:
    """An error of the grader's own in one line, for the list."""
    return "".join(traceback.format_exception_only(error)).strip()


NOTES = (Kind.LATE, Kind.JOINED, Kind.OWN, Kind.IGNORED, Kind.JUNK)  # listed, but nobody has to act on them


WEIGHT = {kind: weight for weight, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Problem:
    """One line of the list: what, about which file, whose, and the details."""

    kind: Kind
    where: str
    text: str = ""
    student: str = ""

    def __post_init__(self) -> None:
        """Students wrote these texts: clean them once, for the terminal, JSON and pages."""
        for name in ("where", "text", "student"):
            object.__setattr__(self, name, clean(decoded(getattr(self, name)), 1000))

    @property
    def line(self) -> str:
        """For people."""
        who = f" ({self.student})" if self.student and self.student not in self.where else ""
        text = " ".join(self.text.split())
        return f"{self.kind}: {self.where}{who}" + (f": {text}" if text else "")


def by_weight(problems: Iterable[Problem]) -> list[Problem]:
    """Each once, in the order in which they need a person."""
    return sorted(set(problems), key=lambda p: (WEIGHT[p.kind], p.where, p.text))


def missing(problems: Iterable[Problem]) -> list[str]:
    """Who has handed in nothing, by name and key."""
    return [_missing(p) for p in problems if p.kind is Kind.MISSING]


def _missing(problem: Problem) -> str:
    name, unless, why = problem.text.partition("; ")
    return f"{name} ({problem.where}{unless}{why})" if name and name != problem.where else problem.where + unless + why
