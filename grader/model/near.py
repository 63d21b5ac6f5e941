"""What a submission has in place of a name that is missing."""

from __future__ import annotations

from enum import StrEnum

from .record import Record, record


class NearPlace(StrEnum):
    """Where a name is that may be the missing one."""

    FILE = "file"
    METHOD = "method"  # of a class, and should be a function of its own
    INNER = "inner"  # inside a function
    SCRIPT = "script"  # under `if __name__ == "__main__":`
    ATTRIBUTE = "attribute"  # of the class that is asked for
    PARAMETER = "parameter"  # of the function that is asked for
    TOO_MUCH = "too_much"  # a parameter `self` of the function that is asked for
    LEFT_OUT = "left_out"  # such a parameter, of the method that is asked for: there is none


@record()
class Near(Record):
    """What a file has in place of a name that is missing: a similar name, or the same one elsewhere.

    `inside` is what holds it: a class or a function.
    """

    meant: str
    found: str
    place: NearPlace
    inside: str = ""
