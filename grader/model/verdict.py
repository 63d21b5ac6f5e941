"""What became of one check, and why a submission gave no answer."""

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


class Failure(Exception):
    """The submission failed to answer: it raised, ran out of something, or died. `message` is for the student.

    Of an exception that it raised, `kind` is the built-in class and `said` what the exception itself says.
    """

    def __init__(self, verdict: Verdict, message: str, *, kind: str = "", said: str = "", fatal: bool = False):
        super().__init__(message)
        self.verdict, self.message, self.fatal = verdict, message, fatal
        self.kind, self.said = kind, said


class Record:
    """What shows its fields: for dataclasses, whose own way to do so takes as long to make as all the rest of them."""

    def __repr__(self) -> str:
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(shown)})"
