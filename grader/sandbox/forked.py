"""Workers that a zygote forks: a socket, two pipes and a pidfd."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from .link import Death, Link
from .meter import Meter, ProcMeter
from .order import START_SECONDS, SandboxError
from .processes import ended, folder_bytes, host_pid


class ForkingProcess(Protocol):
    """What a forked worker's side needs of the process that forks it."""

    folder: str | None

    def send(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
        """Send a message."""

    def message(self, key: str, value: Any, seconds: float) -> dict[str, Any] | None:
        """Its message in which `key` has this value."""

    def errors(self) -> str:
        """What it said on stderr."""


class PendingFork(NamedTuple):
    """A worker that the zygote was asked to fork: its scratch folder, and our ends of its socket, stdout and stderr."""

    zygote: ForkingProcess
    scratch: str
    socket: socket.socket
    outputs: tuple[int, int]

    @classmethod
    def asked(cls, zygote: ForkingProcess, config: dict[str, Any]) -> PendingFork:
        """Ask the zygote for one."""
        ours, theirs = socket.socketpair()
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        zygote.send(config, (theirs.fileno(), out_write, err_write))
        theirs.close()
        os.close(out_write)
        os.close(err_write)
        return cls(zygote, config["scratch"], ours, (out_read, err_read))

    def cancel(self) -> None:
        """Close our ends: it is no longer needed."""
        self.socket.close()
        for fd in self.outputs:
            os.close(fd)

    def link(self) -> Link:
        """The worker that was asked for. Raises SandboxError."""
        try:
            return ForkedLink(self, self._answer())
        except SandboxError:
            self.cancel()
            raise

    def _answer(self) -> dict[str, Any]:
        answer = self.zygote.message("forked", self.scratch, START_SECONDS)
        if answer is None:
            raise SandboxError(f"the zygote is gone: {self.zygote.errors()}")
        if "error" in answer:
            raise SandboxError(f"no worker could be started: {answer['error']}")
        return answer


class ForkedLink:
    """See `Link`. The zygote reports how the process ended."""

    closed = False

    def __init__(self, order: PendingFork, answer: dict[str, Any]):
        self._zygote, self._socket, self._outputs = order.zygote, order.socket, list(order.outputs)
        self._number: int = answer["pid"]  # in there
        self.pidfd, self._scratch_fd = answer["fds"]
        self.pid = host_pid(self.pidfd)
        self.meter: Meter = ProcMeter(self.pid)
        self.scratch = order.scratch if order.zygote.folder else None
        self._before = 0 if self.scratch else self._used_space()
        self._poll = select.poll()
        self._socket.setblocking(False)
        self._poll.register(self._socket, select.POLLIN)
        for fd in self._outputs:
            os.set_blocking(fd, False)
            self._poll.register(fd, select.POLLIN)

    def ready(self, seconds: float, write: bool = False) -> bool:
        """See `Link`."""
        if write:
            self._poll.modify(self._socket, select.POLLOUT)
        try:
            return any(fd == self._socket.fileno() for fd, _ in self._poll.poll(seconds * 1000))
        finally:
            if write:
                self._poll.modify(self._socket, select.POLLIN)

    def receive(self, into: memoryview) -> int:
        """See `Link`."""
        return self._socket.recv_into(into)

    def waiting(self) -> int:
        """See `Link`."""
        return len(self._socket.recv(1, socket.MSG_PEEK))

    def send(self, data: memoryview) -> int:
        """See `Link`."""
        return self._socket.send(data)

    def printed(self) -> Iterator[bytes]:
        """See `Link`."""
        for fd in list(self._outputs):
            while (data := _read(fd)) is not None:
                if not data:
                    self._close_output(fd)
                    break
                yield data

    def _close_output(self, fd: int) -> None:
        self._outputs.remove(fd)
        self._poll.unregister(fd)
        os.close(fd)

    def files(self, limit: int) -> int:
        """All files, also those that have lost their name.

        Where scratch is a file system of its own, that is asked; else the folder is walked.
        """
        if self.scratch is None:
            return self._used_space() - self._before
        return folder_bytes(self.scratch, limit) + self.meter.nameless_bytes()

    def _used_space(self) -> int:
        space = os.statvfs(self._scratch_fd)
        return (space.f_blocks - space.f_bfree + space.f_files - space.f_ffree) * space.f_frsize

    # ------------------------------------------------------------ signals and the end

    def interrupt(self) -> None:
        """See `Link`."""
        self._signal(signal.SIGUSR1)

    def stop(self) -> None:
        """See `Link`."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """See `Link`."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """See `Link`."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self.closed:  # its descriptors' numbers may belong to others by now
            return
        with contextlib.suppress(ProcessLookupError, OSError):
            signal.pidfd_send_signal(self.pidfd, number)

    def ended(self, seconds: float) -> bool:
        """See `Link`."""
        return ended(self.pidfd, seconds)

    def death(self) -> Death | None:
        """See `Link`."""
        end = self._zygote.message("exit", self._number, START_SECONDS)
        return None if end is None else Death(os.waitstatus_to_exitcode(end["status"]), end["cpu"], end["clean"])

    def close(self) -> None:
        """See `Link`."""
        self.closed = True
        self.meter.close()
        self._socket.close()
        for fd in (*self._outputs, self._scratch_fd, self.pidfd):
            os.close(fd)
        self._outputs = []


def _read(fd: int) -> bytes | None:
    try:
        return os.read(fd, 1 << 16)
    except BlockingIOError:
        return None
