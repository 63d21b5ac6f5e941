"""What a worker and the sandbox that forks it know of each other."""

from __future__ import annotations

import os
import socket
from typing import Any, NamedTuple, Protocol

from ..errors import GraderError
from ..model import Limits
from .cgroup import Group

START_SECONDS = 60.0
LAYERS = ("process", "confined", "contained", "capped")


class SandboxError(Exception):
    """Our side of the boundary failed: an internal error, never the submission's fault."""


class IsolationError(GraderError):
    """This machine cannot offer the required isolation layer."""


class Submitted(NamedTuple):
    """What goes to a worker: the submission's files by their path, the main one, the names to look for.

    To `ours`, files of our own, every operator of torch is allowed. `skipped` are the places (file, line, column) of
    statements that took too long when the files were loaded before.
    """

    files: dict[str, bytes]
    main: str
    names: tuple[str, ...]
    kit: bytes | None = None
    ours: bool = False
    skipped: tuple[tuple[str, int, int], ...] = ()


class PendingWorker(NamedTuple):
    """A worker that the zygote was asked to fork: its scratch folder, and our ends of its socket, stdout and stderr."""

    scratch: str
    socket: socket.socket
    outputs: tuple[int, int]

    def cancel(self) -> None:
        """Close our ends: it is no longer needed."""
        self.socket.close()
        for fd in self.outputs:
            os.close(fd)


class Forked(NamedTuple):
    """A new worker: its number inside, a pidfd, its scratch folder open, and its path where it is one of ours too."""

    pid: int
    pidfd: int
    scratch_fd: int
    scratch: str | None


class ForkServer(Protocol):
    """What a worker needs of the sandbox that it was forked in."""

    limits: Limits
    problems: list[str]
    cgroup: Group | None
    operators: tuple[str, ...]

    def forked(self, order: PendingWorker) -> Forked:
        """The worker that was asked for. Raises SandboxError."""

    def exited(self, pid: int) -> dict[str, Any] | None:
        """How this worker ended, as the zygote saw it."""

    def restart(self) -> None:
        """A new zygote: after something that this one might remember."""

    def zygote_errors(self) -> str:
        """What the zygote said on stderr, for our own error messages."""
