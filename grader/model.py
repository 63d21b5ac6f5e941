"""The result record: what one graded submission is, whoever shows it.

Plain data, no NumPy, so that every renderer can import it cheaply.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What became of one check."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    NOT_DEFINED = "not_defined"
    BANNED_CALL = "banned_call"
    NOT_RUN = "not_run"
    INCONCLUSIVE = "inconclusive"
    INTERNAL_ERROR = "internal_error"


class Failure(Exception):
    """The submission failed to answer: it raised, ran out of something, or died. Text is for the student."""

    def __init__(self, verdict: Verdict, message: str, *, kind: str = "", fatal: bool = False):
        super().__init__(message)
        self.verdict, self.message, self.kind, self.fatal = verdict, message, kind, fatal


@dataclass(frozen=True)
class Misconception:
    """A named error: the file's name, its one-line title, and what to tell who made it."""

    slug: str
    title: str
    hint: str


@dataclass(frozen=True)
class Evidence:
    """The first difference found, with enough of both arrays to draw them.

    `expected` and `actual` are the 2-D slices around the first difference, as nested lists;
    `origin` is the index of their upper left corner in the whole array.
    """

    call: str
    expected_shape: list[int] | None = None
    actual_shape: list[int] | None = None
    index: list[int] | None = None
    expected_value: float | str | None = None
    actual_value: float | str | None = None
    max_error: float | str | None = None
    expected: list[list[float]] | None = None
    actual: list[list[float]] | None = None
    origin: list[int] | None = None


@dataclass(frozen=True)
class Overlay:
    """A map over the image that it explains: rows of values in [0, 1]; `actual` is the submission's."""

    image: list[list[float]]
    expected: list[list[float]]
    actual: list[list[float]]


@dataclass(frozen=True)
class CheckResult:
    """One line of the report. `seconds` is wall time, the grader's own work included."""

    name: str
    title: str
    verdict: Verdict
    score: float
    max_score: float
    message: str = ""
    misconception: Misconception | None = None
    seconds: float = 0.0
    evidence: Evidence | None = None
    overlay: Overlay | None = None


@dataclass(frozen=True)
class Result:
    """One submission to one exercise, graded.

    `isolation` names the layer that held the submission; `stdout` is what it printed (cut off),
    shown to the student and never read for the verdict.
    """

    exercise: str
    title: str
    file: str
    seed: int
    isolation: str
    checks: list[CheckResult]
    error: str = ""
    notes: list[str] = field(default_factory=list)
    stdout: str = ""
    seconds: float = 0.0

    @property
    def score(self) -> float:
        """Points won."""
        return sum(c.score for c in self.checks)

    @property
    def max_score(self) -> float:
        """Points that could have been won."""
        return sum(c.max_score for c in self.checks)

    @property
    def full_marks(self) -> bool:
        """Every check passed; a result without checks is never full."""
        return bool(self.checks) and all(c.verdict is Verdict.ACCEPTED for c in self.checks)

    @property
    def internal_error(self) -> bool:
        """Something of ours broke; the marks are not to be trusted."""
        return any(c.verdict is Verdict.INTERNAL_ERROR for c in self.checks)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `--format json`."""
        return asdict(self) | {"score": self.score, "max_score": self.max_score}
