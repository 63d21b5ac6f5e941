"""A class at a time beside the bare floor: python benchmarks/batch.py [--count 500] [--jobs 2] [--cluster] [--mixed].

Submissions to `conv` are right and wrong files of the bank, each in its own bytes. The floor is what grading cannot do
without: processes with NumPy that fork a worker for each submission, which loads the file and makes the very calls that
the checks make; no sandbox, no reference, no comparison, no gradebook. It runs the bank's files only.

With `--mixed`, a tenth more are hostile files of the red team. They are no Python as they lie there and are made so for
the sandbox alone: the batch refuses to run them behind less than the layer `contained`.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.checks.backend import LocalBackend
from grader.checks.diagnose import scopes
from grader.exercise import EXERCISES, Check, load_exercise
from grader.gradebook import Gradebook
from grader.judge.run import run_checks
from grader.root import ROOT
from grader.sandbox.inside.interpreter import Interpreter

CONV = EXERCISES / "conv"
ATTACKS = ROOT / "tests" / "redteam" / "attacks"
HOSTILE = ("forging", "lying", "peeking", "poisoning")  # none that only waits for a limit, none that reaches out
ARMED = 'assert __import__("os").path.basename(__import__("os").getcwd()).startswith("submission-"), "not in a worker"'
COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "batch"]
OPTIONS = ["--exercise", "conv", "--seed", "1", "--no-timing"]
EVERY = 2.5  # seconds between two looks at the memory, which take some 30 ms


# ---------------------------------------------------------------- the class


def bank() -> list[Path]:
    """All right and wrong files, in turn."""
    right, wrong = (sorted((CONV / kind).glob("*.py")) for kind in ("right", "wrong"))
    pairs = [file for i, w in enumerate(wrong) for file in (right[i % len(right)], w)]
    return pairs


def hostile() -> list[str]:
    """Armed sources of attacks on `conv` that need no target."""
    texts = [path.read_text() for kind in HOSTILE for path in sorted((ATTACKS / kind).glob("*.py"))]
    armed = [text.replace("@ARMED@", ARMED) for text in texts if "@ARMED@" in text]
    return [
        text
        for text in armed
        if not any(mark in text for mark in ("@CANARY@", "@VICTIM@", "@PID@", "@ROOT@", "@HOME@"))
    ]


def write_class(folder: Path, count: int, mixed: bool) -> list[Path]:
    """The submissions; returns those that the floor runs too."""
    folder.mkdir()
    files = bank()
    ours = [folder / f"s{i:04}.py" for i in range(count)]
    for i, path in enumerate(ours):
        path.write_bytes(files[i % len(files)].read_bytes() + f"\n# {i}\n".encode())
    if mixed:
        write_hostile(folder, hostile(), count // 10)
    return ours


def write_hostile(folder: Path, sources: list[str], count: int) -> None:
    """So many attacks, each in bytes of its own."""
    for i in range(count):
        (folder / f"h{i:04}.py").write_text(sources[i % len(sources)] + f"\n# {i}\n")


# ---------------------------------------------------------------- the floor


class Recorder(LocalBackend):
    """Answers in process and notes the calls."""

    def __init__(self, interpreter: Interpreter, ops: list[dict]):
        super().__init__(interpreter)
        self.ops = ops

    def answer(self, op: dict) -> object:
        """Note the operation, then answer."""
        self.ops.append(op)
        return super().answer(op)


def recorded() -> list[dict]:
    """All operations of the checks."""
    exercise, ops = load_exercise("conv"), []

    def backend(_check: Check) -> Recorder:
        return Recorder(Interpreter(scopes(exercise, exercise.reference_file)), ops)

    run_checks(exercise, list(exercise.checks), backend, seed=1)
    return ops


def floor(files: list[Path], ops: list[dict], jobs: int) -> float:
    """Seconds for all files."""
    started = time.perf_counter()
    parents = [_forked(lambda mine=files[i::jobs]: _parent(mine, ops)) for i in range(jobs)]
    for pid in parents:
        os.waitpid(pid, 0)
    return time.perf_counter() - started


def _parent(files: list[Path], ops: list[dict]) -> None:
    for path in files:
        os.waitpid(_forked(lambda path=path: _worker(path, ops)), 0)


def _worker(path: Path, ops: list[dict]) -> None:
    spec = importlib.util.spec_from_file_location("student", path)
    student = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(student)
    interpreter = Interpreter({"submission": student})
    for op in ops:
        with contextlib.suppress(Exception):
            interpreter.execute(op)


def _forked(job: Callable[[], None]) -> int:
    if pid := os.fork():
        return pid
    with contextlib.suppress(BaseException), contextlib.redirect_stdout(io.StringIO()):
        job()
    os._exit(0)


# ---------------------------------------------------------------- the command, and its memory


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):  # it has ended meanwhile
            for thread in os.listdir(f"/proc/{one}/task"):
                found += map(int, Path(f"/proc/{one}/task/{thread}/children").read_text().split())
    return found


def mebibytes(pid: int) -> float:
    """Memory of a process's family, shared pages counted once (PSS)."""
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError, IndexError, ValueError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def graded(folder: Path, book: Path, *options: str) -> tuple[float, list[float]]:
    """Seconds for the whole command, and the memory while it ran."""
    started = time.perf_counter()
    command = [*COMMAND, str(folder), *OPTIONS, "--gradebook", str(book), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    memory: list[float] = []
    ended = threading.Event()
    watching = threading.Thread(target=_watch, args=(process.pid, memory, ended))
    watching.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    ended.set()
    watching.join()
    assert code == 0, f"grade batch ended with {code}"
    return seconds, memory


def _watch(pid: int, memory: list[float], ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        memory.append(mebibytes(pid))


@contextlib.contextmanager
def cluster(jobs: int) -> Iterator[str]:
    """A Dask scheduler and its workers, each a program of its own."""
    address = "tcp://127.0.0.1:18786"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    start = [sys.executable, "-m"]
    options = ["--host", "127.0.0.1", "--port", "18786", "--no-dashboard"]
    made = [subprocess.Popen([*start, "distributed.cli.dask_scheduler", *options], **quiet)]
    worker = [*start, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    made += [subprocess.Popen(worker, **quiet) for _ in range(jobs)]
    try:
        time.sleep(5)
        yield address
    finally:
        for process in made:
            process.kill()
            process.wait()


def snapshot(book: Path) -> list[tuple[str, ...]]:
    """What the gradebook holds."""
    with Gradebook.open(book, create=False) as opened:
        return opened.snapshot()


# ---------------------------------------------------------------- figures


def report(title: str, count: int, seconds: float, bare: float, share: float) -> None:
    """One line; `share` is the part of the count that the floor ran too."""
    ratio = seconds / bare * share
    print(
        f"{title:<28} {count:5} in {seconds:6.1f} s   {count / seconds:6.1f} a second   {ratio:5.2f} × floor",
        flush=True,
    )


def print_memory(memory: list[float]) -> None:
    """What was used at three moments of a run."""
    moments = [memory[len(memory) * part // 10] for part in (2, 5, 9)] if memory else []
    print("memory, MiB, at 20, 50 and 90 %: " + ", ".join(f"{m:.0f}" for m in moments))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cluster", action="store_true", help="also through a Dask scheduler")
    parser.add_argument("--mixed", action="store_true", help="also with hostile files, behind `contained`")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), asked)


def measure(folder: Path, asked: argparse.Namespace) -> None:
    """Floor, batch, Dask, mixed."""
    files = write_class(folder / "class", asked.count, False)
    ops, jobs = recorded(), ["--jobs", str(asked.jobs)]
    floor(files[: 4 * asked.jobs], ops, asked.jobs)
    before = floor(files, ops, asked.jobs)
    seconds, memory = graded(folder / "class", folder / "here.sqlite", *jobs)
    bare = (before + floor(files, ops, asked.jobs)) / 2
    print(f"{'floor, before and after':<28} {asked.count:5} in {bare:6.1f} s   {asked.count / bare:6.1f} a second")
    report("grade batch", asked.count, seconds, bare, 1.0)
    silent, _ = graded(folder / "class", folder / "silent.sqlite", "--no-explain", *jobs)
    report("grade batch --no-explain", asked.count, silent, bare, 1.0)
    print(f"explaining what half of them get wrong: {seconds / silent:.2f} times as long")
    print_memory(memory)
    if asked.cluster:
        with cluster(asked.jobs) as address:
            seconds, _ = graded(folder / "class", folder / "cluster.sqlite", "--cluster", address)
        report("through Dask", asked.count, seconds, bare, 1.0)
        print(f"same gradebook: {snapshot(folder / 'here.sqlite') == snapshot(folder / 'cluster.sqlite')}")
    if asked.mixed:
        write_class(folder / "mixed", asked.count, True)
        count = len(list((folder / "mixed").glob("*.py")))
        seconds, _ = graded(folder / "mixed", folder / "m.sqlite", "--require-isolation", "contained", *jobs)
        report("with hostile files", count, seconds, bare, asked.count / count)


if __name__ == "__main__":
    main()
