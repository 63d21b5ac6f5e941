"""Work on what a student wrote, in a short-lived child: a source can be made to crash or exhaust whatever reads it.

The child is a fork with little memory and time. Where nothing can be forked it is an interpreter of its own, with the
time on the wall for a limit, and that of memory where the system has one.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, Any

from ..root import ROOT

Job = Callable[[], Any]  # returns what JSON can hold; a partial of a module's function
Answers = tuple[list[bytes], float]  # one line of JSON for each job until the child failed; the seconds until then
SECONDS = 5  # of processor time for one job
ALL_SECONDS = 20.0  # of processor time for all jobs
PATIENCE = 300.0  # seconds of wall-clock time for the same: the machine may be busy
MEMORY = 512 << 20
MAX_ANSWER = 64 << 20
_killed: list[int] = []  # children that are waited for later: a process takes its time to end
BOOT = "import sys; sys.path[:0] = sys.argv[1:]; from grader.submission.child import spawned; spawned()"


def in_child(job: Job) -> Any:
    """What a function returns (as JSON can hold it), from a child with little memory and time; None if it fails."""
    found, _ = answers([job], time.monotonic() + PATIENCE, ALL_SECONDS)
    return json.loads(found[0]) if found else None


def answers(jobs: Sequence[Job], deadline: float, most: float, meanwhile: Callable[[], object] = int) -> Answers:
    """Do the jobs in a child, in at most `most` seconds; `meanwhile` is called while it works."""
    return (_forked if hasattr(os, "fork") and sys.platform == "linux" else _spawned)(jobs, deadline, most, meanwhile)


# ---------------------------------------------------------------- a fork


def _forked(jobs: Sequence[Job], deadline: float, most: float, meanwhile: Callable[[], object]) -> Answers:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _work(jobs, write_end, most)
    os.close(write_end)
    with suppress(IndexError, ChildProcessError):  # there is none, or it was another process's
        while True:
            os.waitpid(_killed.pop(), 0)
    found, seconds = list[bytes](), 0.0
    try:
        meanwhile()
        found = _collect(read_end, len(jobs), deadline).split(b"\n")[:-1]
    finally:
        os.close(read_end)
        os.kill(child, 9)
        if len(found) == len(jobs):
            _killed.append(child)
        else:
            _, _, usage = os.wait4(child, 0)
            seconds = usage.ru_utime + usage.ru_stime
    return found, seconds


def _collect(fd: int, lines: int, deadline: float) -> bytes:
    """So many lines, or fewer where it has ended."""
    import select

    data = bytearray()
    while lines > 0 and len(data) <= MAX_ANSWER and (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([fd], [], [], left)
        chunk = os.read(fd, 1 << 16) if ready else b""
        if not chunk:
            break
        data += chunk
        lines -= chunk.count(b"\n")
    return bytes(data)


# ---------------------------------------------------------------- an interpreter of its own


def _spawned(jobs: Sequence[Job], deadline: float, most: float, meanwhile: Callable[[], object]) -> Answers:
    """Jobs and answers are in files, so that nobody waits for a pipe."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(pickle.dumps((list(jobs), most)))
        given.seek(0)
        started = time.monotonic()
        process = subprocess.Popen([sys.executable, *_options()], stdin=given, stdout=taken, stderr=subprocess.DEVNULL)
        try:
            meanwhile()
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, min(deadline, started + most) - time.monotonic()))
        finally:
            process.kill()
            process.wait()
        return _read(taken).split(b"\n")[:-1], time.monotonic() - started


def _options() -> list[str]:
    return ["-E", "-s", "-B", "-X", "utf8", "-c", BOOT, str(ROOT)]


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(MAX_ANSWER)


def spawned() -> None:
    """In there: the jobs come on standard input; they are ours, made by the process that started this one."""
    jobs, most = pickle.load(sys.stdin.buffer)
    _work(jobs, 1, most)


# ---------------------------------------------------------------- in the child


def _work(jobs: Sequence[Job], out: int, most: float) -> None:
    gc.disable()  # parsing makes many small objects, and the process ends soon
    try:
        _limit("AS", _mapped() + MEMORY)
        for line in _lines(jobs, most):
            view = memoryview(line)
            while view:
                view = view[os.write(out, view) :]
    finally:
        os._exit(0)


def _lines(jobs: Sequence[Job], most: float) -> Iterator[bytes]:
    for job in jobs:
        _limit("CPU", min(int(time.process_time()) + SECONDS, int(most) + 1))
        yield json.dumps(job()).encode() + b"\n"


def _limit(which: str, value: int) -> None:
    """Set the soft limit, where there is one; the hard limit stays."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        number = getattr(resource, f"RLIMIT_{which}")
        _, most = resource.getrlimit(number)
        resource.setrlimit(number, (value if most == resource.RLIM_INFINITY else min(value, most), most))


def _mapped() -> int:
    """Bytes of address space that are taken; where the system does not tell, plenty."""
    with suppress(OSError), open("/proc/self/statm") as f:
        return int(f.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 1 << 40
