"""The whole story of one submission: from files to a result record.

    load (submission/load.py, nothing run)  →  find the exercise by the names it defines
    →  start a sandbox and fork a worker (session.py, sandbox/launch.py, sandbox/remote.py)
    →  run the exercise's pytest checks here; each call crosses the wire (plugin.py, checks/subject.py)
    →  compare (checks/compare.py), name what does not agree (naming.py, checks/diagnose.py)
    →  ask on where something is wrong (explaining.py, explain/search.py), group by cause (causes.py)
    →  one Result (model/result.py), which report/ shows.

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

from ..checks.bans import banned_call
from ..clean import clean
from ..exercise import Check, Exercise
from ..model import CheckResult, Finding, Result
from ..model.findings import Banned, NotDefined, NotReadable, Reason, not_timed
from ..sandbox.launch import Sandbox, Zygotes
from ..sandbox.order import SandboxError
from ..startup import later, loaded
from ..submission.load import Submission
from ..timing.presence import no_gpu
from .causes import causes, done
from .means import Explaining
from .near import with_near
from .results import fault, lost, not_run
from .session import MAX_OUTPUT, Session

if TYPE_CHECKING:
    from ..explain.lines import LineSearch

# One thread each, for the grader as for the worker: small arrays, and no waiting for each other on a shared machine.
for _library in ("OMP", "MKL", "OPENBLAS"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
# torch's optimisers import its compiler, which makes a folder for what it never compiles here, if there is none.
os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", tempfile.gettempdir())


def grade(
    submission: Submission,
    exercise: Exercise,
    *,
    seed: int | None = None,
    require: str = "process",
    sandbox: Sandbox | None = None,
    timing: bool = True,
    explained: bool = False,
    line_seconds: float = 0,
    device: str = "auto",
    pictures: bool = False,
    zygotes: Zygotes | None = None,
) -> Result:
    """Grade one submission to one exercise.

    `seed` replays the inputs of an earlier run; `require` is the lowest isolation layer to grade behind (raises
    IsolationError below it); `sandbox` is one that is already warm, for many submissions to the same exercise.
    Without `timing`, nothing is timed; with `explained`, more is asked of what was failed, and the wrong lines are
    looked for in so many `line_seconds`; `device` is `auto`, or `cpu` to leave a GPU alone.
    `pictures` times other ways to do it too, for a report that shows them. `zygotes` are for a sandbox of its own.
    """
    started = time.perf_counter()
    seed = int.from_bytes(os.urandom(4), "little") if seed is None else seed
    if submission.problem:
        return _unreadable(submission, exercise, seed)
    with contextlib.nullcontext(sandbox) if sandbox else Sandbox.of(exercise, zygotes) as box:
        session = Session(box, submission, exercise, pictures)
        results = _run(session, seed, require, lambda check: _why_not(check, timing, device), explained, line_seconds)
        session.close(for_good=sandbox is None)
    checks = with_near([results.get(c.name) or fault(c) for c in exercise.checks], submission.facts, exercise)
    return _record(session, seed, checks, started)


def _run(
    session: Session,
    seed: int,
    require: str,
    why_not: Callable[[Check], Finding | None],
    explained: bool,
    line_seconds: float,
) -> dict[str, CheckResult]:
    """All checks' results: those that cannot be run without running them, the others by pytest."""
    later("importlib.metadata")  # with which pytest would look for plugins: a tenth of what importing it takes
    from .run import run_checks  # pytest and NumPy: imported while the zygote starts

    checks = session.exercise.checks
    try:
        session.open(require)
        done = {c.name: not_run(c, why) for c in checks if (why := why_not(c))}
        done |= {c.name: r for c in checks if (r := _lost_without_running(session, c))}
        loaded()
        to_run = [c for c in checks if c.name not in done]
        if to_run:
            lines = _lines(session, line_seconds) if line_seconds else None
            how = Explaining(session.renew, lines) if explained else None
            done |= run_checks(session.exercise, to_run, session.backend, seed, session.timed, explaining=how)
        broken = session.bans_broken()
        return {c.name: lost(c, broken) for c in checks} if broken else done
    except SandboxError:
        return {c.name: fault(c, traceback.format_exc()) for c in checks}


def _lines(session: Session, seconds: float) -> LineSearch:
    """What looks for wrong lines in the file that defines what is graded, or in all cells."""
    from ..explain.lines import LineSearch

    files, main = session.submission.files, session.submission.main
    own = {name: data for name, data in files.items() if name == main or name.startswith(f"{main}/")}
    return LineSearch(own, session.edited, seconds)


def _why_not(check: Check, timing: bool, device: str) -> Finding | None:
    """Why a check is not to be run, which costs nothing; or None."""
    if check.kind != "correctness" and not timing:
        return not_timed(Reason.NO_TIMING)
    if check.device != "cuda":
        return None
    reason = Reason.CPU_ONLY if device == "cpu" else no_gpu()
    return not_timed(reason) if reason else None


def _lost_without_running(session: Session, check: Check) -> CheckResult | None:
    """A check that is lost before it runs: the file does not load, a name is missing, a call is not allowed."""
    if session.unloaded is not None:
        return lost(check, session.unloaded)
    if hit := banned_call(session.exercise, check, session.submission.facts):
        return lost(check, Banned(name=hit.name, line=hit.line))
    if missing := tuple(n for n in check.needs if n not in session.defined):
        return lost(check, NotDefined(names=missing))
    return None


def _record(session: Session, seed: int, checks: list[CheckResult], started: float) -> Result:
    """What the report shows: the checks, what was lost by cause, and what the session noted."""
    submission, exercise = session.submission, session.exercise
    return Result(
        exercise=exercise.slug,
        title=exercise.title,
        file=submission.path,
        seed=seed,
        isolation=session.layer,
        checks=checks,
        unloaded=session.unloaded,
        causes=causes(exercise.checks, checks, submission.facts.endings),
        done=done(exercise.checks, checks),
        notes=[clean(note) for note in (*submission.notes, *session.notes)],
        stdout=clean(session.output, MAX_OUTPUT),
        seconds=time.perf_counter() - started,
        main=submission.main,
        left_out=session.left_out,
    )


def _unreadable(submission: Submission, exercise: Exercise, seed: int) -> Result:
    """A file that does not parse: every check is lost, and the reason is shown once."""
    problem = NotReadable(text=submission.problem)
    checks = [lost(c, problem) for c in exercise.checks]
    why = causes(exercise.checks, checks, {})
    return Result(exercise.slug, exercise.title, submission.path, seed, "not run", checks, problem, why)
