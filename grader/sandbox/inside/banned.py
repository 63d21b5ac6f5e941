"""What a submission runs into when it uses what its exercise does not allow."""

from __future__ import annotations

import re

TEXT = "{} is not there in this exercise"
TOLD = re.compile(r"\bNotAllowed: (\S+) is not there in this exercise\b")  # by code that torch has compiled


class NotAllowed(Exception):
    """Raised by what stands in the place of a package or an operator; `name` says of which."""

    def __init__(self, name: str):
        super().__init__(TEXT.format(name))
        self.name = name


def not_allowed(error: BaseException) -> str:
    """The name of what is not allowed, if that is what this error is about; else nothing."""
    if isinstance(error, NotAllowed):
        return error.name
    told = TOLD.search(str(error)) if type(error) is RuntimeError else None
    return told[1] if told else ""
