"""A timing run on a GPU: what `race` does on the processor, by the wall clock, with several inputs in each call.

A GPU's work is on no process's clock, so the grader's clock on the wall decides, from "inputs sent" to "answers in my
hands", less the null worker's time with the same inputs and outputs. The worker moves the inputs to the device, makes
one call for each, waits for the whole device and sends all answers back; they are compared with the reference's.
Between calls the null worker flushes the device's caches and finds out by that whether the device is idle.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import replace

import numpy as np

from ..checks.compare import agree
from ..model import Failure
from ..model.measurement import Roofline
from ..model.untimed import Reason, not_timed
from ..sandbox.inside import wire
from ..sandbox.inside.ops import Flush, Peaks
from . import statistics
from .gpu import START, GpuCourse, ours
from .lanes import Lane, Timed
from .race import CUT, LEAST_CUT, MakeCall, Race, TimingRun
from .statistics import NULL, REFERENCE, SUBMISSION, Side

BUDGET, MOST = 3.0, 15.0  # seconds of one run's rounds: with enough of them for an interval, and at most
ENOUGH = 0.02  # seconds of the reference's calls together, so that the round trip is small beside them
MOST_BYTES = 1 << 26  # of one operation's inputs and outputs
FLUSHES = 5  # of which the quickest says how long one takes on the idle device
BUSY = 3.0  # times that: something else is using the device
IDLE_WAIT = 10.0  # seconds until it has to be idle
FASTER = 4.0  # times the device's peak: what seems to be beyond that was not computed (Winograd saves a factor of 2.25)


class GpuRace(Race):
    """Runs of one call on a GPU, at one size. `work` is what one call asks for, in floating-point operations."""

    course: GpuCourse
    most = MOST

    def __init__(self, course: GpuCourse, call: MakeCall, limit: float, size: int, work: float):
        super().__init__(course, call, limit, size, BUDGET)
        self.work, self.count = work, 1
        self.outputs: list[np.ndarray] = []  # of one call
        self.moved = 0  # bytes of one call's inputs and outputs
        self.peaks = (math.inf, math.inf)  # operations and bytes per second
        self._flushed = math.inf  # seconds of a flush on the idle device

    @property
    def floor(self) -> float:
        """Seconds that a round's calls need at the very least: neither arithmetic nor memory is faster."""
        operations, memory = self.peaks
        return self.count * max(self.work / operations, self.moved / memory) / FASTER

    def run(self) -> TimingRun:
        """Measure until the verdict is clear. Raises Failure, also for times in which nothing can be computed."""
        with self.course.lanes(self.course.null) as [null]:
            self._measure(null)
        run = super().run()
        if run.side is Side.WITHIN and self._at_most(run) < self.floor:
            raise Failure(not_timed(Reason.TOO_SOON, self.floor))
        return run

    def _at_most(self, run: TimingRun) -> float:
        """Seconds of the submission's calls in a round: the upper end of the interval."""
        _, reference, null = np.median(run.wall, axis=0)
        return float(statistics.interval(run.wall).high * (reference - null))

    def roofline(self, run: TimingRun) -> Roofline | None:
        """Where the submission stands below the device's roof."""
        submission, _, null = (0.0, 0.0, 0.0) if run.cut_off else np.median(run.wall, axis=0)
        if submission <= null:
            return None
        rate = float(self.count * self.work / (submission - null))
        return Roofline(self.work / self.moved, rate, *self.peaks, what="this GPU's peak")

    # ------------------------------------------------------------ before the rounds

    def _measure(self, null: Lane) -> None:
        """The device's peak and how long a flush takes, before the submission has a worker that could keep it busy."""
        device = self.course.device
        self.peaks = ours(null, Peaks(device.name, device.side, device.flush_mib)).value
        self._flushed = min(self._flush(null) for _ in range(FLUSHES))

    def _flush(self, null: Lane) -> float:
        """Seconds."""
        device = self.course.device
        return ours(null, Flush(device.name, device.flush_mib)).elapsed

    def _warm(self, lanes: list[Lane], run: TimingRun) -> float:
        """Start CUDA everywhere, on throwaway inputs; choose how many inputs a call has; say when it is cut off."""
        course = self.course
        for first in course.prepare():
            ours(lanes[REFERENCE], first)
            lanes[SUBMISSION].call(first, 0, START)
        self._calibrate(lanes)
        op = course.batch(self.call, self.size, self.count)
        run.reference = ours(lanes[REFERENCE], op).elapsed
        run.cut_at = max(LEAST_CUT, CUT * self.limit * run.reference)
        lanes[SUBMISSION].call(course.batch(self.call, self.size, 1), wire.allowance(self.outputs), START)
        return run.cut_at

    def _calibrate(self, lanes: list[Lane]) -> None:
        """As many inputs a call that the reference takes long enough, by the second of two calls with one input."""
        for _ in range(2):
            op = self.course.batch(self.call, self.size, 1)
            reference = ours(lanes[REFERENCE], op)
            self.outputs = wire.pack(reference.value)[1]
            null = ours(lanes[NULL], self.course.null_batch(op, self.outputs))
        inputs = wire.pack(op.batch)[1]
        self.moved = sum(t.nbytes for t in (*inputs, *self.outputs))
        room = min(wire.MAX_TENSORS // max(len(inputs), len(self.outputs)), MOST_BYTES // self.moved)
        wanted = math.ceil(ENOUGH / max(reference.elapsed - null.elapsed, 1e-9))
        self.count = max(1, min(wanted, room))

    # ------------------------------------------------------------ rounds

    def _round(self, lanes: list[Lane], most_seconds: float, size: int) -> list[Timed]:
        """Fresh inputs, all different; each lane once, in random order, on an idle device. Raises Failure."""
        op = self.course.batch(self.call, size, self.count)
        most, order = wire.allowance(self.outputs * self.count), random.SystemRandom().sample(range(3), 3)
        timed = {}
        for i in order:
            self._quiet(lanes)
            if i == SUBMISSION:
                timed[i] = lanes[i].call(op, most, most_seconds)
            else:
                timed[i] = ours(lanes[i], op if i == REFERENCE else self.course.null_batch(op, self.outputs))
        if not agree(timed[REFERENCE].value, timed[SUBMISSION].value, self.course.tolerance):
            raise Failure(not_timed(Reason.WRONG_ANSWER, size))
        return [replace(timed[i], wall=timed[i].elapsed, cpu=timed[i].elapsed) for i in range(3)]

    def _quiet(self, lanes: list[Lane]) -> None:
        """Wait until the device is idle. Raises Failure: whose work goes on shows when the submission is gone."""
        if self._idle(lanes[NULL]):
            return
        lanes[SUBMISSION].worker.close()
        if self._idle(lanes[NULL]):
            raise Failure(not_timed(Reason.GOES_ON))
        raise Failure(not_timed(Reason.GPU_BUSY))

    def _idle(self, null: Lane) -> bool:
        """Flush the caches until that takes as long as on an idle device: whatever was left running has ended."""
        deadline = time.monotonic() + IDLE_WAIT
        while self._flush(null) > BUSY * self._flushed:
            if time.monotonic() > deadline:
                return False
        return True
