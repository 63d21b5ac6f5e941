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
import math
import os
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from ..checks.bans import banned_call
from ..clean import clean
from ..exercise import Check, Exercise
from ..model import CheckResult, Finding, Result
from ..model.findings import Banned, NotReadable
from ..model.untimed import Reason, not_timed
from ..report.reading import repeated, strange
from ..sandbox.launch import Sandbox
from ..sandbox.order import SandboxError
from ..sandbox.zygotes import Zygotes
from ..startup import later, loaded
from ..submission.load import Submission
from ..timing.presence import no_gpu
from .causes import causes, done
from .means import Decided, Explaining, Interrupted
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
    explain_share: float = math.inf,
    device: str = "auto",
    pictures: bool = False,
    zygotes: Zygotes | None = None,
    decided: Decided | None = None,
) -> Result:
    """Grade one submission to one exercise.

    `seed` replays the inputs of an earlier run; `require` is the lowest isolation layer to grade behind (raises
    IsolationError below it); `sandbox` is one that is already warm, `zygotes` are for one of its own. Without `timing`,
    nothing is timed; with `explained`, more is asked of what was failed, for an `explain_share` of the processor time
    of grading at most, and wrong lines are looked for in so many `line_seconds`. `device`: `auto`, or `cpu`. `pictures`
    times other ways to do it too; `decided` is told of each result. Raises Interrupted, with what is known, on Ctrl-C.
    """
    started = time.perf_counter()
    seed = int.from_bytes(os.urandom(4), "little") if seed is None else seed
    if submission.problem:
        return _unreadable(submission, exercise, seed)
    with contextlib.nullcontext(sandbox) if sandbox else Sandbox.of(exercise, zygotes) as box:
        session = Session(box, submission, exercise, pictures)
        why_not = partial(_why_not, timing=timing, device=device)
        run = Run(session, seed, require, why_not, explained, line_seconds, explain_share, decided)
        try:
            results = run.results()
        except KeyboardInterrupt:
            left = {c.name: not_run(c, not_timed(Reason.INTERRUPTED)) for c in exercise.checks}
            raise Interrupted(_record(session, seed, left | run.known, started)) from None
        finally:
            session.close()
    return _record(session, seed, {c.name: fault(c) for c in exercise.checks} | results, started)


@dataclass
class Run:
    """All checks of one submission; `known` are the results that were decided so far."""

    session: Session
    seed: int
    require: str
    why_not: Callable[[Check], Finding | None]
    explained: bool
    line_seconds: float
    explain_share: float
    decided: Decided | None
    known: dict[str, CheckResult] = field(default_factory=dict)

    def results(self) -> dict[str, CheckResult]:
        """Those that cannot be run without running them, the others by pytest."""
        later("importlib.metadata")  # with which pytest would look for plugins: a tenth of what importing it takes
        from .run import collect, run_checks  # pytest and NumPy: imported while the zygote starts

        session, checks = self.session, self.session.exercise.checks
        try:
            collect(session.exercise)
            session.open(self.require)
            for check in checks:
                self._not_asked(check)
            loaded()
            to_run = [c for c in checks if c.name not in self.known]
            if to_run:
                lines = _lines(session, self.line_seconds) if self.line_seconds else None
                how = Explaining(session.renew, lines, self.explain_share) if self.explained else None
                asked = run_checks(
                    session.exercise,
                    to_run,
                    session.backend,
                    self.seed,
                    session.timed,
                    explaining=how,
                    decided=self.note,
                )
                self.known |= asked
            broken = session.bans_broken()
            return {c.name: lost(c, broken) for c in checks} if broken else self.known
        except SandboxError:
            return {c.name: fault(c, traceback.format_exc()) for c in checks}

    def _not_asked(self, check: Check) -> None:
        if result := _lost_without_running(self.session, check):
            self.note(result)
        elif why := self.why_not(check):
            self.note(not_run(check, why))

    def note(self, result: CheckResult) -> None:
        """One more is decided."""
        self.known[result.name] = result
        if self.decided is not None:
            self.decided(result)


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
        return lost(check, session.not_defined(missing))
    return None


def _record(session: Session, seed: int, results: dict[str, CheckResult], started: float) -> Result:
    """What the report shows: the checks, what was lost by cause, and what the session noted."""
    submission, exercise = session.submission, session.exercise
    checks, facts = with_near([results[c.name] for c in exercise.checks], submission.facts, exercise), submission.facts
    lost_some = causes(exercise.checks, checks, facts.endings)
    read = [*strange(facts.strays, facts.odd), *(repeated(facts.twice, exercise.names) if lost_some else ())]
    return Result(
        exercise=exercise.slug,
        title=exercise.title,
        file=submission.path,
        seed=seed,
        isolation=session.layer,
        checks=checks,
        unloaded=session.unloaded,
        causes=lost_some,
        done=done(exercise.checks, checks),
        notes=[clean(note) for note in (*read, *submission.notes, *session.notes)],
        stdout=clean(session.output, MAX_OUTPUT),
        seconds=time.perf_counter() - started,
        main=submission.main,
        left_out=tuple((x.place.line, x.column) for x in session.left_out if x.place.file.startswith(submission.main)),
    )


def _unreadable(submission: Submission, exercise: Exercise, seed: int) -> Result:
    """A file that does not parse: every check is lost, and the reason is shown once."""
    problem = NotReadable(text=submission.problem)
    checks = [lost(c, problem) for c in exercise.checks]
    why = causes(exercise.checks, checks, {})
    return Result(exercise.slug, exercise.title, submission.path, seed, "not run", checks, problem, why)
