"""Standard streams that may be closed, or that nobody reads: what a command says never decides how it ends."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import Any


class Patient(io.FileIO):
    """A descriptor that writes for as long as it can, and then swallows what comes; `failure` is why."""

    failure: OSError | None = None

    def write(self, data: Any) -> int:
        """All of it, or nothing any more."""
        if self.failure is None:
            try:
                return super().write(data)
            except OSError as error:
                self.failure = error
        return len(data)


def make_patient() -> None:
    """Let stdout and stderr outlive their readers, show what their terminals can, and be there at all.

    A stream that was closed when the command started leads nowhere; its number must not go to another file.
    """
    while (fd := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(fd, True)
    os.close(fd)
    sys.stdin = sys.stdin or open(0, closefd=False)
    sys.stdout, sys.stderr = _patient(sys.stdout, 1), _patient(sys.stderr, 2)


def _patient(stream: object, fd: int) -> io.TextIOWrapper:
    """The same as text; a terminal that lacks a character still shows the others."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    at_once = fd == 2 or os.isatty(fd)
    raw = Patient(fd, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "replace", line_buffering=at_once)


def lost() -> OSError | None:
    """Write what is left; why some of it could not be written to stdout, unless its reader just went away."""
    for stream in (sys.stderr, sys.stdout):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    failure = raw.failure if isinstance(raw, Patient) else None
    return None if isinstance(failure, BrokenPipeError) else failure
