"""Starts an interpreter for each worker: the layer `process`, for systems without fork, and where it is asked for.

It does not isolate: the process may do whatever the user may. NumPy is not imported here: the first interpreter should
be on its way before the grader's own imports begin.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from typing import Any

from .link import Link
from .meter import has_psutil
from .order import SandboxError
from .processes import BEGIN, environment, import_from, interpreter, remove_tree
from .spawned import END_SECONDS, SpawnedLink, SpawnedProcess

BOOT = BEGIN + "from inside.spawned import main; main(c)"
ASKED = "the layer `process` was asked for: nothing is taken away from a submission"
ONLY = "this system has no layer above `process`: nothing is taken away from a submission"
UNTOLD = (
    "the system does not tell what a process uses: memory is not limited, and time is what a clock on the wall says"
)


def can_fork() -> bool:
    """Whether workers can be forked here. (macOS has fork, but its own libraries do not outlive it.)"""
    return sys.platform == "linux" and hasattr(os, "fork") and hasattr(socket, "AF_UNIX")


class Spawner:
    """Interpreters that wait for a worker's configuration; the first is started at once."""

    bubblewrap = None

    def __init__(self, gpu: bool = False):
        self.gpu = gpu
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="cnn-grader-"))
        self.scratch_root = self.folder
        self.wanted: dict[str, Any] = {}
        self._running: list[SpawnedProcess] = []
        self._last: SpawnedProcess | None = None
        self._problem = ""
        self._spare = self._started()

    @property
    def problems(self) -> list[str]:
        """Why the layer is not a higher one, and what is not limited here."""
        told = os.path.exists(f"/proc/{os.getpid()}/stat") or has_psutil()
        return [ASKED if can_fork() else ONLY, *([] if told else [UNTOLD])]

    def _started(self) -> SpawnedProcess | None:
        command = [interpreter(), "-I", "-S", "-B", "-X", "utf8", "-c", BOOT, json.dumps(import_from())]
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(
                command,
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                bufsize=0,
                env=environment(self.folder, self.gpu),
                **_apart(),
            )
        except OSError as error:
            self._problem = f"Python ({command[0]}) cannot be started: {error.strerror or error}"
            return None
        self._running = [running for running in self._running if running.process.poll() is None]
        self._running.append(SpawnedProcess(process))
        return self._running[-1]

    def prepare(self, wanted: dict[str, Any]) -> None:
        """What workers are to have imported, and not to find."""
        self.wanted = wanted

    def ready(self) -> bool:
        """There is nothing to wait for."""
        return True

    def order(self, config: dict[str, Any]) -> PendingSpawn:
        """Configure an interpreter."""
        os.makedirs(config["scratch"], exist_ok=True)
        taken, self._spare = self._spare or self._started(), None
        if taken is not None:
            taken.post(json.dumps(self.wanted | config).encode())
            self._last = taken
        return PendingSpawn(taken, config["scratch"], self._problem)

    def errors(self) -> str:
        """What the last interpreter said on stderr."""
        if self._last is None:
            return self._problem
        self._last.ended(0.1)
        return self._last.first.decode("utf-8", "replace")

    def hang_up(self) -> None:
        """End all interpreters, without waiting for that."""
        for running in self._running:
            running.kill()
            running.forget()

    def end(self) -> None:
        """End all interpreters; remove what they left on disk."""
        self.hang_up()
        for running in self._running:
            running.ended(END_SECONDS)
        self._running = []
        remove_tree(self.folder)


class PendingSpawn:
    """A worker that imports what it needs."""

    def __init__(self, taken: SpawnedProcess | None, scratch: str, problem: str):
        self._taken, self._scratch, self._problem = taken, scratch, problem

    def cancel(self) -> None:
        """It is no longer needed."""
        if self._taken is not None:
            self._taken.kill()
            self._taken.forget()

    def link(self) -> Link:
        """The worker. Raises SandboxError."""
        if self._taken is None:
            raise SandboxError(self._problem)
        return SpawnedLink(self._taken, self._scratch)


def _apart() -> dict[str, Any]:
    """Options by which the terminal's Ctrl-C does not reach the new process: the grader ends it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}
