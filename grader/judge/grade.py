"""The whole story of one submission: from files to a result record.

    load (submission.py, nothing run)  →  find the exercise by the names it defines
    →  start a sandbox and fork a worker (sandbox/launch.py, remote.py)
    →  run the exercise's pytest checks here; each call crosses the wire (plugin.py, subject.py)
    →  compare (compare.py), diagnose what does not agree (diagnose.py)
    →  one Result (model.py), which report/ shows.

The verdict starts at "no result": only a comparison made in this process gives points.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..checks.bans import banned_call, hidden_packages
from ..clean import clean
from ..exercise import Check, Exercise
from ..lazy import later, loaded
from ..model import CheckResult, Failure, Result, Verdict
from ..sandbox.launch import Sandbox
from ..sandbox.order import LAYERS, IsolationError, SandboxError, Submitted
from ..submission.load import Submission
from ..timing.presence import no_gpu

if TYPE_CHECKING:
    from ..sandbox.remote import Worker


# One thread each, for the grader as for the worker: small arrays, and no waiting for each other on a shared machine.
for _library in ("OMP", "MKL", "OPENBLAS"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
# torch's optimisers import its compiler, which makes a folder for what it never compiles here, if there is none.
os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", tempfile.gettempdir())


MAX_OUTPUT = 8192  # characters of what the submission printed


def grade(
    submission: Submission,
    exercise: Exercise,
    *,
    seed: int | None = None,
    require: str = "process",
    sandbox: Sandbox | None = None,
    timing: bool = True,
    device: str = "auto",
    pictures: bool = False,
) -> Result:
    """Grade one submission to one exercise.

    `seed` replays the inputs of an earlier run; `require` is the lowest isolation layer to grade behind (raises
    IsolationError below it); `sandbox` is one that is already warm, for many submissions to the same exercise.
    Without `timing`, nothing is timed; `device` is `auto`, or `cpu` to leave a GPU alone.
    `pictures` times other ways to do it too, for a report that shows them.
    """
    started = time.perf_counter()
    seed = int.from_bytes(os.urandom(4), "little") if seed is None else seed
    if submission.problem:
        return _unreadable(submission, exercise, seed)
    with contextlib.nullcontext(sandbox) if sandbox else _sandbox(submission, exercise) as box:
        session = Session(box, submission, exercise, pictures)
        results = _run(session, seed, require, lambda check: _why_not(check, timing, device))
        session.close(for_good=sandbox is None)
    return Result(
        exercise=exercise.slug,
        title=exercise.title,
        file=submission.path,
        seed=seed,
        isolation=session.layer,
        checks=[results.get(c.name) or _no_result(c) for c in exercise.checks],
        error=clean(session.load_error),
        notes=[clean(note) for note in (*submission.notes, *session.notes)],
        stdout=clean(session.output, MAX_OUTPUT),
        seconds=time.perf_counter() - started,
    )


def _sandbox(submission: Submission, exercise: Exercise) -> Sandbox:
    hidden = hidden_packages(exercise, submission.facts)
    return Sandbox(exercise.framework, exercise.limits, preload=exercise.preload, hidden=hidden)


def _run(session: Session, seed: int, require: str, why_not: Callable[[Check], str]) -> dict[str, CheckResult]:
    """All checks' results: those that cannot be run without running them, the others by pytest."""
    later("importlib.metadata")  # with which pytest would look for plugins: a tenth of what importing it takes
    from .plugin import internal_error, not_run, run_checks  # pytest and NumPy: imported while the zygote starts

    checks = session.exercise.checks
    try:
        session.open(require)
        done = {c.name: not_run(c, why) for c in checks if (why := why_not(c))}
        done |= {c.name: r for c in checks if (r := _lost_unrun(session, c))}
        loaded()
        to_run = [c for c in checks if c.name not in done]
        return done | (run_checks(session.exercise, to_run, session.backend, seed, session.timed) if to_run else {})
    except SandboxError:
        return {c.name: internal_error(c, traceback.format_exc()) for c in checks}


def _why_not(check: Check, timing: bool, device: str) -> str:
    """Why a check is not to be run, which costs nothing; or nothing."""
    if check.kind != "correctness" and not timing:
        return "Nothing is timed with --no-timing."
    if check.device == "cuda":
        return "Needs a GPU, which --device cpu leaves alone." if device == "cpu" else no_gpu()
    return ""


def _lost_unrun(session: Session, check: Check) -> CheckResult | None:
    """A check that is lost before it runs: the file does not load, a name is missing, a call is not allowed."""
    if session.load_failure:
        return _lost(check, session.load_failure.verdict, session.load_failure.message)
    if hit := banned_call(session.exercise, check, session.submission.facts):
        return _lost(
            check,
            Verdict.BANNED_CALL,
            f"line {hit.line} uses {hit.name}, which this exercise does not allow: it is what you are to write.",
        )
    if missing := [n for n in check.needs if n not in session.defined]:
        names = ", ".join(f"`{n}`" for n in missing)
        return _lost(check, Verdict.NOT_DEFINED, f"{names} is not defined in your file (or is not callable).")
    return None


def _lost(check: Check, verdict: Verdict, message: str) -> CheckResult:
    text = clean(message)
    return CheckResult(
        check.name, check.title, verdict, 0.0, check.points, text, kind=check.kind, max_bonus=check.bonus
    )


def _no_result(check: Check) -> CheckResult:
    return CheckResult(
        check.name, check.title, Verdict.INTERNAL_ERROR, 0.0, 0.0, "The check gave no result. Please report it."
    )


def _unreadable(submission: Submission, exercise: Exercise, seed: int) -> Result:
    """A file that does not parse: every check is lost, and the reason is shown once."""
    checks = [_lost(c, Verdict.RUNTIME_ERROR, submission.problem) for c in exercise.checks]
    problem = clean(submission.problem)
    return Result(exercise.slug, exercise.title, submission.path, seed, "not run", checks, problem)


class Session:
    """One submission's workers: a fresh one whenever the last was ended by a limit or a crash."""

    def __init__(self, sandbox: Sandbox, submission: Submission, exercise: Exercise, pictures: bool = False):
        self.pictures = pictures
        self.sandbox, self.submission, self.exercise = sandbox, submission, exercise
        self.defined: set[str] = set()
        self.load_failure: Failure | None = None
        self.layer = "not run"
        self.output = ""
        self.notes: list[str] = []
        self._worker: Worker | None = None
        self._waited = 0.0  # seconds, for workers that are gone
        self._stopped = False  # while others are timed

    @property
    def worker(self) -> Worker:
        """The worker of the moment."""
        assert self._worker is not None, "the session is not open"
        return self._worker

    @property
    def load_error(self) -> str:
        """Why the submission could not be loaded, or nothing."""
        return self.load_failure.message if self.load_failure else ""

    def open(self, require: str = "process") -> None:
        """Fork a worker and load the submission in it. Raises IsolationError and SandboxError."""
        self._worker = self.sandbox.worker(self._submitted())
        self.layer = self._worker.isolation.layer
        if LAYERS.index(self.layer) < LAYERS.index(require):
            self.close()
            problems = "; ".join(self._worker.isolation.problems) or "see `grade doctor`"
            raise IsolationError(f"isolation here is '{self.layer}', '{require}' is required: {problems}")
        self._load()

    def _submitted(self) -> Submitted:
        kit = self.exercise.folder / "kit.py"
        return Submitted(
            files=self.submission.files,
            main=self.submission.main,
            names=self.exercise.names,
            kit=kit.read_bytes() if kit.is_file() else None,
        )

    def _load(self) -> None:
        try:
            reply = self.worker.load()
        except Failure as failure:
            self.load_failure = Failure(failure.verdict, f"while loading the file: {failure.message}")
            return
        self.defined = {str(n) for n in reply["defined"]}
        if problem := _problem(reply.get("error")):
            if self.submission.main == "notebook" and self.defined:
                self.notes.append(f"a cell failed: {problem}")
            else:
                self.load_failure = Failure(Verdict.RUNTIME_ERROR, f"while loading the file: {problem}")

    def backend(self, _check: Check) -> Worker | Spent:
        """What answers for one check; when there is no worker to be had, something that answers with the reason."""
        try:
            return self._fresh_worker()
        except Failure as failure:
            return Spent(failure)

    def timed(self) -> tuple[Sandbox, Submitted, bool]:
        """What a timing check starts workers of its own with; this session's stands still until it is asked again."""
        from ..timing.lanes import stop

        stop(self.worker)
        self._stopped = True
        return self.sandbox, self._submitted(), self.pictures

    def _fresh_worker(self) -> Worker:
        """The same worker with its clocks at nothing and its objects dropped, or a new one after a death."""
        if self._stopped:
            from ..timing.lanes import go_on

            go_on(self.worker)
            self._stopped = False
        total = self.exercise.limits.total_seconds
        if self._waited + self.worker.watch.waited > total:
            raise Failure(Verdict.TIME_LIMIT, f"the {total:g} s for all checks are used up", fatal=True)
        if self.worker.dead or self.worker.busy:
            self.worker.close()
            self._collect()
            self._worker = self.sandbox.worker(self._submitted())
            self._worker.load()
        self.worker.begin()
        return self.worker

    def _collect(self) -> None:
        self._waited += self.worker.watch.waited
        self.output = (self.output + self.worker.output)[:MAX_OUTPUT]

    def close(self, for_good: bool = False) -> None:
        """End the worker; keep what it printed. Nobody needs to see it end if the sandbox is closed next."""
        if self._worker is not None:
            self._worker.close(reap=not for_good)
            self._collect()


class Spent:
    """A backend without time left."""

    def __init__(self, failure: Failure):
        self.failure = failure

    def ask(self, op: dict, *, more: bool = False) -> Callable[..., object]:
        """Always the failure."""
        raise self.failure


def _problem(error: object) -> str:
    """The worker's account of what went wrong while loading; only text."""
    return str(error.get("text", "it failed to load")) if isinstance(error, dict) else ""
