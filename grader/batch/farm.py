"""Where a batch is worked on: threads here with a process each, or a Dask cluster. Both are executors."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from .local import close_processes, in_own_process, threads
from .work import warm_up


class FarmError(Exception):
    """The workers are gone, or never came. What was graded is kept; the message says what to do."""


@dataclass(frozen=True)
class Farm:
    """An executor, how many jobs it does at a time, whether it is still there, and where its GPUs are, if apart."""

    executor: Executor
    width: Callable[[], int]
    check: Callable[[], None] = lambda: None  # raises FarmError
    with_gpu: Callable[[], Executor | None] = lambda: None
    name: str = field(default_factory=lambda: os.urandom(8).hex())  # processes are not shared with another one's jobs

    def warm_up(self, slug: str | None, one_core: bool = False) -> None:
        """Start the processes, each on a core of its own if wanted, and what they need; nothing is waited for."""
        for _ in range(self.width()):
            self.submit(warm_up, slug, one_core)

    def submit(self, job: Callable[..., Any], *args: Any, gpu: bool = False) -> Future:
        """The job, in a process of the worker that gets it: one that owns a GPU, if that is wanted and there is one."""
        executor = (self.with_gpu() if gpu else None) or self.executor
        return executor.submit(in_own_process, self.name, job, *args)


@contextmanager
def _local(jobs: int) -> Any:
    executor = threads(jobs)
    farm = Farm(executor, lambda: jobs)
    try:
        yield farm
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        close_processes()


def open_farm(jobs: int, cluster: str | None) -> AbstractContextManager[Farm]:
    """Workers on this machine, or those of `cluster`: an address, `local`, or a file that describes SLURM jobs."""
    if cluster is None:
        return _local(jobs)
    from .cluster import open_cluster

    return open_cluster(cluster, jobs)
