"""One timing run: rounds of submission, reference and null call in shuffled order, until the verdict is clear."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..checks.compare import Tolerance, agree
from ..model import Failure, Verdict
from ..model.untimed import Reason, not_timed
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import Interpreter, answer
from ..sandbox.inside.ops import Call
from ..sandbox.inside.wire import Name, Ref
from ..sandbox.launch import Sandbox
from ..sandbox.order import Submitted
from . import statistics
from .lanes import Lane, Timed, core, pin, running
from .statistics import FIRST_LOOK, LOOKS, NULL, REFERENCE, SUBMISSION, Side

BUDGET = 0.7  # seconds of one run's rounds, once there are enough for an interval; a rerun has as many again
MOST = 4.0  # seconds of one run's rounds at most, for a machine that is busy with others
CUT = 8.0  # times the limit: what takes longer is cut off
LEAST_CUT = 0.25  # seconds
SMALL = 8  # times smaller: the size of the untimed call before each timed one
PATIENCE = 60.0  # seconds that the reference may take
NULL_SOURCE = '''
"""Does nothing: answers with zeros of the size that is asked for."""
import {library}

def null(sizes, *args, **kwargs):
    zeros = [{library}.zeros(shape, {kind}) for shape, dtype in sizes]
    return zeros[0] if len(zeros) == 1 else zeros
'''
INPUTS_DEVICE = "next((a.device for a in args if isinstance(a, torch.Tensor)), None)"
NULL_FILES = {
    "numpy": NULL_SOURCE.format(library="numpy", kind="dtype=dtype"),
    "torch": NULL_SOURCE.format(library="torch", kind=f"dtype=getattr(torch, dtype), device={INPUTS_DEVICE}"),
}

MakeCall = Callable[[int], Call]  # size → the operation with fresh inputs of that size
Prepared = tuple[str, tuple[Any, ...]]  # a function's name and its arguments


@dataclass(frozen=True)
class Course:
    """What is run against what: the sandbox, the submission, and the reference on both sides of the boundary."""

    sandbox: Sandbox
    submitted: Submitted
    reference: Submitted
    expected: Interpreter
    tolerance: Tolerance
    pinned: bool = True

    @contextlib.contextmanager
    def lanes(self, *runners: Submitted) -> Iterator[list[Lane]]:
        """Fresh workers for these files, on one core where there is one to spare; ours start first.

        So nothing that the submission takes is missing when ours start. Raises Failure, and OursFailed.
        """
        with contextlib.ExitStack() as stack:
            number = stack.enter_context(core()) if self.pinned else None
            lanes: dict[int, Lane] = {}
            for i in sorted(range(len(runners)), key=lambda i: runners[i] is self.submitted):
                worker = self.sandbox.worker(runners[i])
                lanes[i] = stack.enter_context(Lane(worker, ours=runners[i] is not self.submitted))
                pin(worker, number)
                lanes[i].load()
            yield [lanes[i] for i in range(len(runners))]
            for lane in lanes.values():
                with running(lane.worker):
                    lane.worker.confirm_bans()

    @property
    def null(self) -> Submitted:
        """A submission that does nothing."""
        source = NULL_FILES[self.sandbox.framework].encode()
        return Submitted({"null.py": source}, "null.py", ("null",))


def in_place_of(submitted: Submitted, file: Path) -> Submitted:
    """One of our files as a submission like any other, with the same names and kit."""
    return submitted._replace(files={file.name: file.read_bytes()}, main=file.name, ours=True)


def null_op(op: Call, outputs: list[np.ndarray]) -> Call:
    """The same inputs, and outputs of the same size, with nothing done in between."""
    return replace(op, target=Name("submission", "null"), args=null_args(op.positional(), outputs))


def null_args(args: list[Any], outputs: list[np.ndarray]) -> list[Any]:
    """The null worker's arguments in place of these: it has none of the objects that they name."""
    sizes = [[list(t.shape), str(t.dtype)] for t in outputs]
    return [sizes, *(None if isinstance(a, (Name, Ref)) else a for a in args)]


@dataclass
class TimingRun:
    """What was measured: seconds (rounds, 3) by both clocks, and on which side of the limit the ratio is."""

    limit: float
    wall: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))
    cpu: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))
    side: Side = Side.OPEN
    cut_at: float = 0.0  # seconds of processor time after which a call of the submission is cut off
    cut_off: bool = False
    reference: float = 0.0  # seconds of one call before the rounds

    def add(self, timed: list[Timed]) -> None:
        """One round's times."""
        self.wall = np.vstack([self.wall, [t.wall for t in timed]])
        self.cpu = np.vstack([self.cpu, [t.cpu for t in timed]])

    def decided(self, *, last: bool = False) -> bool:
        """Whether these rounds decide."""
        if last or statistics.due(len(self.cpu)):
            self.side = statistics.decide(self.cpu, self.wall, self.limit, last=last)
        return self.side is not Side.OPEN


class Race:
    """Runs of one call on one course, at one size."""

    most = MOST

    def __init__(self, course: Course, call: MakeCall, limit: float, size: int, budget: float = BUDGET):
        self.course, self.call, self.limit, self.size, self.budget = course, call, limit, size, budget

    def run(self) -> TimingRun:
        """Measure until the verdict is clear; once more with fresh workers if it does not become so. Raises Failure."""
        run = self._once()
        if run.side is Side.OPEN:
            run = self._once()
        if run.side is Side.OPEN:
            run.side = statistics.settle(run.cpu, run.wall, run.limit)
        return run

    def _once(self) -> TimingRun:
        course, run = self.course, TimingRun(self.limit)
        with course.lanes(course.submitted, course.reference, course.null) as lanes, _cut_off(run):
            most = self._warm(lanes, run)
            started = time.perf_counter()
            while not run.decided() and not self._spent(len(run.cpu), time.perf_counter() - started):
                run.add(self._round(lanes, most, self.size))
            if run.side is Side.OPEN:
                run.decided(last=True)
        return run

    def _spent(self, rounds: int, seconds: float) -> bool:
        """Whether the rounds or the time are used up: the next round would go beyond them."""
        most = self.budget if rounds >= LOOKS[0] else self.most
        return rounds >= LOOKS[-1] or (rounds >= FIRST_LOOK and seconds * (rounds + 1) / rounds > most)

    def _warm(self, lanes: list[Lane], run: TimingRun) -> float:
        """Throwaway inputs for everyone; returns the seconds after which a call is cut off.

        The reference goes first, at full size: what it takes says how long the submission is waited for. That one
        warms up at half the size, so that a slow one is not waited for once more.
        """
        for _ in range(2):
            run.reference = lanes[REFERENCE].call(self.call(self.size).snapshot(), 1 << 30, PATIENCE).cpu
        run.cut_at = max(LEAST_CUT, CUT * self.limit * run.reference)
        self._round(lanes, run.cut_at, max(1, self.size // 2))
        return run.cut_at

    def _round(self, lanes: list[Lane], most_seconds: float, size: int) -> list[Timed]:
        """Fresh inputs; each lane once, in random order; the submission's answer is checked. Raises Failure."""
        op, small = self.call(size).snapshot(), self.call(max(1, self.size // SMALL)).snapshot()
        expected = answer(self.course.expected, op)
        _, outputs = wire.pack(expected)
        ops = {SUBMISSION: op, REFERENCE: op, NULL: null_op(op, outputs)}
        first = {SUBMISSION: small, REFERENCE: small, NULL: null_op(small, [])}
        most, order = wire.allowance(outputs), random.SystemRandom().sample(range(3), 3)
        timed = {i: lanes[i].call(ops[i], most, most_seconds, first[i]) for i in order}
        if not agree(expected, timed[SUBMISSION].value, self.course.tolerance):
            raise Failure(not_timed(Reason.WRONG_ANSWER, size))
        return [timed[i] for i in range(3)]


@contextlib.contextmanager
def _cut_off(run: TimingRun) -> Iterator[None]:
    """A call far beyond the limit is a verdict too."""
    try:
        yield
    except Failure as failure:
        if failure.verdict is not Verdict.TIME_LIMIT:
            raise
        run.side, run.cut_off = Side.BEYOND, True
