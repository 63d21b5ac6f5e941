"""How `grade batch` and `grade regrade` start the processes that grade, show how far they are, and end early."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ...batch.farm import Farm, FarmError, open_farm
from ...batch.local import cores
from ...batch.pages import PagesError
from ...errors import INTERRUPTED, TERMINATED, GraderError
from .interrupts import Kind, Terminated, noted

if TYPE_CHECKING:
    from ...batch.jobs import Jobs


@contextmanager
def going_on(kept: str) -> Iterator[None]:
    """Where workers or a disk fail, or somebody interrupts: also say what is `kept`, and how to go on."""
    try:
        with _stoppable():
            yield
    except Terminated as stop:
        raise GraderError(f"terminated. {kept}", TERMINATED) from stop
    except (FarmError, PagesError) as error:
        raise GraderError(f"{error}. {kept}", error.exit_code) from error
    except KeyboardInterrupt as stop:
        raise GraderError(f"interrupted. {kept}", INTERRUPTED) from stop


_asked: list[Kind] = []  # by Ctrl-C or SIGTERM, of the work that goes on


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take SIGTERM for an interruption, so that workers and jobs end with the command; `run_watched` loses neither."""
    kinds: dict[int, Kind] = {signal.SIGTERM: Terminated}
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        kinds[signal.SIGINT] = KeyboardInterrupt
    try:
        with noted(kinds, _asked):
            yield
    finally:
        _asked.clear()


@contextmanager
def warm_farm(
    jobs: int | None,
    exercise: str | None,
    timing: bool,
    *,
    cluster: str | None = None,
    layer: str | None = None,
    wait: float | None = None,
) -> Iterator[Farm]:
    """Workers that are starting, with what most work is for; on a core each where all are used and nothing is timed."""
    width = jobs or cores()
    with open_farm(width, cluster, wait) as farm:
        farm.warm_up(exercise, width >= cores() and not timing and cluster is None, layer)
        yield farm


def run_watched(jobs: Jobs[Any], as_json: bool = False) -> None:
    """Do all jobs, and show how far they are: on a terminal, in a log, or `as_json`. Raises what `Jobs.run` does."""
    from rich.console import Console

    from ...batch.progress import progress

    with progress(Console(stderr=True), as_json) as step:

        def unless_stopped(jobs: Jobs[Any]) -> None:
            if _asked:
                raise _asked[-1]
            step(jobs)

        jobs.run(unless_stopped)

