"""Workers as SLURM jobs: submitted, watched, replaced when they end, and cancelled with the batch."""

from __future__ import annotations

import itertools
import os
import subprocess
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import GraderError
from .executor import FarmError
from .vigil import say

JOB_OPTIONS = {  # of the [slurm] table, and the types that dask-jobqueue takes
    "queue": str,
    "account": str,
    "cores": int,
    "processes": int,
    "memory": str,
    "walltime": str,
    "interface": str,
    "local_directory": str,
    "log_directory": str,
    "python": str,
    "shebang": str,
    "job_extra_directives": list,
    "job_script_prologue": list,
    "worker_extra_args": list,
}
CLUSTER_OPTIONS = {"scheduler_options": dict}
OWN_OPTIONS = {"jobs": int}
KNOWN = JOB_OPTIONS | CLUSTER_OPTIONS | OWN_OPTIONS
PAUSE = 5.0  # seconds between two questions to the queue
SECONDS = 30.0  # for one of SLURM's programs
BARREN = 3  # times all jobs end before a worker of theirs is ready: the next ones would, too
OVER = {"BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED"}
OVER |= {"REVOKED", "TIMEOUT"}


class ClusterError(GraderError):
    """The cluster that was asked for cannot be used. The message says why."""


def read_slurm(path: Path) -> dict[str, Any]:
    """The `[slurm]` table of a file. Raises ClusterError for a file or an option that cannot be used."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        text = f"{path}: {error.strerror}. --cluster takes tcp://HOST:PORT, `local`, or a .toml file"
        raise ClusterError(text) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ClusterError(f"{path}: {error}") from error
    options = data.get("slurm")
    if not isinstance(options, dict):
        raise ClusterError(f"{path}: it has no table [slurm]")
    for name, value in options.items():
        _check_option(path, name, value)
    if missing := {"cores", "memory"} - options.keys():
        raise ClusterError(f"{path}: [slurm] needs {' and '.join(sorted(missing))}")
    return options


def _check_option(path: Path, name: str, value: object) -> None:
    kind = KNOWN.get(name)
    if kind is None:
        raise ClusterError(f"{path}: [slurm] knows no '{name}'; it knows {', '.join(KNOWN)}")
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ClusterError(f"{path}: '{name}' has to be of type {kind.__name__}")
    if name in ("jobs", "cores", "processes") and isinstance(value, int) and value < 1:
        raise ClusterError(f"{path}: '{name}' has to be at least 1")


@dataclass
class SlurmJobs:
    """`wanted` jobs in the queue, as long as it is open. `script` makes the text of one whose worker has this name."""

    script: Callable[[str], str]
    wanted: int
    name: str = field(default_factory=lambda: f"grade-{os.urandom(4).hex()}")
    _mine: list[str] = field(default_factory=list)  # ids
    _states: dict[str, tuple[str, str]] = field(default_factory=dict)  # id → state, reason
    _silent: str = ""  # what the queue said instead of an answer
    _barren: int = 0  # jobs that ended since a worker came
    _arrived: int = 0
    _next: float = 0.0

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    def __enter__(self) -> SlurmJobs:
        """Submit them. Raises ClusterError with the answer of `sbatch` where it refuses."""
        try:
            self._fill()
        except BaseException:
            self.cancel()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def look(self, arrived: int) -> None:
        """Replace what has ended; `arrived` workers have come so far. Raises FarmError if it is no use."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        self._barren, self._arrived = self._barren if arrived == self._arrived else 0, arrived
        if not self._ask():
            return
        for job in [job for job in self._mine if self._states.get(job, ("COMPLETED", ""))[0] in OVER]:
            self._over(job)
        try:
            self._fill()
        except ClusterError as error:
            self._silent = str(error)

    def _over(self, job: str) -> None:
        self._mine.remove(job)
        self._barren += 1
        if self._barren >= BARREN * self.wanted:
            state = ", ".join(part for part in self._states.get(job, ("gone",)) if part not in ("", "None"))
            text = f"{self._barren} jobs in a row ended before a worker of theirs was ready, the last one ({job}) so:"
            raise FarmError(f"{text} {state}. Its output says more: slurm-{job}.out, or the file in log_directory")

    def why(self, scheduler: str) -> str:
        """Why there are no workers, for people."""
        if self._silent:
            return f"no job has started: {self._silent}"
        now = Counter(self._states[job] for job in self._mine if job in self._states)
        listed = "; ".join(f"{n} {s.lower()}{f', {r}' if r not in ('', 'None') else ''}" for (s, r), n in now.items())
        if any(state == "RUNNING" for state, _ in now):
            return f"no worker is ready at {scheduler}: {listed}. Can the nodes reach this address? See `interface`"
        return f"no job has started: {listed or 'none in the queue'}"

    # ---------------------------------------------------------------- SLURM's programs

    def _fill(self) -> None:
        while len(self._mine) < self.wanted:
            script = self.script(f"{self.name}-{next(self._numbers)}")
            said = _call("sbatch", "--parsable", f"--job-name={self.name}", input=script)
            self._mine.append(said.strip().partition(";")[0])

    def _ask(self) -> bool:
        """Ask the queue for the jobs' states; whether it answered."""
        try:
            said = _call("squeue", "--noheader", f"--name={self.name}", "--states=all", "--format=%i|%T|%r")
        except ClusterError as error:
            self._silent = str(error)
            return False
        lines = [line.strip().split("|", 2) for line in said.splitlines() if line.count("|") >= 2]
        self._states = {job: (state, reason) for job, state, reason in lines}
        self._silent = ""
        return True

    def cancel(self) -> None:
        """Leave nothing in the queue."""
        try:
            _call("scancel", f"--name={self.name}")
        except ClusterError as error:
            if self._mine:
                say(f"jobs may be left in the queue (scancel --name={self.name}): {error}")


def _call(program: str, *arguments: str, input: str | None = None) -> str:
    """What one of SLURM's programs prints. Raises ClusterError with what it says instead.

    In a session of its own: Ctrl-C in a terminal does not reach it.
    """
    command = [program, *arguments]
    try:
        done = subprocess.run(
            command, input=input, capture_output=True, text=True, timeout=SECONDS, start_new_session=True
        )
    except OSError as error:
        text = f"{program} cannot be started ({error.strerror}): run this where jobs are submitted, on a login node"
        raise ClusterError(text) from error
    except subprocess.TimeoutExpired as error:
        raise ClusterError(f"{program} has not answered for {SECONDS:.0f} s: is SLURM's controller up?") from error
    if done.returncode:
        said = (line.removeprefix(f"{program}: ").removeprefix("error: ") for line in done.stderr.splitlines())
        raise ClusterError(f"{program}: {'; '.join(filter(None, said)) or f'exit code {done.returncode}'}")
    return done.stdout
