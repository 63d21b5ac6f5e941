"""How much a student is told of what went wrong."""

from __future__ import annotations

from enum import StrEnum


class Feedback(StrEnum):
    """From the least to the most; each has all that those before it have."""

    VERDICT = "verdict"  # checks by name, with verdicts and points
    NAME = "name"  # also misconceptions, and headlines without values
    CASE = "case"  # also values: what was asked, expected and answered, the rule, the relation, the case to run again
    LINE = "line"  # also the lines at fault

    def tells(self, other: Feedback) -> bool:
        """Whether it has what `other` has."""
        levels = list(Feedback)
        return levels.index(self) >= levels.index(other)
