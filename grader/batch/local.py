"""Grading processes, one for each thread: when one dies, it is clear which job it worked on.

A thread of any executor (ours, or one of Dask's workers) calls `Pools.run`. The process is fresh Python, not a fork,
imports the grader once, and ends when its parent does, however that ends.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import multiprocessing.process
import os
import signal
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from ..sandbox import cgroup
from ..startup import loading

T = TypeVar("T")
BATCHES = 2  # a thread of a Dask worker keeps processes for so many


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class WorkerLost(Exception):
    """The process died while it worked on a job: killed, out of memory, or hung."""


class Pools:
    """The single-process pools of each thread: one for each batch, as exercises may change between two of them."""

    def __init__(self) -> None:
        self._mine = threading.local()
        self._all: set[ProcessPoolExecutor] = set()
        self._lock = threading.Lock()

    def run(self, batch: str, job: Callable[..., T], *args: Any) -> T:
        """Do the job in this thread's process for the batch. Raises WorkerLost, or what the job raises."""
        mine = self._of_this_thread()
        mine[batch] = pool = mine.pop(batch, None) or self._new()
        while len(mine) > BATCHES:
            self._end(mine.popitem(last=False)[1])
        try:
            return pool.submit(job, *args).result()
        except BrokenProcessPool as error:
            self._end(mine.pop(batch))
            raise WorkerLost("the process that graded it died") from error

    def _of_this_thread(self) -> OrderedDict[str, ProcessPoolExecutor]:
        pools: OrderedDict[str, ProcessPoolExecutor] | None = getattr(self._mine, "pools", None)
        if pools is None:
            pools = self._mine.pools = OrderedDict()
        return pools

    def _new(self) -> ProcessPoolExecutor:
        multiprocessing.process.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]
        pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_begin)
        with self._lock:
            self._all.add(pool)
        return pool

    def _end(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            self._all.discard(pool)
        pool.shutdown(wait=False)

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            pools, self._all = self._all, set()
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """In the new process: leave interrupts to the parent, and end when the parent ends."""
    loading()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux" and hasattr(os, "fork"):
        _sweep_afterwards()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from . import work

    work.begin()


def _sweep_afterwards() -> None:
    """Fork a small process that waits until this one ends, in whatever way, and removes its control groups."""
    ours = os.getpid()
    read_end, _held_open = os.pipe()
    if os.fork():
        os.close(read_end)
        return
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for fd in range(3):
            os.dup2(null, fd)
        os.closerange(3, read_end)
        os.closerange(read_end + 1, 1 << 16)
        os.read(read_end, 1)
        cgroup.remove_groups_of(ours)
    finally:
        os._exit(0)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)
