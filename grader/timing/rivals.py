"""Other ways to do the same, timed beside the submission for a picture: the chapter's loop, im2col, the library.

They are `exercises/<slug>/rivals/*.py`; the docstring's first line is what they are called. No verdict depends on them.
"""

from __future__ import annotations

import ast
import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..exercise import Exercise
from ..model import Failure
from ..sandbox.inside import wire
from ..sandbox.launch import Sandbox, has_torch
from .lanes import OursFailed
from .race import SMALL, Course, MakeCall, in_place_of, null_op

REPEATS = 7
BUDGET = 0.5  # seconds for each
TORCH = "import torch"
PATIENCE = 5.0  # seconds for one call


def seconds(exercise: Exercise, course: Course, call: MakeCall, size: int) -> dict[str, float]:
    """Median processor seconds of one call, less a null call's, by what the rival is called."""
    found = {}
    for path in sorted((exercise.folder / "rivals").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        if TORCH in source and not has_torch():
            continue
        name = (ast.get_docstring(ast.parse(source)) or path.stem).splitlines()[0]
        with contextlib.suppress(Failure, OursFailed), _course(course, path, source) as own:
            found[name] = _median(own, call, size)
    return found


@contextlib.contextmanager
def _course(course: Course, path: Path, source: str) -> Iterator[Course]:
    """The same course with the rival in the submission's place; with torch, where only the rival needs it."""
    own = replace(course, submitted=in_place_of(course.submitted, path))
    if TORCH not in source or course.sandbox.framework == "torch":
        yield own
        return
    box = course.sandbox
    with Sandbox("torch", box.limits, zygotes=box.zygotes, layer=box.layer) as sandbox:
        yield replace(own, sandbox=sandbox)


def _median(course: Course, call: MakeCall, size: int) -> float:
    taken: list[tuple[float, float]] = []
    with course.lanes(course.submitted, course.null) as [rival, null]:
        deadline = time.perf_counter() + BUDGET
        while len(taken) < REPEATS and (not taken or time.perf_counter() < deadline):
            small, op = call(size // SMALL).snapshot(), call(size).snapshot()
            timed = rival.call(op, 1 << 28, PATIENCE, small)
            _, outputs = wire.pack(timed.value)
            nothing = null.call(null_op(op, outputs), wire.allowance(outputs), PATIENCE, null_op(small, []))
            taken.append((timed.cpu, nothing.cpu))
    rival_seconds, null_seconds = np.median(taken[1:] or taken, axis=0)
    return max(float(rival_seconds - null_seconds), 0.0)
