"""The result record: what one graded submission is, whoever shows it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .verdict import Record, Verdict

if TYPE_CHECKING:
    from .measurement import Measurement


@dataclass(frozen=True, repr=False)
class Misconception(Record):
    """A named error: the file's name, its one-line title, and what to tell who made it."""

    slug: str
    title: str
    hint: str


@dataclass(frozen=True, repr=False)
class Evidence(Record):
    """The first difference found, with enough of both arrays to draw them.

    `expected` and `actual` are the 2-D slices around the first difference, as nested lists;
    `origin` is the index of their upper left corner in the whole array. `inputs` says for each argument of the call
    its `name` (None without a keyword) and its `shape`, `dtype` and `values` (None for more than twenty), or, of what
    is no array, its `value`. Of small answers, `whole_expected` and `whole_actual` are all values.
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
    inputs: list[dict[str, Any]] | None = None
    whole_expected: Any = None
    whole_actual: Any = None


@dataclass(frozen=True, repr=False)
class Overlay(Record):
    """A map over the image that it explains: rows of values in [0, 1]; `actual` is the submission's."""

    image: list[list[float]]
    expected: list[list[float]]
    actual: list[list[float]]


@dataclass(frozen=True, repr=False)
class CheckResult(Record):
    """One line of the report. `seconds` is wall time, the grader's own work included.

    `kind` is `correctness`, `timing` or `memory`. Bonus points are beside the score; `not_counted` are points that were
    taken out of the total, because there was nothing to judge by.
    """

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
    kind: str = "correctness"
    bonus: float = 0.0
    max_bonus: float = 0.0
    not_counted: float = 0.0
    measurement: Measurement | None = None

    def left_out(self) -> CheckResult:
        """The same, neither won nor lost: its points are not in the total."""
        return replace(self, score=0.0, max_score=0.0, bonus=0.0, not_counted=self.max_score)

    @property
    def neutral(self) -> bool:
        """Nothing is lost by it: a bonus, or a check that does not count."""
        return self.max_score == 0 and self.verdict is not Verdict.INTERNAL_ERROR


@dataclass(frozen=True, repr=False)
class Result(Record):
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

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `--format json`."""
        totals = {"score": self.score, "max_score": self.max_score, "bonus": self.bonus}
        return asdict(self) | totals | {"not_counted": self.not_counted, "by_kind": self._by_kind()}

    def _by_kind(self) -> dict[str, dict[str, float]]:
        kinds = dict.fromkeys(c.kind for c in self.checks)
        return {kind: dict(zip(("score", "max_score"), self.points(kind), strict=True)) for kind in kinds}
