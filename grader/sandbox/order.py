"""What a worker and the sandbox that starts it know of each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..errors import GraderError
from .cgroup import Group
from .link import Link

if TYPE_CHECKING:
    from ..model import Limits

START_SECONDS = 60.0
LAYERS = ("process", "confined", "contained", "capped")  # from the lowest


class SandboxError(Exception):
    """Our side of the boundary failed: an internal error, never the submission's fault."""


class IsolationError(GraderError):
    """This machine cannot offer the required isolation layer."""


def suffices(layer: str, required: str) -> bool:
    """Whether a layer is at least the required one."""
    return LAYERS.index(layer) >= LAYERS.index(required)


class Submitted(NamedTuple):
    """What goes to a worker: the submission's files by their path, the main one, the names to look for.

    To `ours`, files of our own, every operator of torch is allowed. `skipped` are the places (file, line, column) of
    statements that took too long when the files were loaded before, or ended the worker. If it is `followed`, a worker
    tells of each statement before it runs it: so it is known which one ends a worker.
    """

    files: dict[str, bytes]
    main: str
    names: tuple[str, ...]
    kit: bytes | None = None
    ours: bool = False
    skipped: tuple[tuple[str, int, int], ...] = ()
    followed: bool = False


NOTHING = Submitted({}, "", ())


class PendingWorker(Protocol):
    """A worker that was asked for and is not here yet."""

    def cancel(self) -> None:
        """It is no longer needed."""

    def link(self) -> Link:
        """Wait for it. Raises SandboxError."""


class WorkerSource(Protocol):
    """What a worker needs of the sandbox that it was started in."""

    limits: Limits
    problems: list[str]
    cgroup: Group | None
    operators: tuple[str, ...]

    def left(self, reap: Callable[[], None]) -> None:
        """A worker was killed: collect it before the next one is started, by calling this."""

    def restart(self) -> None:
        """Begin anew: after something that what starts workers might remember."""

    def errors(self) -> str:
        """What was said on stderr where workers are started, for our own error messages."""
