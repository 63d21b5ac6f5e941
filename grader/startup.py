"""How a command starts, and how it leaves: fast, and with streams that cannot change how its work ends.

In this order, with what it saves of `grade submit` (0.5 s of processor time on two cores of a shared virtual machine):

1. `start` lets garbage be collected rarely while modules are imported: 6 ms in 34 collections, not 24 ms in 114. Then
   it opens the standard streams: a command whose output nobody reads still ends with the exit code of its work.
2. `grade submit` starts the sandbox's first process by `grader.sandbox.zygotes.begun`, before even the command line is
   read: that process imports NumPy and gives up its rights while the grader's own imports run on the other core.
3. Every command imports its work when it is called. What may not be needed at all waits as a stand-in (`later`):
   `importlib.metadata`, which pytest imports, takes 15 ms.
4. `loaded` says that the imports are over: garbage is collected as usual during the work. Commands call it before their
   work; where imports go on beside the work (`submit`, `batch`), `judge.grade` and `batch.jobs` do.
5. `leave` ends the process without taking the interpreter apart, module by module: 20 to 30 ms.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
from types import ModuleType
from typing import Any, NoReturn

RARELY = 100_000  # new objects between two collections: more than all modules of a command create
USUAL = gc.get_threshold()


def start() -> None:
    """Begin a command: collect garbage rarely until `loaded`, and make the standard streams safe to write to."""
    loading()
    _open_streams()


# ---------------------------------------------------------------- garbage collection and late imports


def loading() -> None:
    """Imports come next; what they create stays, so that collecting garbage among it is a waste.

    Garbage is collected all the same, if rarely: a command that works before `loaded` does not grow without bound.
    """
    gc.set_threshold(RARELY)


def loaded() -> None:
    """The work begins: from here on garbage is collected as usual, but not among what was imported since `loading`."""
    if gc.get_threshold()[0] == RARELY:
        gc.freeze()
        gc.set_threshold(*USUAL)


def later(name: str) -> None:
    """Let `import package.module` find a stand-in, which imports the module when one of its attributes is used.

    (`importlib.util.LazyLoader` takes the second import statement for a use.)
    """
    if name in sys.modules:
        return
    stand_in = ModuleType(name)

    def give_way(attribute: str) -> Any:
        if sys.modules.get(name) is stand_in:
            sys.modules.pop(name, None)
        return getattr(importlib.import_module(name), attribute)

    stand_in.__getattr__ = give_way  # type: ignore[method-assign]
    package, _, own_name = name.rpartition(".")
    sys.modules[name] = stand_in
    setattr(sys.modules[package], own_name, stand_in)


# ---------------------------------------------------------------- standard streams


class TolerantFile(io.FileIO):
    """A descriptor that discards what it cannot write; `failure` is the first error."""

    failure: OSError | None = None

    def write(self, data: Any) -> int:
        """Write all of it; after a failure, nothing."""
        if self.failure is None:
            try:
                return super().write(data)
            except OSError as error:
                self.failure = error
        return len(data)


def _open_streams() -> None:
    """Let stdout and stderr outlive their readers, show what their terminals can, and exist at all.

    A stream that was closed when the command started leads to the null device; no other file may get its number.
    """
    while (fd := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(fd, True)
    os.close(fd)
    sys.stdin = sys.stdin or open(0, closefd=False)
    sys.stdout, sys.stderr = _tolerant(sys.stdout, 1), _tolerant(sys.stderr, 2)


def _tolerant(stream: Any, fd: int) -> io.TextIOWrapper:
    """The same stream as text; a terminal that lacks a character still shows the others."""
    if os.name == "nt" and isinstance(stream, io.TextIOWrapper) and os.isatty(fd):
        stream.reconfigure(errors="replace")  # Windows' terminal takes text of its own kind
        return stream
    encoding = getattr(stream, "encoding", None) or "utf-8"
    at_once = fd == 2 or os.isatty(fd)
    raw = TolerantFile(fd, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "replace", line_buffering=at_once)


def leave(code: int, failed: int) -> NoReturn:
    """End the process with `code`; with `failed`, and a message, if stdout could not be written.

    Exits without taking the interpreter apart: everything is written, and the sandbox has ended.
    """
    if failure := _lost_output():
        print(f"grade: not all of this could be written: {failure.strerror}", file=sys.stderr, flush=True)
        code = failed
    os._exit(code)


def _lost_output() -> OSError | None:
    """Flush both streams; returns why stdout could not be written, unless its reader just went away."""
    for stream in (sys.stderr, sys.stdout):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    failure = raw.failure if isinstance(raw, TolerantFile) else None
    return None if isinstance(failure, BrokenPipeError) else failure
