"""What a check asked, what was expected, and what the submission answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ..model import Failure, Verdict
from ..model.findings import Aspect
from ..sandbox.inside import wire
from ..sandbox.inside.ops import Inspect, Op
from ..sandbox.inside.wire import Array, Name, Ref
from .compare import DOUBLE, Difference, Tolerance, difference


@dataclass(eq=False, repr=False)
class Entry:
    """One operation and what the submission answered to it; or a comparison of the check's own, without any."""

    op: Op | None  # None: the check compared two values itself
    call: str  # what is called, or asked for; the arguments are in `op`
    expected: Any
    actual: Any = None
    failure: Failure | None = None
    answered: bool = False
    tolerance: Tolerance = DOUBLE
    expected_error: str = ""
    given: bool = False  # the check goes on with the submission's own answer
    judged: bool = True  # the answer is compared with the expected one
    seconds: float = 0.0  # of processor time that the answer may take, if that is more than any may take
    objects: dict[int, Any] = field(default_factory=dict)  # what to show for the arguments that are objects, by number
    after: Op | None = None  # the call whose arguments this is about
    unmet: str = ""  # what the check demands beyond equal values, and did not get
    case: Mapping[str, Any] | None = None  # of a case space, to which this belongs: its factors' values
    unusual: Mapping[str, Any] = field(default_factory=dict)  # of them, those that are not the simplest
    spoils: bool = False  # without it, what is asked after it is answered rightly
    earlier: list[Entry] = field(default_factory=list)  # the calls that spoil this one, which is right alone

    @cached_property
    def allowance(self) -> int:
        """How many bytes the answer may take; computed at first use, when `expected` is known."""
        arrays = [self.expected.data] if isinstance(self.expected, Array) else wire.pack(self.expected)[1]
        return wire.allowance(arrays)

    def again(self) -> Entry:
        """The same question, unanswered."""
        entry = Entry(self.op, self.call, self.expected, tolerance=self.tolerance, expected_error=self.expected_error)
        entry.given, entry.judged, entry.allowance = self.given, self.judged, self.allowance
        entry.seconds, entry.objects, entry.case = self.seconds, self.objects, self.case
        entry.after, entry.unusual = self.after, self.unusual
        return entry

    @property
    def failed(self) -> bool:
        """The submission did not give the expected answer."""
        unexpected = self.failure is not None and self.failure.kind != (self.expected_error or None)
        return unexpected or bool(self.unmet) or self.difference is not None

    @cached_property
    def difference(self) -> Difference | None:
        """How the answer differs from what is expected, if it is compared and differs; computed at first use."""
        if self.failure is not None or not self.judged or not self.answered:
            return None
        if self.expected_error:
            return Difference(Aspect.RETURNED, (), self.expected_error, self.actual)
        try:
            found = difference(self.expected, self.actual, self.tolerance)
            return replace(found, aspect=Aspect.CHANGED) if found and isinstance(self.op, Inspect) else found
        except Exception:  # expected values can be compared: it is the answer's doing
            return Difference(Aspect.UNUSABLE, (), self.expected, self.actual)

    @property
    def ends_the_check(self) -> bool:
        """Without this answer there is nothing to go on with."""
        needed = self.given or (self.op is not None and self.op.keeps is not None)
        return self.failure is not None and (self.failure.fatal or needed)


@dataclass(eq=False, repr=False)
class Log:
    """All operations of one check, in order; `names` are the submission's, of the tensors of the modules it keeps."""

    entries: list[Entry] = field(default_factory=list)
    names: dict[int, dict[str, str]] = field(default_factory=dict)  # of each: the reference's name → the submission's

    @property
    def first_failure(self) -> Entry | None:
        """What the check failed on."""
        return next((e for e in self.entries if e.failed), None)

    @property
    def tells(self) -> bool:
        """Whether anything that went wrong is more than an answer that did not come in time."""
        return any(not e.failure or e.failure.verdict is not Verdict.TIME_LIMIT for e in self.entries if e.failed)

    @property
    def asked(self) -> list[tuple[Op, Entry]]:
        """The entries that asked the submission something, with what they asked."""
        return [(e.op, e) for e in self.entries if e.op is not None]

    @property
    def answers(self) -> list[Any]:
        """All that the submission said, with nothing left out."""
        said = [e.failure and (e.failure.finding, e.failure.fatal) for e in self.entries]
        return [said, [e.actual for e in self.entries]]

    def unanswered(self) -> set[str]:
        """The submission's functions and classes that did not come back in time."""
        late = [e for e in self.entries if e.failure and e.failure.verdict is Verdict.TIME_LIMIT]
        made_by: dict[int, set[str]] = {}
        found: set[str] = set()
        for op, entry in self.asked if late else ():
            names = _names(op.parts(), made_by)
            made_by |= {op.keeps: names} if op.keeps is not None else {}
            found |= names if entry in late else set()
        return found

    @property
    def last_given(self) -> Entry | None:
        """The last answer that the check got to work with."""
        return next((e for e in reversed(self.entries) if e.given), None)


def _names(value: Any, made_by: dict[int, set[str]]) -> set[str]:
    """The submission's names that a question is about, or that made the objects that it is about."""
    if isinstance(value, Name):
        return {value.name} if value.scope == "submission" else set()
    if isinstance(value, Ref):
        return made_by.get(value.id, set())
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return {name for part in inside for name in _names(part, made_by)}
