"""The result record: what one graded submission is, whoever shows it."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from .cause import Cause
from .explanation import Explanation
from .findings import Finding
from .record import Record, record
from .verdict import Verdict

if TYPE_CHECKING:
    from .measurement import Measurement


@record()
class Misconception(Record):
    """A named error: the file's name, its one-line title, and what to tell who made it."""

    slug: str
    title: str
    hint: str


@record()
class Overlay(Record):
    """A map over the image that it explains: rows of values in [0, 1]; `actual` is the submission's."""

    image: list[list[float]]
    expected: list[list[float]]
    actual: list[list[float]]


@record()
class CheckResult(Record):
    """One line of the report. `seconds` is wall time, the grader's own work included.

    `findings` say why it was not passed, `explanation` what asking on found out. `kind` is `correctness`, `timing` or
    `memory`. Bonus points are beside the score; `not_counted` are points that were taken out of the total, because
    there was nothing to judge by.
    """

    name: str
    title: str
    verdict: Verdict
    score: float
    max_score: float
    findings: tuple[Finding, ...] = ()
    misconception: Misconception | None = None
    seconds: float = 0.0
    overlay: Overlay | None = None
    kind: str = "correctness"
    bonus: float = 0.0
    max_bonus: float = 0.0
    not_counted: float = 0.0
    measurement: Measurement | None = None
    explanation: Explanation | None = None

    def left_out(self) -> CheckResult:
        """The same, neither won nor lost: its points are not in the total."""
        return replace(self, score=0.0, max_score=0.0, bonus=0.0, not_counted=self.max_score)

    @property
    def neutral(self) -> bool:
        """Nothing is lost by it: a bonus, or a check that does not count."""
        return self.max_score == 0 and self.verdict is not Verdict.INTERNAL_ERROR


@record()
class Result(Record):
    """One submission to one exercise, graded.

    `isolation` names the layer that held the submission; `unloaded` is why the file could not be read or loaded, if
    that is so; `causes` are why points were lost, the costliest first; `done` are the functions and classes of which
    every check was passed, with their points; `stdout` is what it printed (cut off), shown to the student and never
    read for the verdict. `main` is the main file, or `notebook`; `left_out` says where
    statements of it that were not run begin: line and column.
    """

    exercise: str
    title: str
    file: str
    seed: int
    isolation: str
    checks: list[CheckResult]
    unloaded: Finding | None = None
    causes: tuple[Cause, ...] = ()
    done: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    stdout: str = ""
    seconds: float = 0.0
    main: str = ""
    left_out: tuple[tuple[int, int], ...] = ()

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
        """Every point was decided, and won; a result without any is never full."""
        won = [c.verdict is Verdict.ACCEPTED for c in self.checks if not c.neutral]
        return bool(won) and all(won) and not self.not_counted

    @property
    def bonus(self) -> float:
        """Points won beside the score."""
        return sum(c.bonus for c in self.checks)

    @property
    def not_counted(self) -> float:
        """Points that are in no total: nothing was measured, or nothing that decides."""
        return sum(c.not_counted for c in self.checks)

    def points(self, kind: str) -> tuple[float, float]:
        """Points won and possible by checks of one kind."""
        chosen = [c for c in self.checks if c.kind == kind]
        return sum(c.score for c in chosen), sum(c.max_score for c in chosen)

    @property
    def internal_error(self) -> bool:
        """Something of ours broke; the marks are not to be trusted."""
        return any(c.verdict is Verdict.INTERNAL_ERROR for c in self.checks)
