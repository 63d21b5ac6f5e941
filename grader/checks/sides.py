"""The submission and the reference side by side: each operation is asked of one and carried out on the other.

The submission's answers are read when one of them is needed, at the latest when the check has ended (`settle`): their
expected sizes are known by then, and the submission computes while the check goes on. So the log of a failed check
holds the submission's answers to all of its calls, with which `diagnose` compares the misconceptions.
"""

from __future__ import annotations

import contextlib
import inspect
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

import numpy as np

from ..model import Failure
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import Interpreter, answer, quiet
from ..sandbox.inside.ops import Call, Hold, Inspect, ModuleOp, Op
from ..sandbox.inside.wire import Array, Name, Opaque, Ref
from .backend import Backend, Pending
from .compare import DOUBLE, EXACT, SINGLE, Tolerance
from .grain import Grains
from .log import Entry, Log
from .matching import Map, translate, translate_back

LEAST_SECONDS = (1.0, 0.5, 0.2, 0.1)  # of processor time for any call, by haste
LEAST_SECONDS_TORCH = (2.0, 1.0, 0.5, 0.5)  # as torch's first steps, of whatever kind, take up to a third of a second
MOST_SECONDS = 10.0
WHOLE = 1.5  # times as long may what is asked of a whole module take
AT_ONCE = 30  # questions in one send
SLOWER = 100  # times slower than the reference a call may be, between these
SLOWER_IN_HASTE = 20  # the same in torch, whose operators both use


class Stop(Exception):
    """The check cannot go on; what went wrong is in the log."""


class Sides:
    """Both sides of one check, and the log of what was asked and answered."""

    def __init__(self, reference: Interpreter, backend: Backend, framework: str, haste: int = 0):
        self._reference, self._backend = reference, backend
        self._ids = iter(range(1, 1 << 30))
        self.torch = framework == "torch"
        least = LEAST_SECONDS_TORCH if self.torch else LEAST_SECONDS
        self._least = least[min(haste, len(least) - 1)]
        self._slower = SLOWER_IN_HASTE if haste and self.torch else SLOWER
        self.tolerance = SINGLE if self.torch else DOUBLE
        self._grains = Grains(self.tolerance)
        self.log = Log()
        self._objects: dict[int, Any] = {}
        self._open: deque[tuple[Entry, Pending]] = deque()
        self._scripted = True  # nothing yet depends on what the submission answers
        self._together = False
        self._took = 0.0  # seconds that the submission may take for what the reference was asked last
        self.case: Mapping[str, Any] | None = None  # what is asked belongs to it
        self.unusual: Mapping[str, Any] = {}  # of its factors, those that do not have their simplest value

    # ------------------------------------------------------------ asking

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """What is asked meanwhile goes out in few sends: the submission is not woken for each question."""
        with quiet():
            self._together = True
            yield
            self._together = False

    def new_ref(self) -> Ref:
        """A number for an object that both sides are to keep."""
        return Ref(next(self._ids))

    def is_class(self, name: Name) -> bool:
        """Whether this is a class in the reference. Raises MissingName."""
        return inspect.isclass(self._reference.lookup(name))

    def parameters(self, target: Name | Ref) -> list[str]:
        """What the reference calls the parameters of a function of its own; nothing for what is kept."""
        found = self._reference.lookup(target) if isinstance(target, Name) else None
        return list(inspect.signature(found).parameters) if inspect.isfunction(found) else []

    def both(
        self, op: Op, call: str, *, judged: bool = True, tolerance: Tolerance | None = None, use_actual: bool = False
    ) -> Any:
        """Run on both sides, compare, note; returns the reference's value (or the submission's own)."""
        op = op.snapshot()
        entry = Entry(op, call, None, tolerance=tolerance or self.tolerance_of(op), given=use_actual, judged=judged)
        entry.objects = self._objects
        if op.keeps is not None:
            self._objects[op.keeps] = op.value if isinstance(op, Hold) else Opaque(call)
        self._asked(entry, op)
        if use_actual:
            self._scripted = False
            self.settle()
        return plain(entry.actual if use_actual else entry.expected)

    def tolerance_of(self, op: Op) -> Tolerance:
        """For the answer to this operation, unless the check says another."""
        return self.tolerance if self.torch else self._grains.tolerance(op)

    def must_raise(self, op: Call, call: str, error: str) -> None:
        """Ask the submission for what has to raise this exception (its class name, or a subclass)."""
        op = op.snapshot()
        self._note(Entry(op, call, None, expected_error=error, objects=self._objects), self._ask(op, more=self._more))
        if op.given:  # they are looked at afterwards
            with contextlib.suppress(Exception):
                self.of_reference(op)

    def inspect(self, op: Inspect, call: str, after: Call | None = None) -> None:
        """Compare arguments as they are now, exactly; `after` is the call that they were passed to."""
        op = op.snapshot()
        entry = Entry(op, call, None, tolerance=EXACT, objects=self._objects, after=after and after.snapshot())
        self._asked(entry, op)

    def _asked(self, entry: Entry, op: Op) -> None:
        """Ask both sides: the submission computes while the reference does."""
        pending = self._ask(op, more=self._more)
        entry.expected, entry.seconds = self._expected(op)
        self._note(entry, pending)

    @property
    def _more(self) -> bool:
        """Whether the next question waits for others, to be sent with them."""
        return self._together and len(self.log.entries) % AT_ONCE > 0

    def conclude(self, entry: Entry) -> None:
        """Note a comparison of the check's own, with its outcome."""
        self._scripted = False
        self.log.entries.append(entry)

    def of_reference(self, op: Op) -> Any:
        """The reference's answer alone, outside the log."""
        expected, self._took = self._expected(op)
        return expected

    def of_submission(self, op: Op, call: str, expected: Any = None) -> Any:
        """The submission's answer alone, outside the log. None if it fails; a failure that ends the check is logged.

        It may take as long as what the reference was asked last allows. Raises Stop after such a failure.
        """
        self._scripted = False
        self.settle()
        try:
            return self._ask(op)(wire.allowance(wire.pack(expected)[1]), max(WHOLE * self._least, self._took))
        except Failure as failure:
            if failure.fatal:
                self.log.entries.append(Entry(op, call, expected, failure=failure))
                raise Stop from None
            return None

    def rename(self, ref: Ref, names: Map) -> None:
        """From now on speak of this module's tensors to the submission by these names."""
        self.log.names[ref.id] = names

    def _ask(self, op: Op, *, more: bool = False) -> Pending:
        """Ask the submission, in its own names; it computes while we do."""
        names = self.log.names.get(op.ref.id) if isinstance(op, ModuleOp) else None
        try:
            if names is None:
                return self._backend.ask(op, more=more)
            pending = self._backend.ask(translate(op, names))
        except Failure as failure:
            return _raising(failure)
        return lambda most, seconds: translate_back(op, names, pending(most, seconds))

    def _expected(self, op: Op) -> tuple[Any, float]:
        """The reference's answer, and the seconds that the submission may take for its own."""
        started = time.process_time()  # not the wall's: on a busy machine, that would be an endless loop's allowance
        expected = wire.snapshot(self._reference.execute(op)) if self._together else answer(self._reference, op)
        took = max(time.process_time() - started, self._reference.seconds)
        return expected, min(self._slower * took, MOST_SECONDS)

    def _note(self, entry: Entry, pending: Pending) -> None:
        entry.case, entry.unusual = self.case, self.unusual
        self.log.entries.append(entry)
        self._open.append((entry, pending))

    # ------------------------------------------------------------ the answers

    def script(self) -> list[Entry]:
        """All that was asked and is expected, if others will be asked the same whatever they answer; else nothing."""
        return [entry.again() for entry in self.log.entries] if self._scripted else []

    def replay(self, script: list[Entry], meanwhile: Callable[[], object]) -> None:
        """Ask what a script says, do something else meanwhile, and take the answers.

        Raises Stop where the check could not have gone on.
        """
        for line in script:
            assert line.op is not None, "a comparison of the check's own is in no script"
            self.case, self.unusual = line.case, line.unusual
            self._note(line.again(), self._ask(line.op, more=line is not script[-1]))
        self.case, self.unusual = None, {}
        meanwhile()
        self.settle()

    def settle(self) -> None:
        """Take the answers to all that was asked. Raises Stop where the check could not have gone on."""
        while self._open:
            entry, pending = self._open.popleft()
            self._take(pending, entry)
            if entry.ends_the_check:
                self._break_off(entry)

    def _break_off(self, last: Entry) -> NoReturn:
        """End the log here; answers to what was asked since then are read and dropped."""
        for entry, pending in self._open:
            self._take(pending, entry)
        self._open.clear()
        while self.log.entries[-1] is not last:
            self.log.entries.pop()
        raise Stop

    def _take(self, pending: Pending, entry: Entry) -> None:
        """The answer, or why there is none, into the log's entry."""
        entry.answered = True
        try:
            entry.actual = pending(entry.allowance, max(self._least, entry.seconds))
        except Failure as failure:
            entry.failure = failure


def _raising(failure: Failure) -> Pending:
    def pending(*_: object) -> Any:
        raise failure

    return pending


def plain(value: Any) -> Any:
    """Wire form → what a check's author works with: NumPy arrays for arrays and tensors."""
    if isinstance(value, Array):
        return np.array(value.data, copy=True)
    if isinstance(value, (list, tuple)):
        return type(value)(plain(v) for v in value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value
