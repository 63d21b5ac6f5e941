"""Problems of hand-ins, for the instructor: they never stop a batch."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import StrEnum

from ..clean import clean, decoded


class Kind(StrEnum):
    """The kinds of problems, in the words of the summary."""

    MISSING = "nothing handed in"
    NOT_IN_ROSTER = "not in the roster"
    AMBIGUOUS = "identity not clear"
    MERGED = "joined with what came earlier"
    WITHDRAWN = "has withdrawn"
    JOINED = "joined by name"
    OWN = "a member of the group has work of their own"
    DUPLICATE = "handed in more than once"
    UNREADABLE = "cannot be read"
    TOO_LARGE = "too large"
    NESTED = "archive inside an archive"
    LINK = "link, not followed"
    NO_EXERCISE = "no exercise found"
    OTHER_EXERCISE = "another exercise"
    ADDED = "exercise added"
    LATE = "late, says the platform"
    ONLY_A_TIME = "a time, but nothing handed in"
    NOTHING = "no source file"
    IGNORED = "not a submission"
    JUNK = "left by a computer's own programs"
    OURS = "the grader failed"


def reason(error: BaseException) -> str:
    """An error of the grader's own in one line, for the list."""
    return "".join(traceback.format_exception_only(error)).strip()


NOTES = (Kind.JUNK, Kind.IGNORED, Kind.LATE, Kind.JOINED, Kind.OWN)  # listed, but nobody has to act on them


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
