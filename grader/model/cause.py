"""Why points were lost: the checks that were lost for one and the same reason, as one."""

from __future__ import annotations

from enum import StrEnum

from .record import Record, record


class Why(StrEnum):
    """What the checks of a cause have in common."""

    NAMED = "named"  # a misconception
    UNLOADED = "unloaded"  # the file could not be read or loaded
    NOTHING = "nothing"  # nothing of what the exercise asks for is written yet
    UNWRITTEN = "unwritten"  # a function that raises NotImplementedError
    NOT_DEFINED = "not_defined"
    NO_RETURN = "no_return"  # a function that never returns a value
    PRINTS = "prints"  # the same, and it prints something
    SOME_RETURN = "some_return"  # one that returns a value, but not here
    RAISED = "raised"  # the same exception from the same line
    STUCK = "stuck"  # a function that gives no answer in time
    LIMIT = "limit"  # a function that uses more of something than is allowed
    TOLD = "told"  # in words alone, as the rest is not for who reads it
    OTHER = "other"  # the same difference in the answers of the same function, or just one check


@record()
class Cause(Record):
    """One reason for which points were lost, and the checks that it costs, by name.

    `subject` is the function, class or name that it is about; the findings and the misconception are those of the
    first check. A cause in words alone has its headline as `subject`, and `step`; without `lines`, none is shown.
    """

    why: Why
    checks: tuple[str, ...]
    points: float
    subject: str = ""
    step: str = ""
    lines: bool = True
