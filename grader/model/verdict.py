"""What became of one check, and the base of all records."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum


class Verdict(StrEnum):
    """What became of one check."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    INVALID = "invalid"
    OUTPUT_LIMIT = "output_limit"
    NOT_DEFINED = "not_defined"
    BANNED_CALL = "banned_call"
    NOT_RUN = "not_run"
    INCONCLUSIVE = "inconclusive"
    INTERNAL_ERROR = "internal_error"


class Record:
    """What shows its fields: for dataclasses, whose own way to do so takes as long to make as all the rest of them."""

    def __repr__(self) -> str:
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(shown)})"


class PlainRecord(Record):
    """One that is compared by its fields, too: for many small dataclasses, which are made at every start.

    Nothing changes a record once it is made.
    """

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(self))  # type: ignore[arg-type]

    __hash__ = None  # type: ignore[assignment]
