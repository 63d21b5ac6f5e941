"""A class's results: plain data for the class's page, its terminal summary and its JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..batch.problems import Problem
from ..gradebook.comments import LineComment
from ..gradebook.late import Lateness
from ..model import CheckResult, Result
from ..report.kinds import CauseKind


@dataclass(frozen=True)
class ExerciseMark:
    """One student's mark for one exercise, and the grading behind it. `points` None: nothing counts.

    `cost`: the points that lateness took off. Who is `excused` has nothing to hand in. `edition`: of the exercise, as
    it is shown; nothing where all gradings of the class that count have the same.
    """

    exercise: str
    possible: Decimal
    points: Decimal | None = None
    late: Lateness = field(default_factory=Lateness)
    cost: Decimal = Decimal(0)
    attempts: int = 0
    excused: bool = False
    overridden: bool = False
    reason: str = ""
    author: str = ""
    internal_error: bool = False
    grading: int | None = None
    result: Result | None = None
    edition: str = ""
    kinds: Sequence[CauseKind] = ()  # of the result's causes, in their order
    comments: Sequence[LineComment] = ()

    @property
    def share(self) -> float | None:
        """Points of those possible, 0 to 1."""
        return None if self.points is None or not self.possible else float(self.points / self.possible)


@dataclass(frozen=True)
class ClassMember:
    """A student with a mark for each exercise. `page` is the address of their own page, if there is one.

    `late_days`: how many are left of those that they have in the course; None where there are none.
    """

    key: str
    name: str
    section: str
    entries: Sequence[ExerciseMark]
    page: str = ""
    late_days: int | None = None
    email: str = ""

    @property
    def shown(self) -> str:
        """The name, or the key where there is none."""
        return self.name or self.key

    @property
    def handed_in(self) -> bool:
        """Whether any of their work counts."""
        return any(e.points is not None for e in self.entries)

    @property
    def excused(self) -> bool:
        """Whether nothing is asked of them."""
        return any(e.excused for e in self.entries)

    @property
    def told(self) -> bool:
        """Whether there is something to tell them, on a page of their own."""
        return self.handed_in or self.excused

    @property
    def points(self) -> Decimal | None:
        """The sum of the points there are."""
        there = [e.points for e in self.entries if e.points is not None]
        return sum(there, Decimal(0)) if there else None

    @property
    def possible(self) -> Decimal:
        """The sum of the points possible, without those that they are excused from."""
        return sum((e.possible for e in self.entries if not e.excused or e.points is not None), Decimal(0))

    @property
    def share(self) -> float | None:
        """The total of the points possible, 0 to 1; an exercise that is missing counts as 0."""
        return None if self.points is None or not self.possible else float(self.points / self.possible)


@dataclass(frozen=True)
class GraderFailure:
    """An error of the grader's own: not the student's, and without effect on a mark."""

    who: str
    exercise: str
    text: str
    when: str = ""


@dataclass(frozen=True)
class Classroom:
    """An assignment with everybody's marks. `problems` were found while the newest batch read the submissions."""

    assignment: str
    titles: Mapping[str, str]
    people: Sequence[ClassMember]
    failures: Sequence[GraderFailure] = ()
    problems: Sequence[Problem] = ()
    zone: str = ""  # where times are shown


# ---------------------------------------------------------------- statistics


@dataclass(frozen=True)
class Example:
    """One student's failed check that shows a misconception; `who` is empty where names are not wanted."""

    check: CheckResult
    who: str = ""


@dataclass(frozen=True)
class Found:
    """A misconception, how many students have it, and where it shows. `grading` is the example's."""

    slug: str
    title: str
    hint: str
    students: int
    checks: Sequence[str]
    grading: int | None
    example: Example | None = None


@dataclass(frozen=True)
class CauseCount:
    """Why points were lost, by kind: how many students have it, and the points that it cost all of them."""

    key: str
    title: str
    students: int
    points: float


@dataclass(frozen=True)
class CheckStats:
    """How a check went: `facility` is the mean share of its points, `discrimination` its correlation with the rest."""

    name: str
    title: str
    passed: int
    counted: int
    facility: float | None
    discrimination: float | None

    @property
    def rate(self) -> float:
        """The share that passed, 0 to 1."""
        return self.passed / self.counted if self.counted else 0.0


@dataclass(frozen=True)
class Times:
    """Seconds that grading took, per submission."""

    median: float
    most: float  # nine of ten submissions took no longer
    longest: float


@dataclass(frozen=True)
class Spread:
    """A distribution of shares: counts for 0–9 %, …, 90–99 % and full marks."""

    bins: Sequence[int]
    mean: float | None
    median: float | None

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.bins)


@dataclass(frozen=True)
class ExerciseStats:
    """One exercise of the assignment. `editions`: how many marks each has, where there are several."""

    slug: str
    title: str
    possible: Decimal
    spread: Spread
    checks: Sequence[CheckStats]
    found: Sequence[Found]
    times: Times | None
    missing: int
    editions: Mapping[str, int]
    causes: Sequence[CauseCount] = ()


@dataclass(frozen=True)
class SectionStats:
    """One section: how many students, their totals, and the mean share of each exercise."""

    name: str
    students: int
    spread: Spread
    means: Mapping[str, float | None]


@dataclass(frozen=True)
class ClassStats:
    """The whole class; `sections` where there are several; `before`: another class to show beside it, by its name."""

    spread: Spread
    exercises: Sequence[ExerciseStats] = field(default_factory=list)
    sections: Sequence[SectionStats] = ()
    before: tuple[str, ClassStats] | None = None

    def earlier(self, exercise: str) -> ExerciseStats | None:
        """The other class's numbers for an exercise."""
        found = self.before[1].exercises if self.before else ()
        return next((e for e in found if e.slug == exercise), None)


# ---------------------------------------------------------------- code that is alike


@dataclass(frozen=True)
class Excerpt:
    """Lines of one side: number, text, and whether the other side has them too. A number of 0 is a gap."""

    who: str
    file: str
    lines: Sequence[tuple[int, str, bool]]
    share: float


@dataclass(frozen=True)
class Pair:
    """Two students' files that share much code that is not the starter's."""

    exercise: str
    left: Excerpt
    right: Excerpt

    @property
    def share(self) -> float:
        """The larger of the two shares."""
        return max(self.left.share, self.right.share)


@dataclass(frozen=True)
class Copies:
    """Students who handed in the very same file."""

    exercise: str
    people: Sequence[str]


@dataclass(frozen=True)
class Similar:
    """Similar code of a class. `left_out` is how many pairs are not shown."""

    threshold: float
    compared: int
    pairs: Sequence[Pair] = ()
    copies: Sequence[Copies] = ()
    left_out: int = 0
