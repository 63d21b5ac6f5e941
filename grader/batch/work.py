"""Grade one unit, in a process that keeps its sandboxes warm. Everything here runs in such a process."""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass

from ..exercise import Exercise, load_exercise
from ..gradebook.records import Work, environment
from ..judge.grade import grade
from ..judge.means import Decided
from ..model import Result
from ..model.feedback import Feedback
from ..report.limited import limited, without_unrun_bonuses
from ..sandbox.warm import WarmSandboxes
from ..submission.load import restore
from .prepare import WorkUnit

EXPLAIN_SHARE = 0.4  # of the processor time that grading took, at most for explaining: half of a class may be wrong


@dataclass(frozen=True)
class GradingOptions:
    """How all or one is graded: the inputs' seed, the lowest isolation layer, whether to make pages, to time and to
    explain, and how much the pages tell. `layer`: the one to work in, if not the best there is."""

    seed: int
    require: str = "process"
    pages: bool = False
    timing: bool = True
    explained: bool = True
    feedback: Feedback = Feedback.CASE
    layer: str | None = None


@dataclass(frozen=True)
class Outcome:
    """One unit's result. `pages` maps a file name's ending to the page; `edition` is the exercise's."""

    result: Result
    environment: Mapping[str, str]
    pages: Mapping[str, str]
    edition: str


class GradingProcess:
    """What a process keeps from one unit to the next: warm sandboxes, exercises that it has read, a core of its own."""

    def __init__(self) -> None:
        self._sandboxes = WarmSandboxes()
        self._core = contextlib.ExitStack()  # held as long as the process lives
        self._exercise = functools.cache(load_exercise)
        self._environment = functools.cache(environment)

    def warm_up(self, slug: str | None, one_core: bool, layer: str | None) -> None:
        """See the function of this name."""
        if one_core:
            self._keep_to_one_core()
        if slug is not None:
            self._sandboxes.of(self._exercise(slug), layer)

    def _keep_to_one_core(self) -> None:
        from ..timing.lanes import core

        if (number := self._core.enter_context(core("batch"))) is not None:
            os.sched_setaffinity(0, {number})

    def grade(self, unit: WorkUnit, options: GradingOptions, decided: Decided | None) -> Outcome:
        """See `grade_unit`."""
        exercise = self._exercise(unit.exercise)
        edition = exercise.edition  # of what is graded with, whatever is changed meanwhile
        _give_up_after(4 * exercise.limits.total_seconds + 120)
        try:
            result = self._graded(unit, exercise, options, decided)
        finally:
            _give_up_after(0)
        self._sandboxes.ahead()
        pages = _pages(limited(result, options.feedback)) if options.pages else {}
        return Outcome(result, self._environment(), pages, edition)

    def _graded(
        self, unit: WorkUnit, exercise: Exercise, options: GradingOptions, decided: Decided | None
    ) -> Result:
        result = grade(
            unit.submission,
            exercise,
            seed=options.seed,
            require=options.require,
            sandbox=self._sandboxes.of(exercise, options.layer),
            timing=options.timing,
            explained=options.explained,
            decided=decided,
            explain_share=EXPLAIN_SHARE,
        )
        if result.internal_error:
            self._sandboxes.drop(exercise, options.layer)
        return result

    def close(self) -> None:
        """End all zygotes of this process."""
        self._sandboxes.close()


@functools.cache
def _this_process() -> GradingProcess:
    """Made at the first call. Pools take functions to their processes; there, they find the process's state here."""
    made = GradingProcess()
    atexit.register(made.close)
    return made


def begin() -> None:
    """In a new process: all students get the same inputs, so remember our own modules' answers to them."""
    from ..checks import remembered  # NumPy: the command, which imports this module too, has no use for it

    remembered.keep()
    _this_process()


def warm_up(slug: str | None, one_core: bool = False, layer: str | None = None) -> None:
    """Before the first unit comes: import what grades, and start a sandbox for the exercise that most units are for.

    With `one_core`, and if there is a core to spare, the process keeps to it: grader and sandbox take turns, so neither
    has to wait until another core wakes up.
    """
    from ..judge import run  # noqa: F401

    _this_process().warm_up(slug, one_core, layer)


def grade_unit(unit: WorkUnit, options: GradingOptions, decided: Decided | None = None) -> Outcome:
    """Grade behind this process's own warm sandbox; `decided` is told of each check's result.

    Raises IsolationError; any other error is the grader's own.
    """
    return _this_process().grade(unit, options, decided)


def grade_kept(file: str, source: Work, exercise: str, options: GradingOptions) -> Outcome:
    """Grade what the gradebook keeps, handed in as `file`: it is parsed here. Raises as `grade_unit` does."""
    submission = restore(file, dict(source.files), source.main, source.problem)
    return grade_unit(WorkUnit((), exercise, submission), options)


def _give_up_after(seconds: float) -> None:
    """End this process after so many seconds (0: never): the grading is then tried again in another."""
    faulthandler.cancel_dump_traceback_later()
    if seconds:
        faulthandler.dump_traceback_later(seconds, exit=True, file=2)


def _pages(result: Result) -> dict[str, str]:
    from ..report.as_json import to_json
    from ..report.html import to_html

    return {"json": to_json([result]), "html": to_html([without_unrun_bonuses(result)])}
