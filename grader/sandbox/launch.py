"""Start a zygote behind the best layers that this machine offers, and get workers from it.

NumPy is not imported here: the zygote should be on its way before the grader's own imports begin.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .remote import Worker

from ..exercise import ROOT, Limits
from . import cgroup, paths

HOME = str(Path(__file__).resolve().parent.parent)  # `sandbox` is imported from here, inside
BOOT = (
    "import sys, json; c = json.loads(sys.argv[1]); sys.path[:] = [*c['path'], c['home']]; "
    "from sandbox.zygote import main; main(c)"
)
PRELOAD = {
    "numpy": ["numpy", "numpy.random", "numpy.fft", "dataclasses", "functools", "sandbox.interpreter"],
    "torch": ["numpy", "numpy.random", "torch", "torch.nn.functional", "sandbox.modules"],
}
START_SECONDS = 60.0
END_SECONDS = 30.0
LAYERS = ("process", "confined", "contained", "capped")


class SandboxError(Exception):
    """Our side of the boundary failed: an internal error, never the submission's fault."""


@dataclass
class Submitted:
    """What goes to a worker: the submission's files by their path, the main one, the names to look for."""

    files: dict[str, bytes]
    main: str
    names: tuple[str, ...]
    kit: bytes | None = None


@dataclass
class Forked:
    """A new worker: its number inside, a pidfd, its scratch folder open, and its path where it is one of ours too."""

    pid: int
    pidfd: int
    scratch_fd: int
    scratch: str | None


class Sandbox:
    """A zygote and the workers that it forks. Use as a context manager; starting does not wait.

    `hidden` names packages that a submission is not to find.
    """

    def __init__(
        self, framework: str, limits: Limits, *, use_bubblewrap: bool = True, hidden: tuple[str, ...] = ()
    ):
        self.framework, self.limits, self.hidden = framework, limits, hidden
        self.problems: list[str] = []
        self._bubblewrap = shutil.which("bwrap") if use_bubblewrap and sys.platform == "linux" else None
        if use_bubblewrap and self._bubblewrap is None:
            self.problems.append("bubblewrap is not installed (Debian, Ubuntu: apt install bubblewrap)")
        self._folder: str | None = None
        self.cgroup = cgroup.Group.create(limits)
        self._start()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def worker(self, submitted: Submitted) -> Worker:
        """A fresh confined worker, before the submission is loaded. Raises SandboxError."""
        from .remote import Worker

        self._wait_ready()
        return Worker(self, submitted)

    def close(self) -> None:
        """End the zygote and all of its workers; remove what they left on disk."""
        self._end_processes()
        self.errors.close()
        if self._folder:
            remove_tree(self._folder)
            self._folder = None
        if self.cgroup:
            self.cgroup.remove()

    def _end_processes(self) -> None:
        """Hang up, and wait until the zygote and all of its workers are gone.

        Of bubblewrap it is the child that is killed, the first process of the namespace: everything in there goes with
        it, and bubblewrap follows when nothing is left. Killed itself, it would leave that child to end some time
        later, or never, if it had only just been started.
        """
        with contextlib.suppress(OSError):
            self.control.close()
        deadline = time.monotonic() + END_SECONDS
        while time.monotonic() < deadline:
            for child in _children(self.process.pid) if self._bubblewrap else ():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.1)
                return
        self.process.kill()
        self.process.wait()

    # ------------------------------------------------------------ zygote

    def _start(self) -> None:
        """Start the zygote without waiting for it."""
        ours, theirs = socket.socketpair()
        self._ready = False
        self._inbox: list[dict[str, Any]] = []
        self.control = ours
        self.errors = tempfile.TemporaryFile()
        if self._bubblewrap:
            self._scratch_root = "/tmp"
        else:
            self._folder = self._folder or tempfile.mkdtemp(prefix="cnn-grader-")
            self._scratch_root = self._folder
        self.process = subprocess.Popen(
            [*self._wrapper(), *self._command(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self.errors,
            stderr=self.errors,
            env=self._environment(),
            start_new_session=True,
        )
        theirs.close()

    def _wrapper(self) -> list[str]:
        if not self._bubblewrap:
            return []
        return [self._bubblewrap, *paths.bubblewrap_arguments(self.limits.scratch_mib << 20)]

    def _command(self, control: int) -> list[str]:
        config = {
            "control": control,
            "own_folder": self._folder,
            "path": paths.import_path(),
            "home": HOME,
            "preload": PRELOAD[self.framework],
            "readable": paths.readable(self.hidden),
            "listable": paths.import_path(),
        }
        return [sys.executable, "-I", "-S", "-B", "-c", BOOT, json.dumps(config)]

    def _environment(self) -> dict[str, str]:
        threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB")}
        basic = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": self._scratch_root, "MPLBACKEND": "Agg"}
        return basic | threads | {"PYTHONHASHSEED": "random", "MALLOC_ARENA_MAX": "2"}

    def _wait_ready(self) -> None:
        """Wait for the zygote; without bubblewrap if that does not work here."""
        if self._ready:
            return
        if self._message("ready", True, START_SECONDS) is None:
            text = self.zygote_errors()
            if not self._bubblewrap:
                raise SandboxError(f"the worker process did not start: {text}")
            self.problems.append(f"bubblewrap does not work here: {text.strip()[-300:]}")
            self._end_processes()
            self.errors.close()
            self._bubblewrap = None
            self._start()
            self._wait_ready()
        self._ready = True

    def zygote_errors(self) -> str:
        """What the zygote said on stderr, for our own error messages."""
        self.errors.seek(0)
        return self.errors.read(1 << 16).decode("utf-8", "replace")

    def _message(self, key: str, value: Any, seconds: float) -> dict[str, Any] | None:
        """The zygote's message that says so, or None when it is gone or silent; descriptors under `fds`."""
        deadline = time.monotonic() + seconds
        while True:
            for i, message in enumerate(self._inbox):
                if message.get(key) == value:
                    return self._inbox.pop(i)
            if not self._receive(deadline - time.monotonic()):
                return None

    def _receive(self, seconds: float) -> bool:
        """Take what has come into the inbox; several messages may come at once."""
        if seconds <= 0:
            return False
        self.control.settimeout(seconds)
        try:
            data, fds, _, _ = socket.recv_fds(self.control, 1 << 16, 4)
        except OSError:
            return False
        messages = [json.loads(line) for line in data.splitlines()]
        self._inbox += [m | {"fds": fds} if "forked" in m else m for m in messages]
        return bool(data)

    def fork(self, fds: list[int]) -> Forked:
        """Fork a worker with these descriptors: socket, stdout, stderr."""
        scratch = os.path.join(self._scratch_root, f"submission-{os.urandom(6).hex()}")
        config = {
            "scratch": scratch,
            "memory_bytes": self.limits.memory_mib << 20,
            "scratch_bytes": self.limits.scratch_mib << 20,
            "cpu_seconds": int(self.limits.total_seconds) + 1,
            "forbidden_file": str(ROOT / "grader" / "__init__.py"),
            "forbidden_folder": self._forbidden_folder(),
        }
        with contextlib.suppress(OSError):
            socket.send_fds(self.control, [json.dumps(config).encode()], fds)
        answer = self._message("forked", scratch, START_SECONDS)
        if answer is None:
            raise SandboxError(f"the zygote is gone: {self.zygote_errors()}")
        pidfd, scratch_fd = answer["fds"]
        return Forked(answer["pid"], pidfd, scratch_fd, scratch if self._folder else None)

    def _forbidden_folder(self) -> str:
        """A folder that is writable out here, so that being unable to write there proves something."""
        return tempfile.gettempdir() if not self._bubblewrap else str(Path.home())

    def exited(self, pid: int) -> dict[str, Any] | None:
        """How this worker ended, as the zygote saw it."""
        return self._message("exit", pid, START_SECONDS)

    def restart(self) -> None:
        """A new zygote: after something that this one might remember."""
        self.close()
        self.cgroup = cgroup.Group.create(self.limits)
        self._start()


def _children(pid: int) -> list[int]:
    """The children of a process with one thread; none where /proc does not tell."""
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def remove_tree(folder: str) -> None:
    """Remove a folder that a submission wrote in, however deep and whatever its rights."""
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.exists(folder):
        subprocess.run(["chmod", "-R", "u+rwx", folder], check=False, capture_output=True)
        subprocess.run(["rm", "-rf", "--", folder], check=False, capture_output=True)
