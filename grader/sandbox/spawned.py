"""Workers that are interpreters of their own: three pipes, three threads, and nothing that only some systems have."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import struct
import subprocess
import threading
from collections.abc import Iterator
from typing import IO, Any

from .link import Death
from .meter import Meter, meter_for
from .processes import folder_bytes, remove_tree

LENGTH = struct.Struct("<Q")  # goes before each part that is sent; of none: leave off what you do
INTERRUPTION = LENGTH.pack(0)
PART = 1 << 20  # bytes that are on their way to the worker at once, and bytes of its answers that wait to be taken
MOST_PRINTED = 1 << 20  # bytes of what it printed that wait to be taken
MOST_FIRST = 1 << 12
END_SECONDS = 10.0
LAST_WORDS = 0.2  # seconds to read what a process printed before it was ended


class SpawnedProcess:
    """A started process, and three threads: one writes to it, one reads its answers, one what it prints."""

    def __init__(self, process: subprocess.Popen[bytes]):
        self.process = process
        self.news = threading.Condition()
        self.answers, self.prints = bytearray(), bytearray()
        self.first = bytearray()  # of what it prints, for our own error messages
        self.heard = threading.Event()  # all of that, to its end
        self.silent = self.deaf = False  # its answers have come to their end; it takes nothing any more
        self.unsent = 0  # parts
        self._parts: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        for work in (self._write, self._read, self._hear):
            threading.Thread(target=work, daemon=True).start()

    def post(self, part: bytes) -> None:
        """Send a part, without waiting."""
        with self.news:
            self.unsent += 1
        self._parts.put(LENGTH.pack(len(part)) + part)

    def interrupt(self) -> None:
        """Ask it to leave off what it does."""
        with self.news:
            self.unsent += 1
        self._parts.put(INTERRUPTION)

    def hang_up(self) -> None:
        """Nothing more is sent: it ends."""
        self._parts.put(None)

    def _write(self) -> None:
        pipe = _pipe(self.process.stdin)
        with contextlib.suppress(OSError, ValueError):
            while (part := self._parts.get()) is not None:
                _write_all(pipe.fileno(), part)
                self._note(sent=1)
        self._note(deaf=True)
        with contextlib.suppress(OSError):
            pipe.close()

    def _note(self, sent: int = 0, deaf: bool = False) -> None:
        with self.news:
            self.unsent -= sent
            self.deaf = self.deaf or deaf
            self.news.notify_all()

    def _read(self) -> None:
        self._pump(_pipe(self.process.stdout), self.answers, PART)
        with self.news:
            self.silent = True
            self.news.notify_all()

    def _hear(self) -> None:
        self._pump(_pipe(self.process.stderr), self.prints, MOST_PRINTED)
        self.heard.set()

    def _pump(self, pipe: IO[bytes], into: bytearray, most: int) -> None:
        """Read to the end; while much is waiting to be taken, read nothing."""

        def room() -> bool:
            return len(into) < most

        with contextlib.suppress(OSError, ValueError), pipe:
            while data := os.read(pipe.fileno(), 1 << 16):
                with self.news:
                    if into is self.prints:
                        self.first += data[: MOST_FIRST - len(self.first)]
                    into += data
                    self.news.notify_all()
                    self.news.wait_for(room)

    def taken(self, buffer: bytearray, most: int) -> bytes:
        """Some of what is waiting; the caller holds `news`."""
        data = bytes(buffer[:most])
        del buffer[:most]
        self.news.notify_all()
        return data

    # ------------------------------------------------------------ the end

    def kill(self) -> None:
        """End it, with the processes that it started, as far as the system helps to find them."""
        if self.process.poll() is not None:
            return
        _kill_descendants(self.process.pid)
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()

    def ended(self, seconds: float) -> bool:
        """Whether it ends within this time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.process.returncode is not None

    def forget(self) -> None:
        """Let the threads come to their end."""
        self.hang_up()
        with self.news:
            self.answers.clear()
            self.prints.clear()
            self.news.notify_all()


class SpawnedLink:
    """See `Link`."""

    closed = False
    _killed = False

    def __init__(self, interpreter: SpawnedProcess, scratch: str):
        self._interpreter = interpreter
        self.pid = interpreter.process.pid
        self.scratch: str | None = scratch
        self._folder = scratch
        self.meter: Meter = meter_for(self.pid)
        self._processor = 0.0

    def ready(self, seconds: float, write: bool = False) -> bool:
        """See `Link`."""
        mine = self._interpreter
        with mine.news:
            mine.news.wait_for(lambda: self._may(write) or mine.prints, seconds)
            return self._may(write)

    def _may(self, write: bool) -> bool:
        mine = self._interpreter
        return bool(mine.deaf or not mine.unsent) if write else bool(mine.answers or mine.silent)

    def receive(self, into: memoryview) -> int:
        """See `Link`."""
        with self._interpreter.news:
            self.waiting()
            data = self._interpreter.taken(self._interpreter.answers, len(into))
        into[: len(data)] = data
        return len(data)

    def waiting(self) -> int:
        """See `Link`."""
        with self._interpreter.news:
            if not self._interpreter.answers and not self._interpreter.silent:
                raise BlockingIOError
            return len(self._interpreter.answers)

    def send(self, data: memoryview) -> int:
        """See `Link`."""
        with self._interpreter.news:
            if self._interpreter.deaf:
                raise BrokenPipeError
            if self._interpreter.unsent:
                raise BlockingIOError
        part = bytes(data[:PART])
        self._interpreter.post(part)
        return len(part)

    def printed(self) -> Iterator[bytes]:
        """See `Link`."""
        if self._killed:
            self._interpreter.heard.wait(LAST_WORDS)
        with self._interpreter.news:
            data = self._interpreter.taken(self._interpreter.prints, MOST_PRINTED)
        if data:
            yield data

    def files(self, limit: int) -> int:
        """See `Link`."""
        return folder_bytes(self._folder, limit) + self.meter.nameless_bytes()

    # ------------------------------------------------------------ signals and the end

    def interrupt(self) -> None:
        """See `Link`."""
        self._interpreter.interrupt()

    def stop(self) -> None:
        """See `Link`."""
        self._still("SIGSTOP", "suspend")

    def resume(self) -> None:
        """See `Link`."""
        self._still("SIGCONT", "resume")

    def _still(self, name: str, otherwise: str) -> None:
        if self._interpreter.process.poll() is not None:
            return
        with contextlib.suppress(Exception):  # as much as the system can do
            if number := getattr(signal, name, None):
                return os.kill(self.pid, number)
            import psutil

            getattr(psutil.Process(self.pid), otherwise)()

    def kill(self) -> None:
        """See `Link`."""
        self._processor = max(self._processor, self.meter.usage().cpu)
        self._interpreter.kill()
        self._killed = True

    def ended(self, seconds: float) -> bool:
        """See `Link`."""
        return self._interpreter.ended(seconds)

    def death(self) -> Death | None:
        """See `Link`."""
        if not self._interpreter.ended(END_SECONDS):
            return None
        remove_tree(self._folder)
        return Death(self._interpreter.process.returncode, self._processor, not os.path.exists(self._folder))

    def close(self) -> None:
        """See `Link`."""
        self.closed = True
        self.meter.close()
        self._interpreter.forget()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "it was asked for"
    return pipe


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _kill_descendants(pid: int) -> None:
    with contextlib.suppress(Exception):  # where psutil is not there, or finds nothing
        import psutil

        found: list[Any] = psutil.Process(pid).children(recursive=True)
        for process in found:
            process.kill()
