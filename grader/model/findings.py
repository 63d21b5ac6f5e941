"""What went wrong, as plain data. The judge makes findings; `report/message.py` alone makes sentences of them.

Values are in the wire's form (`sandbox/inside/wire.py`), cut down so that a record stays small: see `Outline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Self

from .near import Near
from .record import Record, record
from .verdict import Verdict


class Phase(StrEnum):
    """When it went wrong."""

    CALL = "call"
    LOADING = "loading"
    MEASURING = "measuring"


@record()
class Outline(Record):
    """What is kept of a value that is too large to keep: its kind (`array`, `tensor`, `list`, …), shape and dtype."""

    kind: str
    shape: tuple[int, ...]
    dtype: str = ""


@record()
class Asked(Record):
    """What was asked of the submission: the callable's name, or an action in words without arguments (None).

    Arguments are (keyword or None, value). `times`: how often it was called, each time with the very same arguments.
    `parts` are the names of the values that it returns, or a text for each in which {} is its number. Where it is a
    helper of the exercise, `tried` are the functions that it is given, `factors` what is not simplest in its case, if
    it belongs to one.
    `later`: its answer was looked at after another call. Unless `recorded`, autograd recorded nothing meanwhile.
    `earlier`: other calls before it, without which its answer is right. `instance`: not the class is called, but an
    object of it.
    """

    call: str
    arguments: tuple[tuple[str | None, Any], ...] | None = None
    times: int = 1
    parts: tuple[str, ...] | str = ()
    tried: tuple[str, ...] = ()
    factors: tuple[tuple[str, Any], ...] | None = None
    later: bool = False
    recorded: bool = True
    earlier: tuple[Asked, ...] = ()
    instance: bool = False


@record(kw_only=True)
class Finding(Record):
    """One thing that went wrong, when, and what had been asked."""

    verdict: Verdict = Verdict.WRONG_ANSWER
    phase: Phase = Phase.CALL
    asked: Asked | None = None

    def after(self, asked: Asked) -> Self:
        """The same, as the answer to what was asked."""
        return replace(self, asked=asked)

    def during(self, phase: Phase) -> Self:
        """The same, in another phase."""
        return replace(self, phase=phase)


class Aspect(StrEnum):
    """In what an answer differs from the expected one."""

    KIND = "kind"  # another sort of value
    MISSING = "missing"  # an entry of a dict
    EXTRA = "extra"
    LENGTH = "length"
    SHAPE = "shape"
    DTYPE = "dtype"
    FINITE = "finite"  # NaN or infinity
    VALUES = "values"
    CHANGED = "changed"  # an argument, by the call
    RETURNED = "returned"  # a value, where an exception is due
    UNUSABLE = "unusable"  # the check cannot go on with it


@record()
class Numbers(Record):
    """Two arrays that differ: their shapes, and rows and columns of both around the first difference.

    `index` is the first difference, with both numbers there; `wrong` counts the differences; `max_error` is the
    largest. `expected` and `actual` are 2-D windows as nested lists, `origin` the index of their upper left corner.
    """

    expected_shape: tuple[int, ...]
    actual_shape: tuple[int, ...]
    index: tuple[int, ...] | None = None
    expected_value: Any = None
    actual_value: Any = None
    max_error: float | None = None
    wrong: int = 0
    expected: list[list[Any]] | None = None
    actual: list[list[Any]] | None = None
    origin: tuple[int, ...] | None = None


@record(kw_only=True)
class Mismatch(Finding):
    """An answer that is not the expected one.

    `path` leads from the result to the part that differs, `expected` and `actual`. `numbers` are there where both are
    arrays; `whole` holds both in full where what is expected is short.
    """

    aspect: Aspect
    expected: Any = None
    actual: Any = None
    path: tuple[Any, ...] = ()
    numbers: Numbers | None = None
    whole: tuple[Any, Any] | None = None


@record()
class Place(Record):
    """A line of the submission: its file, the function that it is in, and its text. '' where unknown."""

    line: int
    text: str = ""
    file: str = ""
    function: str = ""


HELPERS = "_kit/"  # where an exercise's helpers lie, beside the submission


def innermost(lines: Sequence[Place]) -> Place | None:
    """The last of these lines that is the student's own, and not in a helper that calls it or is called by it."""
    return next((place for place in reversed(lines) if not place.file.startswith(HELPERS)), None)


@record(kw_only=True)
class Raised(Finding):
    """An exception: the built-in class it is or derives from, its own class, what it says, and the student's lines.

    `near` is what the submission has in place of an attribute or a parameter that it does not have.
    """

    verdict: Verdict = Verdict.RUNTIME_ERROR
    kind: str
    type: str = ""
    said: str = ""
    lines: tuple[Place, ...] = ()
    near: tuple[Near, ...] = ()


@record()
class LeftOut(Record):
    """A statement that was left out while the file was loaded: where, why, and the names that it would have bound.

    `cut`: it took too long, and may be skipped when the file is loaded again.
    """

    place: Place
    column: int
    names: tuple[str, ...]
    finding: Finding
    cut: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """Where it begins."""
        return self.place.file, self.place.line, self.column


@record(kw_only=True)
class Rebound(Finding):
    """A statement that gives the name of what is asked for to something else."""

    verdict: Verdict = Verdict.RUNTIME_ERROR
    name: str


class Quantity(StrEnum):
    """What there was too much of."""

    CALL = "call"  # seconds of processor time for one call
    LOADING = "loading"  # seconds of processor time for the statements of a file
    CPU = "cpu"  # seconds of processor time for a check
    WALL = "wall"  # seconds without an answer
    TOTAL = "total"  # seconds for all checks
    TOTAL_CPU = "total_cpu"  # seconds of processor time in all
    MEMORY = "memory"  # MiB
    THREADS = "threads"
    FILES = "files"  # MiB
    OUTPUT = "output"  # KiB printed


@record(kw_only=True)
class LimitHit(Finding):
    """More of a quantity than is allowed; `lines`: where the submission was, if it could tell."""

    verdict: Verdict = Verdict.TIME_LIMIT
    quantity: Quantity
    limit: float
    lines: tuple[Place, ...] = ()


@record(kw_only=True)
class NotCalled(Finding):
    """Of an older grading: a function that was not called again, because it gave no answer in so many checks."""

    verdict: Verdict = Verdict.TIME_LIMIT
    name: str
    times: int


@record(kw_only=True)
class NotDefined(Finding):
    """Names that the check needs and the file does not define.

    `because`: the statement that would have, left out; `near`: what the file has in their place.
    """

    verdict: Verdict = Verdict.NOT_DEFINED
    names: tuple[str, ...]
    because: LeftOut | None = None
    near: tuple[Near, ...] = ()


@record(kw_only=True)
class Banned(Finding):
    """A call that the exercise does not allow, and where: 0 and '' where that is not known, or the only file."""

    verdict: Verdict = Verdict.BANNED_CALL
    name: str
    line: int
    file: str = ""


class Ending(StrEnum):
    """Why no answer came back."""

    SIGNAL = "signal"  # ended by one; `detail`: its name
    EXIT = "exit"  # ended by itself; `detail`: the exit code
    OUT_OF_MEMORY = "out_of_memory"
    AFTERWARDS = "afterwards"  # ended by itself, as soon as it had answered
    CUT_OFF = "cut_off"  # it closed its connection and went on
    NONSENSE = "nonsense"  # `detail`: what is wrong with the answer
    NOT_LOADED = "not_loaded"  # the reply to loading was no reply
    TOO_LARGE = "too_large"  # `detail`: shapes and size


@record(kw_only=True)
class NotReturned(Finding):
    """No answer came back: the submission's process ended, or sent what is no answer."""

    verdict: Verdict = Verdict.RUNTIME_ERROR
    ending: Ending
    detail: str = ""


@record(kw_only=True)
class Stumbled(Finding):
    """A check that comes to its end with right answers, and raised `error` with these."""

    error: str


@record(kw_only=True)
class Unmet(Finding):
    """What a check demands beyond equal values, in its author's words."""

    text: str


@record(kw_only=True)
class NotReadable(Finding):
    """A file that cannot be read as Python, in the reader's words."""

    verdict: Verdict = Verdict.RUNTIME_ERROR
    text: str


@record(kw_only=True)
class Fault(Finding):
    """The grader itself failed; `trace` is for its makers, '' where the check just came to no end."""

    verdict: Verdict = Verdict.INTERNAL_ERROR
    trace: str = ""


@record(kw_only=True)
class Assessed(Finding):
    """Points that a person gave for a criterion of a rubric, of so many; `by` is '' while that is still to come."""

    points: float = 0.0
    possible: float = 0.0
    by: str = ""


@record(kw_only=True)
class Told(Finding):
    """What was said of an older grading, of which the words are kept and not what they were made from.

    `evidence` are the fields of `report.evidence.Evidence`.
    """

    text: str
    evidence: dict[str, Any] | None = None
