"""What a batch needs of its workers: an executor that takes jobs, and an error for workers that are gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

from ..errors import OURS, GraderError
from .work import warm_up


class FarmError(GraderError):
    """The workers are gone, or never came. What was graded is kept; the message says what to do."""

    exit_code = OURS


@dataclass(frozen=True)
class Farm:
    """An executor, how a thread of it runs a job, and how many jobs it does at a time.

    `run(batch, job, *arguments)` does the job in a process that the thread keeps for the batch. `check`, called every
    second or so, raises FarmError when the workers are gone. `with_gpu` is the executor of those workers that own a
    GPU, if they are apart. `turns` counts how often there were workers after there had been none: what was submitted
    before such a turn is not done, unless it is submitted again.
    """

    executor: Executor
    run: Callable[..., Any]
    width: Callable[[], int]
    check: Callable[[], None] = lambda: None
    with_gpu: Callable[[], Executor | None] = lambda: None
    turns: Callable[[], int] = lambda: 0
    name: str = field(default_factory=lambda: os.urandom(8).hex())  # no other batch's jobs get these processes

    def warm_up(self, slug: str | None, one_core: bool = False, layer: str | None = None) -> None:
        """Start the processes and what they need, each on a core of its own if `one_core`; does not wait for them."""
        for _ in range(self.width()):
            self.submit(warm_up, slug, one_core, layer)

    def submit(self, job: Callable[..., Any], *args: Any, gpu: bool = False) -> Future[Any]:
        """Run the job in a process of some worker: with `gpu`, of one that owns a GPU, if there is one."""
        executor = (self.with_gpu() if gpu else None) or self.executor
        return executor.submit(self.run, self.name, job, *args)
