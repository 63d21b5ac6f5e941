"""What became of one check."""

from __future__ import annotations

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
