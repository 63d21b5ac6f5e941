"""Chooses where a batch is worked on: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager

from .cluster import open_cluster
from .executor import Farm, FarmError
from .local import Pools

__all__ = ["Farm", "FarmError", "open_farm"]


def open_farm(jobs: int, cluster: str | None, wait: float | None = None) -> AbstractContextManager[Farm]:
    """`jobs` workers on this machine, or those of `cluster`: an address, `local`, or a file that describes SLURM jobs.

    `wait`: minutes without a worker of the cluster's until it is given up. Raises ClusterError.
    """
    return _local(jobs) if cluster is None else open_cluster(cluster, jobs, wait)


@contextmanager
def _local(jobs: int) -> Iterator[Farm]:
    """Threads of this process, each with a grading process behind it."""
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
    with closing(Pools()) as pools:
        try:
            yield Farm(threads, pools.run, lambda: jobs)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
