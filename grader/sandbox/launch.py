"""A sandbox: a zygote behind the best layers that this machine offers, and the workers that it forks."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..exercise import Exercise
    from .inside.ops import Op
    from .remote import Worker

from ..errors import NotInstalled
from ..model import Failure, Limits
from ..root import ROOT
from . import cgroup
from .order import NOTHING, PendingWorker, SandboxError, Submitted, suffices
from .outside import TMPFS_MIB, ZygoteProcess
from .processes import host_pid
from .spawner import Spawner
from .zygotes import Zygotes, bubblewrap, spawns, starter

MOST_BEGUN = 1 << 16  # bytes of files: reading them takes less time than loading them may
PRELOAD: dict[str, list[str]] = {
    "numpy": [],
    "torch": ["torch", "torch.nn.functional", "inside.modules", "inside.accelerator"],
}


def has_torch() -> bool:
    """Whether PyTorch is installed, which only some exercises need."""
    return find_spec("torch") is not None


class Sandbox:
    """A zygote and the workers that it forks. Use as a context manager; starting does not wait.

    `preload` names modules that workers have from the start, beside those of the framework; `hidden` names packages
    that a submission is not to find, `operators` patterns of torch's operators that it is not to use. With `gpu` the
    driver's devices are there, and what else CUDA needs; it starts in the workers, and only once it is used. The
    zygote, and the `layer`, come from `zygotes`, if they are given.
    """

    def __init__(
        self,
        framework: str,
        limits: Limits,
        *,
        use_bubblewrap: bool = True,
        preload: tuple[str, ...] = (),
        hidden: tuple[str, ...] = (),
        operators: tuple[str, ...] = (),
        gpu: bool = False,
        zygotes: Zygotes | None = None,
        layer: str | None = None,
    ):
        assert limits.scratch_mib < TMPFS_MIB, f"scratch of {limits.scratch_mib} MiB: at most {TMPFS_MIB - 1}"
        self.framework, self.limits, self.gpu, self.zygotes = framework, limits, gpu, zygotes
        self.hidden, self.operators = hidden, operators
        self.preload = [*PRELOAD[framework], *preload]
        self.problems: list[str] = []
        self._waiting: Worker | None = None  # knows questions, and no submission yet
        self._begun: Worker | None = None  # loads what will probably be asked for
        self._first: Submitted | None = None  # that was asked for since `begin`
        self._left: list[Callable[[], None]] = []  # collect workers that were killed
        self.layer = zygotes.layer if zygotes else layer
        use_bubblewrap = use_bubblewrap and not spawns(self.layer)
        program = bubblewrap() if use_bubblewrap else None
        if use_bubblewrap and program is None:
            self.problems.append("bubblewrap is not installed (Debian, Ubuntu: apt install bubblewrap)")
        self._start(program)
        if isinstance(self._process, Spawner):
            self.problems += self._process.problems

    @classmethod
    def of(cls, exercise: Exercise, zygotes: Zygotes | None = None, layer: str | None = None) -> Sandbox:
        """What an exercise's submissions run in. Raises NotInstalled where PyTorch is needed and not there."""
        if exercise.framework == "torch" and not has_torch():
            raise NotInstalled(f"{exercise.slug} is graded with PyTorch: pip install 'cnn-grader[torch]'")
        return cls(
            exercise.framework,
            exercise.limits,
            preload=exercise.preload,
            hidden=exercise.hidden,
            operators=exercise.banned_operators,
            zygotes=zygotes,
            layer=layer,
        )

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, program: str | None) -> None:
        """Start the zygote, send it what to import and to hide, and ask for the first worker; waits for nothing."""
        self._ready = False
        zygotes = self.zygotes
        self._process = zygotes.take(program, self.gpu) if zygotes else starter(program, self.gpu, self.layer)
        self._process.prepare({"preload": self.preload, "hidden": self.hidden, "operators": self.operators})
        self._ordered: PendingWorker | None = self._order()
        self.cgroup: cgroup.Group | None = None
        self._capping = threading.Thread(target=self._cap, daemon=True)
        self._capping.start()

    def _cap(self) -> None:
        """Put the zygote into a control group, where its workers start too: to move each would take some 10 ms."""
        zygote = self._process
        if isinstance(zygote, ZygoteProcess):
            self.cgroup = cgroup.Group.create(self.limits)
            if self.cgroup and (pidfd := zygote.introduced()) is not None:
                self.cgroup.add(host_pid(pidfd))
                os.close(pidfd)

    def _capped(self) -> None:
        """Wait until that is done: the zygote's messages are read by one thread at a time."""
        if self._capping.is_alive():
            self._capping.join()

    def worker(self, submitted: Submitted) -> Worker:
        """A fresh confined worker, before the submission is loaded. Raises SandboxError."""
        from .remote import Worker

        if (begun := self._taken_back(submitted)) is not None:
            return begun
        self._first = self._first or submitted
        self._reap()
        self._wait_ready()
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.link.ended(0):
            order, self._ordered = self._ordered or self._order(), None
            waiting = Worker(self, order)
        waiting.submitted = submitted
        return waiting

    def begin(self, files: dict[str, bytes], require: str) -> None:
        """Let a worker load these files now, for they will probably be handed in as files of these names were before.

        Behind the layer that is required, as later, or not at all.
        """
        if self._begun is not None:
            return
        first, self._first = self._first, None
        if first is None or files.keys() != first.files.keys() or sum(map(len, files.values())) > MOST_BEGUN:
            return
        with contextlib.suppress(SandboxError, Failure):  # then it goes wrong where it is waited for
            self._begun = self.worker(first._replace(files=files))
            if suffices(self._begun.isolation.layer, require):
                self._begun.begin_loading()

    def _taken_back(self, submitted: Submitted | None) -> Worker | None:
        """The worker that has begun, if it was with this very submission; another is ended."""
        begun, self._begun = self._begun, None
        if begun is None or (begun.submitted == submitted and not begun.dead):
            return begun
        begun.close(reap=False)
        self._first = submitted or self._first
        return None

    def ahead(self, questions: Sequence[Op] = ()) -> None:
        """Have the next worker started now, while nobody waits for it; where it is to know questions, wait for that."""
        self._taken_back(None)
        self._reap()
        if self._ready and self._ordered is None and self._waiting is None:
            self._ordered = self._order()
        if questions and self._ordered is not None:
            with contextlib.suppress(SandboxError, Failure):  # then the next one is another
                waiting = self.worker(NOTHING)
                waiting.prepare(questions)
                self._waiting = waiting

    def left(self, reap: Callable[[], None]) -> None:
        """A worker was killed: collect it before the next one is started, by calling this."""
        self._left.append(reap)

    def _reap(self) -> None:
        while self._left:
            self._left.pop()()

    def close(self) -> None:
        """End the zygote and all of its workers; remove what they left on disk."""
        for worker in filter(None, (self._waiting, self._begun)):
            worker.close(reap=False)
        self._waiting = self._begun = None
        self._left.clear()
        if self._ordered:
            self._ordered.cancel()
            self._ordered = None
        self._capped()
        self._process.hang_up()
        with contextlib.ExitStack() as now:
            waiting = self.zygotes.closing if self.zygotes else now
            if self.cgroup:
                waiting.callback(self.cgroup.remove)
            waiting.callback(self._process.end)
        self.cgroup = None

    def restart(self) -> None:
        """A new zygote: after something that this one might remember."""
        program = self._process.bubblewrap
        self.close()
        self._start(program)

    def _wait_ready(self) -> None:
        """Wait for the zygote; without bubblewrap if that does not work here."""
        if self._ready:
            return
        self._capped()
        if not self._process.ready():
            text = self.errors()
            if not self._process.bubblewrap:
                raise SandboxError(f"the worker process did not start: {text}")
            self.problems.append(f"bubblewrap does not work here: {text.strip()[-300:]}")
            self.close()
            self._start(None)
            self._wait_ready()
        self._ready = True

    def errors(self) -> str:
        """What was said on stderr where workers are started, for our own error messages."""
        return self._process.errors()

    # ------------------------------------------------------------ workers

    def _order(self) -> PendingWorker:
        """Ask for a worker."""
        scratch = os.path.join(self._process.scratch_root, f"submission-{os.urandom(6).hex()}")
        return self._process.order(self._config(scratch))

    def _config(self, scratch: str) -> dict[str, Any]:
        return {
            "scratch": scratch,
            "memory_bytes": None if self.gpu else self.limits.memory_mib << 20,
            "descriptors": 512 if self.gpu else 64,
            "scratch_bytes": self.limits.scratch_mib << 20,
            "cpu_seconds": int(self.limits.total_seconds) + 1,
            "forbidden_file": str(ROOT / "grader" / "__init__.py"),
            "forbidden_folder": self._forbidden_folder(),
        }

    def _forbidden_folder(self) -> str:
        """A folder that is writable out here, so that being unable to write there proves something."""
        return str(Path.home()) if self._process.bubblewrap else tempfile.gettempdir()
