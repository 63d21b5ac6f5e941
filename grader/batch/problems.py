"""What an instructor has to know about a hand-in: found while reading, never a reason to stop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is the matter, in the words of the summary."""

    MISSING = "nothing handed in"
    NOT_IN_ROSTER = "not in the roster"
    AMBIGUOUS = "identity not clear"
    DUPLICATE = "handed in more than once"
    UNREADABLE = "cannot be read"
    TOO_LARGE = "too large"
    NESTED = "archive inside an archive"
    LINK = "link, not followed"
    NO_EXERCISE = "no exercise found"
    OTHER_EXERCISE = "another exercise"
    LATE = "late, says the platform"
    NOTHING = "no source file"
    IGNORED = "not a submission"
    JUNK = "left by a computer's own programs"
    OURS = "the grader failed"


NOTES = (Kind.JUNK, Kind.IGNORED, Kind.LATE)  # worth a line in the list, not worth a look


@dataclass(frozen=True)
class Problem:
    """One line of the list: what, about which file, whose, and the details."""

    kind: Kind
    where: str
    text: str = ""
    student: str = ""

    @property
    def line(self) -> str:
        """For people."""
        who = f" ({self.student})" if self.student and self.student not in self.where else ""
        text = " ".join(self.text.split())
        return f"{self.kind}: {self.where}{who}" + (f": {text}" if text else "")
