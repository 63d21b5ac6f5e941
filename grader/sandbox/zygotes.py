"""What starts workers, on its way before the grader's own imports begin: nothing that takes time is imported here."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator

from .outside import ZygoteProcess
from .spawner import Spawner, can_fork


def bubblewrap() -> str | None:
    """The program, where there is one."""
    return shutil.which("bwrap") if sys.platform == "linux" else None


def spawns(layer: str | None) -> bool:
    """Whether each worker is an interpreter of its own: where nothing can be forked, or only `process` is asked for."""
    return layer == "process" or not can_fork()


def starter(program: str | None, gpu: bool, layer: str | None) -> ZygoteProcess | Spawner:
    """What starts workers."""
    return Spawner(gpu) if spawns(layer) else ZygoteProcess(program, gpu)


_begun: list[ZygoteProcess | Spawner] = []  # of this command, before it knows what it is asked for


@contextlib.contextmanager
def begun() -> Iterator[None]:
    """Start what most commands want; the first `Zygotes` takes it. What none has taken is ended, without waiting."""
    _begun.append(starter(bubblewrap(), False, None))
    try:
        yield
    finally:
        while _begun:
            _begun.pop().hang_up()


class Zygotes:
    """Zygotes of one command: the first is started at once, before the exercise is known. Use as a context manager.

    They work in the best layer there is, or in `process` if that is asked for. Whoever closes a sandbox does not wait
    for its end; the context manager waits for all at its own end.
    """

    def __init__(self, layer: str | None = None) -> None:
        self.layer = layer
        here = _begun and spawns(layer) == spawns(None)
        self._early: ZygoteProcess | Spawner | None = _begun.pop() if here else starter(bubblewrap(), False, layer)
        self.closing = contextlib.ExitStack()  # waits for those that were told to end

    def __enter__(self) -> Zygotes:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.closing.close()
        finally:
            if self._early is not None:
                self._early.end()

    def take(self, program: str | None, gpu: bool) -> ZygoteProcess | Spawner:
        """The one that was started early, if it is still there and has these properties; else a new one."""
        early = self._early
        if early is None or gpu or early.bubblewrap != program:
            return starter(program, gpu, self.layer)
        self._early = None
        return early
