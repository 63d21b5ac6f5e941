"""A worker's process as the grader needs it, in whatever way it was started."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from .meter import Meter


class Death(NamedTuple):
    """How a process ended: its exit code (a signal's number below zero), its seconds of processor time, and whether
    nothing is left of its scratch folder."""

    code: int
    cpu: float
    clean: bool


class Link(Protocol):
    """One worker's process and the way to it. Nothing waits longer than it is told to.

    `pid` is its number here, `scratch` its folder where that is one of ours, `closed` whether `close` was called.
    """

    pid: int
    scratch: str | None
    meter: Meter
    closed: bool

    def ready(self, seconds: float, write: bool = False) -> bool:
        """Whether it sends (or takes) bytes within this time. Returns early when something was printed."""

    def receive(self, into: memoryview) -> int:
        """Take some bytes; 0 at the end. Raises BlockingIOError where none is there, ConnectionResetError."""

    def waiting(self) -> int:
        """Whether bytes are there that nobody has taken; 0 at the end. Raises BlockingIOError where none is there."""

    def send(self, data: memoryview) -> int:
        """Send some of it. Raises BlockingIOError where there is no room, BrokenPipeError, ConnectionResetError."""

    def printed(self) -> Iterator[bytes]:
        """What was printed since, in parts."""

    def files(self, limit: int) -> int:
        """Bytes of its files, counted until they are more than the limit."""

    def interrupt(self) -> None:
        """Ask it to leave off what it does."""

    def stop(self) -> None:
        """Let it stand still, where that can be done."""

    def resume(self) -> None:
        """Let it go on."""

    def kill(self) -> None:
        """End it."""

    def ended(self, seconds: float) -> bool:
        """Whether it ends within this time."""

    def death(self) -> Death | None:
        """How it ended, once it was killed or has ended by itself; None: nobody knows any more."""

    def close(self) -> None:
        """Close our side."""
