"""How `grade batch` and `grade regrade` start the processes that grade, show how far they are, and end early."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from ...batch.farm import Farm, FarmError, open_farm
from ...batch.pages import PagesError
from ...errors import INTERRUPTED, GraderError

if TYPE_CHECKING:
    from ...batch.jobs import Jobs


@contextmanager
def going_on(kept: str) -> Iterator[None]:
    """Where workers or a disk fail, or somebody interrupts: also say what is `kept`, and how to go on."""
    try:
        yield
    except (FarmError, PagesError) as error:
        raise GraderError(f"{error}. {kept}", error.exit_code) from error
    except KeyboardInterrupt as stop:
        raise GraderError(f"interrupted. {kept}", INTERRUPTED) from stop


@contextmanager
def warm_farm(
    jobs: int | None, exercise: str | None, timing: bool, cluster: str | None = None, layer: str | None = None
) -> Iterator[Farm]:
    """Workers that are starting, with what most work is for; on a core each where all are used and nothing is timed."""
    width = jobs or cores()
    with open_farm(width, cluster) as farm:
        farm.warm_up(exercise, width >= cores() and not timing and cluster is None, layer)
        yield farm


def run_watched(jobs: Jobs[Any]) -> None:
    """Do all jobs; a terminal shows how far they are. Raises what `Jobs.run` does."""
    from rich.console import Console

    from ...batch.progress import progress

    with progress(Console(stderr=True)) if sys.stderr.isatty() else nullcontext(lambda _: None) as step:
        jobs.run(step)


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
