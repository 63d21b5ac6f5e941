"""Grade one unit, in a process that keeps its sandboxes warm. Everything here runs in such a process."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import signal
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..checks.bans import hidden_packages
from ..exercise import Exercise, load_exercise
from ..gradebook.records import environment
from ..judge.grade import grade
from ..model import Limits, Result
from ..sandbox.launch import Sandbox
from ..submission.scan import Facts
from .prepare import Unit

WARM = 3  # sandboxes at once: with torch, one takes some 300 MB
Key = tuple[str, Limits, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Order:
    """How a whole batch is graded: the inputs' seed, the lowest layer, whether pages and timing are wanted."""

    seed: int
    require: str = "process"
    pages: bool = False
    timing: bool = True


@dataclass(frozen=True)
class Outcome:
    """What became of one unit. `pages` maps a file name's ending to the page."""

    result: Result
    environment: Mapping[str, str]
    pages: Mapping[str, str]


_boxes: OrderedDict[Key, Sandbox] = OrderedDict()
_held = contextlib.ExitStack()  # as long as this process lives


def warm_up(slug: str | None, one_core: bool = False) -> None:
    """Before the first unit comes: import what grades, and start a sandbox for the exercise that most will be for.

    On `one_core`, if there is one to spare for this process, neither of what grades and what answers, which take turns,
    has to wait for another core to wake up.
    """
    from ..judge import plugin  # noqa: F401

    if one_core:
        _keep_to_one_core()
    if slug is not None:
        key, box = _warm(_exercise(slug), Facts())
        _boxes[key] = box


def _keep_to_one_core() -> None:
    from ..timing.lanes import core

    if (number := _held.enter_context(core("batch"))) is not None:
        os.sched_setaffinity(0, {number})


def grade_unit(unit: Unit, order: Order) -> Outcome:
    """Grade behind this process's own warm sandbox. Raises IsolationError; other errors are ours."""
    exercise = _exercise(unit.exercise)
    _give_up_after(4 * exercise.limits.total_seconds + 120)
    try:
        result = _graded(unit, exercise, order)
    finally:
        _give_up_after(0)
    pages = _pages(result) if order.pages else {}
    return Outcome(result, _environment(), pages)


@functools.cache
def _exercise(slug: str) -> Exercise:
    """Read once in a process, which lives for one batch."""
    return load_exercise(slug)


def _graded(unit: Unit, exercise: Exercise, order: Order) -> Result:
    key, box = _warm(exercise, unit.submission.facts)
    options: dict[str, Any] = {"seed": order.seed, "require": order.require, "timing": order.timing}
    result = grade(unit.submission, exercise, sandbox=box, **options)
    if result.internal_error:
        box.close()
        return result
    _boxes[key] = box
    while len(_boxes) > WARM:
        _boxes.popitem(last=False)[1].close()
    return result


def _warm(exercise: Exercise, facts: Facts) -> tuple[Key, Sandbox]:
    """The sandbox that fits, taken off the shelf or started, and where on the shelf it belongs."""
    hidden = hidden_packages(exercise, facts)
    framework, limits, preload = exercise.framework, exercise.limits, exercise.preload
    key = (framework, limits, preload, hidden)
    return key, _boxes.pop(key, None) or Sandbox(framework, limits, preload=preload, hidden=hidden)


def _give_up_after(seconds: float) -> None:
    """A grading that never ends costs this process, and is then tried again in another."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _pages(result: Result) -> dict[str, str]:
    from ..report.as_json import to_json
    from ..report.html import to_html

    return {"json": to_json([result]), "html": to_html([result])}


@functools.cache
def _environment() -> dict[str, str]:
    return environment()


def begin() -> None:
    """A new process: everybody gets the same inputs, so what our own modules answer to them is worth remembering."""
    from ..checks import remembered as memory  # NumPy: the command, which imports this module too, has no use for it

    memory.keep()
    atexit.register(close_sandboxes)


def close_sandboxes() -> None:
    """End all zygotes of this process."""
    while _boxes:
        _boxes.popitem()[1].close()
