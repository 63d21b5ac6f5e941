"""What a timing check calls, and its result."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks.compare import DOUBLE, SINGLE, Tolerance
from ..checks.draw import Draw
from ..exercise import Check, Exercise
from ..model import CheckResult, Failure, Finding, Verdict
from ..model.findings import Phase
from ..model.measurement import Measurement, Roofline
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import Interpreter, answer
from ..sandbox.inside.ops import Call
from ..sandbox.inside.wire import Array, Name
from ..sandbox.launch import Sandbox
from ..sandbox.order import Submitted
from . import growth, memory, statistics
from .blame import blamed
from .lanes import OursFailed
from .race import Course, MakeCall, Prepared, Race, TimingRun, in_place_of
from .statistics import Side

if TYPE_CHECKING:
    from .gpu import GpuCourse

Inputs = Callable[[Draw, int], tuple[Any, ...]]  # fresh arguments of a size
Work = Callable[[int], float]  # size → floating-point operations
VERDICTS = {Side.WITHIN: Verdict.ACCEPTED, Side.BEYOND: Verdict.TIME_LIMIT, Side.OPEN: Verdict.INCONCLUSIVE}
NEITHER = (Verdict.INCONCLUSIVE, Verdict.NOT_RUN)


class Timing:
    """The `timing` fixture: demands on the time and memory of one function of the submission.

    A function is named as in the file, or as `kit.name` for one of the exercise's own `kit.py`; `name` gives one as an
    argument. `inputs(draw, size)` gives fresh arguments and is called for every round.
    """

    def __init__(
        self,
        exercise: Exercise,
        expected: Interpreter,
        sandbox: Sandbox,
        submitted: Submitted,
        pictures: bool = False,
    ):
        self._exercise, self._pictures = exercise, pictures
        self._torch = exercise.framework == "torch"
        reference = in_place_of(submitted, exercise.reference_file)
        self.course = Course(sandbox, submitted, reference, expected, SINGLE if self._torch else DOUBLE)
        self.verdict: Verdict | None = None
        self.findings: tuple[Finding, ...] = ()
        self.measurement: Measurement | None = None

    def name(self, name: str) -> Name:
        """A function or class of the submission (`kit.name`: of the kit) as an argument."""
        scope, _, rest = name.rpartition(".")
        return Name(scope or "submission", rest)

    def at_most(
        self, limit: float, function: str, inputs: Inputs, *, size: int, grows: int = 2, work: Work | None = None
    ) -> None:
        """`function` takes at most `limit` times as long as the reference, at this size.

        Beyond that, time is also measured at smaller sizes, to name what grows faster than the power `grows` of the
        size. Inputs must be possible down to an eighth of the size, where everybody warms up. `work` says how many
        floating-point operations the task asks for at a size: for the picture of how far from the machine's peak it is.
        """
        call = self._call(function, inputs)
        try:
            run = Race(self.course, call, limit, size).run()
            self._judge(run)
            if run.side is Side.BEYOND:
                self._explain(call, size, grows)
            if self._pictures:
                self._compare(call, size, work)
        except Failure as failure:
            self._failed(failure)
        except OursFailed as failed:
            self._failed(blamed(self.course, call, size, failed))

    def at_most_on_gpu(
        self,
        limit: float,
        function: str,
        inputs: Inputs,
        *,
        size: int,
        work: Work,
        against: str = "",
        prepared: Prepared | None = None,
        tolerance: Tolerance = SINGLE,
    ) -> None:
        """`function` takes at most `limit` times as long as the reference on the GPU, with all tensors there.

        For a check with `device="cuda"`. `against` names a file of `rivals/` that stands in for the reference.
        `prepared` is a function with its arguments: what it makes (a network, say) is there before anything is timed,
        and is every call's first argument. `work` says how many floating-point operations a call of this size asks for:
        what is quicker than the device can be at its peak is `invalid`.
        """
        from .gpu_race import GpuRace

        call = self._call(function, inputs)
        try:
            with self._on_gpu(against, prepared, tolerance, call, size) as course:
                race = GpuRace(course, call, limit, size, work(size))
                run = race.run()
        except Failure as failure:
            self._failed(failure)
            return
        self._judge(run, device="cuda", roofline=race.roofline(run))

    def memory_at_most(self, limit: float, function: str, inputs: Inputs, *, size: int) -> None:
        """`function` needs at most `limit` times the memory of its inputs at its peak, the inputs not counted."""
        call = self._call(function, inputs)
        try:
            found = memory.peak(self.course, call, size)
        except Failure as failure:
            self._failed(failure)
            return
        except OursFailed as failed:
            self._failed(blamed(self.course, call, size, failed))
            return
        self.measurement = Measurement("memory", limit, round(found.share, 3), bytes=found.bytes, inputs=found.inputs)
        self.verdict = Verdict.ACCEPTED if found.share <= limit else Verdict.MEMORY_LIMIT

    def memory_at_most_on_gpu(
        self, limit: float, function: str, inputs: Inputs, *, size: int, tolerance: Tolerance = SINGLE
    ) -> None:
        """On the GPU `function` makes do with `limit` times the memory of its inputs, beside inputs and outputs.

        For a check with `device="cuda"`; inputs of a hundred megabytes or more tell best.
        """
        from .gpu_memory import bounded

        call = self._call(function, inputs)
        try:
            with self._on_gpu("", None, tolerance, call, size) as course:
                allowed = bounded(course, call, size, limit)
        except Failure as failure:
            self._failed(failure)
            return
        self.measurement = Measurement("memory", limit, bytes=allowed, device="cuda")
        self.verdict = Verdict.ACCEPTED

    def result(self, check: Check, seconds: float) -> CheckResult:
        """The check's line in the report. Raises AssertionError for a check that demands nothing."""
        assert self.verdict is not None, "a timing check must demand something of `timing`"
        found = CheckResult(
            name=check.name,
            title=check.title,
            verdict=self.verdict,
            score=0.0,
            max_score=check.points,
            findings=self.findings,
            seconds=seconds,
            kind=check.kind,
            max_bonus=check.bonus,
            measurement=self.measurement,
        )
        if self.verdict is Verdict.ACCEPTED:
            return replace(found, score=check.points, bonus=check.bonus)
        return found.left_out() if self.verdict in NEITHER else found

    # ------------------------------------------------------------ inside

    def _call(self, function: str, inputs: Inputs) -> MakeCall:
        """Size → the operation with inputs that differ in every run, whatever the submission's seed."""
        draw = Draw(int.from_bytes(os.urandom(8), "little"), function)
        target = self.name(function)

        def call(size: int) -> Call:
            return Call(target, [self._wire(a) for a in inputs(draw, size)], {})

        return call

    @contextlib.contextmanager
    def _on_gpu(
        self, against: str, prepared: Prepared | None, tolerance: Tolerance, call: MakeCall, size: int
    ) -> Iterator[GpuCourse]:
        """The course there. Raises Failure, also where a worker of ours fails within."""
        from . import device, gpu

        exercise = self._exercise
        reference = exercise.folder / "rivals" / f"{against}.py" if against else exercise.reference_file
        with gpu.on_device(replace(self.course, tolerance=tolerance), device.CUDA, reference, prepared) as course:
            try:
                yield course
            except OursFailed as failed:
                raise gpu.blamed(course, call, size, failed) from failed

    def _wire(self, value: Any) -> Any:
        return Array(value, "tensor") if self._torch and isinstance(value, np.ndarray) else value

    def _judge(self, run: TimingRun, **more: Any) -> None:
        self.verdict = VERDICTS[run.side]
        self.measurement = replace(measurement(run), **more)

    def _explain(self, call: MakeCall, size: int, grows: int) -> None:
        """Name a needless factor in the growth, where there is one."""
        assert self.measurement is not None
        if (found := growth.measure(self.course, call, size, grows)) is not None:
            self.measurement = replace(self.measurement, growth=found)

    def _compare(self, call: MakeCall, size: int, work: Work | None) -> None:
        """Time other ways to do it, and the machine's peak, for pictures."""
        from . import peak, rivals

        assert self.measurement is not None
        found = rivals.seconds(self._exercise, self.course, call, size)
        self.measurement = replace(self.measurement, rivals=found)
        times = self.measurement.seconds
        if work is not None and times.get("submission", 0) > times.get("null", 0):
            op = call(size)
            moved = sum(t.nbytes for value in (op.args, answer(self.course.expected, op)) for t in wire.pack(value)[1])
            rate = work(size) / (times["submission"] - times["null"])
            roofline = Roofline(work(size) / moved, rate, *peak.peaks())
            self.measurement = replace(self.measurement, roofline=roofline)

    def _failed(self, failure: Failure) -> None:
        self.verdict, self.findings = failure.verdict, (failure.finding.during(Phase.MEASURING),)


def measurement(run: TimingRun) -> Measurement:
    """The figures of a run, as they are kept."""
    if run.cut_off:
        return Measurement("time", run.limit, cut_off=run.cut_at, seconds={"reference": run.reference})
    cpu, wall = statistics.interval(run.cpu), statistics.interval(run.wall)
    names = ("submission", "reference", "null")
    medians = dict(zip(names, (float(f"{m:.4g}") for m in np.median(run.cpu, axis=0)), strict=True))
    ratio, low, high, on_the_wall = map(_finite, (cpu.ratio, cpu.low, cpu.high, wall.ratio))
    return Measurement("time", run.limit, ratio, low, high, on_the_wall, len(run.cpu), medians)


def _finite(value: float) -> float | None:
    """Rounded; None for what JSON cannot hold, infinity and NaN."""
    return round(value, 4) if np.isfinite(value) else None
