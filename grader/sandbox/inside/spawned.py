"""A worker that is an interpreter of its own, for systems without fork.

Requests come on standard input and answers go to standard output, which nothing else uses from then on: what the
submission prints goes to standard error. First comes a configuration as JSON.
"""

from __future__ import annotations

import _thread
import json
import os
import queue
import signal
import struct
import sys
import threading
from types import FrameType
from typing import Any

from . import frames, limits, prepared, worker

LENGTH = struct.Struct("<Q")
CHUNK = 1 << 20


def main(config: dict[str, Any]) -> None:
    """NumPy is here already; import what else is asked for, then serve until the grader hangs up."""
    pipes = Pipes()
    prepared.always()
    config |= json.loads(pipes.part())
    prepared.prepare(config)
    worker.run(Parts(pipes), config | {"errors": []}, lambda: limits.limit(config))


class Pipes:
    """The grader's parts: a length, then so many bytes."""

    def __init__(self) -> None:
        self.fd, self.out = os.dup(0), os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(2, 1)
        os.close(null)

    def read(self, most: int) -> bytes:
        """Some bytes; the process ends when the grader is gone."""
        return os.read(self.fd, min(most, CHUNK)) or os._exit(0)

    def size(self) -> int:
        """How many bytes come next."""
        head = b""
        while len(head) < LENGTH.size:
            head += self.read(LENGTH.size - len(head))
        return int(LENGTH.unpack(head)[0])

    def part(self) -> bytes:
        """The next one, whole."""
        left, data = self.size(), b""
        while len(data) < left:
            data += self.read(left - len(data))
        return data


class Parts(worker.Channel):
    """A thread takes the parts as they come; one without bytes interrupts what the main thread does.

    Where that thread does not hear of it until the next one, because it waits for something, this one says where it is.
    """

    def __init__(self, pipes: Pipes):
        self._pipes, self.fd = pipes, pipes.out
        self._come: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._rest = memoryview(b"")
        self.recv = frames.ByteStream(self._received).exactly

    def listen(self, server: worker.Server) -> None:
        """Begin."""
        self._server, self._unheard = server, False
        signal.signal(signal.SIGINT, self._heard)
        threading.Thread(target=self._listen, daemon=True).start()

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self._unheard = False
        self._server.interrupted(number, frame)

    def _interrupt(self) -> None:
        main = threading.main_thread().ident or 0
        if self._unheard:
            self._server.unheard(sys._current_frames().get(main))
        self._unheard = True
        _interrupt(main)

    def _listen(self) -> None:
        while True:
            left = self._pipes.size()
            if not left:
                self._interrupt()
            while left:
                data = self._pipes.read(left)
                left -= len(data)
                self._come.put(data)

    def _received(self, into: memoryview) -> int:
        if not self._rest:
            self._rest = memoryview(self._come.get())
        some = self._rest[: len(into)]
        into[: len(some)] = some
        self._rest = self._rest[len(some) :]
        return len(some)


def _interrupt(main: int) -> None:
    """As if Ctrl-C had been pressed: where that can be done, it also ends a sleep."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, signal.SIGINT)
    elif os.name == "nt":
        signal.raise_signal(signal.SIGINT)
    else:
        _thread.interrupt_main(signal.SIGINT)
