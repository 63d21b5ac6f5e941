"""The zygote's process seen from outside: start it, send it messages, receive its own, end it.

NumPy is not imported here: the zygote should be on its way before the grader's own imports begin.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from typing import Any

from . import paths
from .forked import PendingFork
from .order import START_SECONDS
from .processes import BEGIN, children, ended, environment, import_from, remove_tree

BOOT = BEGIN + "from inside.zygote import main; main(c)"
TMPFS_MIB = 64  # of all scratch folders in one file system of their own
END_SECONDS = 30.0


class ZygoteProcess:
    """A process that imports NumPy, then waits for a message with what else to import; starting it does not wait.

    Its workers may use the GPU where `gpu` says so; the process itself never touches it.
    """

    def __init__(self, bubblewrap: str | None, gpu: bool = False):
        self.bubblewrap, self.gpu = bubblewrap, gpu
        self.folder = None if bubblewrap else tempfile.mkdtemp(prefix="cnn-grader-")
        self.scratch_root = self.folder or "/tmp/cnn-grader"
        self._inbox: list[dict[str, Any]] = []
        self._errors = tempfile.TemporaryFile()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [*self._wrapper(), *self._command(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
            env=environment(self.scratch_root, self.gpu),
            start_new_session=True,
        )
        theirs.close()

    def _wrapper(self) -> list[str]:
        return [self.bubblewrap, *paths.bubblewrap_arguments(TMPFS_MIB << 20, self.gpu)] if self.bubblewrap else []

    def _command(self, control: int) -> list[str]:
        config = {"control": control, "own_folder": self.folder, "scratch_root": self.scratch_root, "gpu": self.gpu}
        return [sys.executable, "-I", "-S", "-B", "-c", BOOT, json.dumps(config | import_from())]

    # ------------------------------------------------------------ workers

    def introduced(self) -> int | None:
        """A pidfd of it, as soon as it runs; None when it is gone."""
        answer = self.message("started", True, START_SECONDS)
        return answer["fds"][0] if answer else None

    def prepare(self, wanted: dict[str, Any]) -> None:
        """What its workers are to have imported, and not to find."""
        self.send(wanted)

    def ready(self) -> bool:
        """Whether that is done, or it is gone."""
        return self.message("ready", True, START_SECONDS) is not None

    def order(self, config: dict[str, Any]) -> PendingFork:
        """Ask it to fork a worker."""
        return PendingFork.asked(self, config)

    # ------------------------------------------------------------ messages

    def send(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
        """Send a message. To a process that is gone nothing is sent: then no answer comes."""
        with contextlib.suppress(OSError):
            socket.send_fds(self._control, [json.dumps(message).encode()], fds)

    def message(self, key: str, value: Any, seconds: float) -> dict[str, Any] | None:
        """Its message in which `key` has this value, with descriptors under `fds`; None when it is gone or silent."""
        deadline = time.monotonic() + seconds
        while True:
            for i, message in enumerate(self._inbox):
                if message.get(key) == value:
                    return self._inbox.pop(i)
            if not self._receive(deadline - time.monotonic()):
                return None

    def _receive(self, seconds: float) -> bool:
        """Take one message into the inbox."""
        if seconds <= 0:
            return False
        self._control.settimeout(seconds)
        try:
            data, fds, _, _ = socket.recv_fds(self._control, 1 << 16, 4)
        except OSError:
            return False
        if data:
            message = json.loads(data)
            self._inbox.append(message | {"fds": fds} if fds else message)
        return bool(data)

    def errors(self) -> str:
        """What it said on stderr, for our own error messages."""
        self._errors.seek(0)
        return self._errors.read(1 << 16).decode("utf-8", "replace")

    # ------------------------------------------------------------ the end

    def hang_up(self) -> None:
        """Make it end, and all of its workers, without waiting for that."""
        with contextlib.suppress(OSError):
            self._control.close()
        self._kill_inside()

    def end(self) -> None:
        """End it and all of its workers; remove what they left on disk."""
        self.hang_up()
        self._wait_for_all()
        self._errors.close()
        if self.folder:
            remove_tree(self.folder)

    def _wait_for_all(self) -> None:
        """Wait until the zygote, which we hung up on, and all of its workers are gone.

        Of bubblewrap it is the child that is killed, the first process of the namespace: everything in there goes with
        it, and bubblewrap follows when nothing is left. Killed itself, it would leave that child to end some time
        later, or never, if it had only just been started.
        """
        deadline = time.monotonic() + END_SECONDS
        while time.monotonic() < deadline:
            self._kill_inside()
            if self._gone(0.1):
                return
        self._process.kill()
        self._process.wait()

    def _kill_inside(self) -> None:
        for child in children(self._process.pid) if self.bubblewrap else ():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def _gone(self, seconds: float) -> bool:
        """Whether the process ends within this time; returns as soon as it does, where the system has pidfds."""
        if hasattr(os, "pidfd_open") and self._process.poll() is None:
            fd = os.pidfd_open(self._process.pid)
            ended(fd, seconds)
            os.close(fd)
            seconds = 0
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None
