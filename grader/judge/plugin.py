"""The pytest plugin that runs an exercise's checks in the grader process.

It gives them the fixtures `submission`, `reference`, `draw` and `timing`, and turns what happened into one
`CheckResult` each. A check without a result has no points; only a finished comparison gives any.
"""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from ..checks import remembered
from ..checks.backend import Backend, LocalBackend
from ..checks.cases import Cases
from ..checks.diagnose import Variant, scopes
from ..checks.draw import Draw
from ..checks.log import Entry, Log
from ..checks.remembered import Remembered
from ..checks.subject import Stop, Subject
from ..exercise import Check, Exercise
from ..explain.budget import Budget
from ..model import CheckResult
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.inside.ops import Op
from ..sandbox.order import SandboxError
from .means import Decided, Explaining
from .naming import Naming
from .results import fault, passed, stumbled
from .running import RunningCheck
from .trial import Timed, Trial

if TYPE_CHECKING:
    from ..timing.fixture import Timing

RESULT_BYTES = 8 << 10  # that a result takes, with the windows of its finding: reckoned high
PAIR_SECONDS = {"numpy": 0.1, "torch": 0.4}  # of processor time, for two mistakes at once
FRESH_SEEDS = 1 << 40  # beyond those that a run has: for inputs that confirm a name


class CheckPlugin:
    """An exercise's checks, collected once; then run for one submission after the other: fixtures in, results out."""

    def __init__(self, exercise: Exercise):
        self.exercise, self.items = exercise, list[pytest.Item]()
        self._running = RunningCheck()
        self._unjudged: tuple[pytest.Item, RunningCheck] | None = None  # the check that was answered last
        self._asked: Backend | None = None
        self.scopes = scopes(exercise, exercise.reference_file)
        self._forget()

    def run(
        self,
        exercise: Exercise,
        checks: list[Check],
        backend: Callable[[Check], Backend],
        seed: int,
        timed: Timed | None,
        named: bool,
        explaining: Explaining | None,
        decided: Decided | None,
    ) -> dict[str, CheckResult]:
        """Run these checks, by the hooks that pytest's own loop calls for each; results by name."""
        self.exercise = exercise
        self.checks = {c.name: c for c in checks}
        chosen = [item for item in self.items if _name(item) in self.checks]
        self.now = done = Trial(backend, seed, timed, decided=decided)
        began = time.process_time()
        self._tried(done, chosen)
        held = {name: text for name, text in done.broken.items() if self._holds(name)}
        done.results |= {name: stumbled(self.checks[name], text) for name, text in held.items()}
        logs = {name: log for name, log in done.logs.items() if not passed(done.results[name])}
        told = {name: log for name, log in logs.items() if log.tells} if named else {}
        naming = Naming(exercise, self.checks, done.results, told, self._passes, self._again)
        results = done.results | naming.names()
        if explaining is not None and logs:
            from .explaining import Explainer  # and all that explains

            most = explaining.share * (time.process_time() - began)
            pair_seconds = min(PAIR_SECONDS[exercise.framework], most)
            results |= naming.pairs(Budget(pair_seconds, time.process_time).spent)
            spent = self._processor_time
            asker = Explainer(exercise, self.checks, self.scopes, seed, self._new_subject, spent, explaining, most)
            results |= asker.explained(_spaces(chosen), results, logs)
        self._forget()
        return results

    def asked(self, exercise: Exercise, check: Check, backend: Callable[[Check], Backend], seed: int) -> Log | None:
        """What one check asks, and what is answered; None where it does not come to be asked."""
        self.exercise, self.checks = exercise, {check.name: check}
        found = self._tried(Trial(backend, seed), [self._item(check.name)]).logs.get(check.name)
        self._forget()
        return found

    def _processor_time(self) -> float:
        """Seconds that this process and the last worker that was asked have used."""
        usage = getattr(self._asked, "usage", None)
        return time.process_time() + (usage.cpu if usage is not None else 0.0)

    def _tried(self, trial: Trial, chosen: list[pytest.Item]) -> Trial:
        before, self.now = self.now, trial
        for item in chosen:
            self._run_item(item)
        self._judge_last()
        self.now = before
        return trial

    def _run_item(self, item: pytest.Item) -> None:
        if not self._replayed(item):
            self._judge_last()
            other = next((i for i in self.items if i is not item), None)  # for which the file stays set up
            other = other if len(self.exercise.test_files) == 1 else None
            item.ihook.pytest_runtest_protocol(item=item, nextitem=other)

    def _passes(self, variant: Variant, name: str) -> bool:
        """Whether a misconception passes a check with this run's inputs."""
        item = self._item(name)
        known: list[bool] = remembered.shared(self._key(item) + str(variant).encode())
        if not known:
            trial = Trial(lambda _: LocalBackend(Interpreter(scopes(self.exercise, *variant))), self.now.seed)
            known.append(passed(self._tried(trial, [item]).results[name]))
        return known[0]

    def _again(self, name: str, number: int) -> Log | None:
        """What the submission answers to a check with fresh inputs; None where it does not come to be asked."""
        trial = Trial(self.now.backend, self.now.seed + FRESH_SEEDS + number)
        return self._tried(trial, [self._item(name)]).logs.get(name)

    def _item(self, name: str) -> pytest.Item:
        return next(item for item in self.items if _name(item) == name)

    def _holds(self, name: str) -> bool:
        """Whether a check comes to its end with the reference's answers."""
        return self._passes(Variant(self.exercise.reference_file), name)

    def known(self, seed: int) -> list[Op]:
        """What the checks ask of every submission with this seed, as far as that is remembered."""
        self.now = Trial(_nobody, seed)
        return [entry.op for item in self.items for entry in self._script(item) if entry.op is not None]

    def _key(self, item: pytest.Item) -> bytes:
        """Names a check with its inputs."""
        return f"{self.exercise.folder} {item.name} {self.now.seed}".encode()

    def _script(self, item: pytest.Item) -> list[Entry]:
        """What a check asks, remembered from the last submission with the same inputs."""
        return remembered.shared(self._key(item))

    def _replayed(self, item: pytest.Item) -> bool:
        """Ask what was asked before, without the check's own code; whether that is known.

        It is judged while the next check is answered, unless that depends on it.
        """
        if not (script := self._script(item)):
            return False
        check, now = self.checks[_name(item)], self._begin()
        try:
            subject = now.subject = self._new_subject(check)
            with contextlib.suppress(Stop):
                subject.replay(script, meanwhile=self._judge_last)
            self._unjudged, now.took = (item, now), now.seconds
            if subject.log.unanswered():
                self._judge_last()
        except Exception as error:
            self._judge_last()
            self._record(self._broken(check, error))
        return True

    def _judge_last(self) -> None:
        """Judge the check that was answered last, if that is still to be done."""
        if self._unjudged is None:
            return
        (item, last), self._unjudged = self._unjudged, None
        check, current, self._running = self.checks[_name(item)], self._running, last
        try:
            self._record(self._judged_once(item, check))
        except Exception as error:
            self._record(self._broken(check, error))
        finally:
            self._running = current

    def _judged_once(self, item: pytest.Item, check: Check) -> CheckResult:
        """The same answers to the same questions get the same verdict, whoever gave them."""
        key = remembered.digest(b"verdict " + self._key(item), self._running.log.answers)
        known: list[CheckResult] = remembered.shared(key)
        if not known:
            known.append(self._running.judged(check))
            remembered.counted(RESULT_BYTES)
        return replace(known[0], seconds=self._running.seconds)

    def _remember(self, item: pytest.Item) -> None:
        """Keep what this check asked for the next submission, if that did not depend on the answers."""
        if not remembered.keeping():
            return
        script = self._running.subject.script() if self._running.subject else []
        for line in script:
            remembered.grown([line.op.parts() if line.op else None, line.expected])
        self._script(item)[:] = script

    def _forget(self) -> None:
        """Nothing of a submission outlives its run."""
        self.now = Trial(_nobody, 0)
        self._unjudged = None
        self._begin()

    # ------------------------------------------------------------ fixtures

    @pytest.fixture
    def submission(self, request: pytest.FixtureRequest) -> Subject:
        """The submission and the reference as one."""
        self._running.subject = self._new_subject(self.checks[_name(request.node)])
        return self._running.subject

    @pytest.fixture
    def reference(self) -> ModuleType:
        """The reference solution alone."""
        return self.scopes["submission"]

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest) -> Draw:
        """Fresh inputs, the same for everyone with this seed."""
        return Draw(self.now.seed, f"{self.exercise.slug}/{_name(request.node)}")

    @pytest.fixture
    def timing(self) -> Timing:
        """Demands on time and memory; imported when the first check makes any."""
        from ..timing.fixture import Timing

        assert self.now.timed is not None, "this run has no sandbox to time anything in"
        self._running.timing = Timing(self.exercise, Interpreter(self.scopes), *self.now.timed())
        return self._running.timing

    def _new_subject(self, check: Check) -> Subject:
        reference = Remembered(self.scopes, str(self.exercise.reference_file))
        self._asked = self.now.backend(check)
        return Subject(reference, self._asked, framework=self.exercise.framework, haste=self.now.haste(check))

    # ------------------------------------------------------------ hooks

    def pytest_pycollect_makeitem(self, collector: pytest.Module, name: str, obj: object) -> pytest.Item | None:
        """A case space is a check too."""
        if not isinstance(obj, Cases):
            return None
        item: pytest.Item = pytest.Function.from_parent(collector, name=f"test_{obj.name}", callobj=obj.check)
        return item

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Keep what was collected; `run` runs it."""
        self.items = list(session.items)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Start the check's clock; forget the last check's subject."""
        self._begin()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Run the check, then judge what its log says."""
        with contextlib.suppress(Stop):
            yield
            if self._running.subject is not None:
                self._remember(item)
                self._running.subject.settle()
        self._record(self._running.judged(self.checks[_name(item)]))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """An exception in a check is a result too."""
        if call.excinfo is not None:
            self._record(self._broken(self.checks[_name(item)], call.excinfo.value))
        return (yield)

    def _begin(self) -> RunningCheck:
        """A new check: nothing asked, no time passed."""
        self._running = RunningCheck(self.exercise.overlay)
        return self._running

    # ------------------------------------------------------------ verdict

    def _record(self, result: CheckResult) -> None:
        self.now.results[result.name] = result
        if self.now.decided:
            self.now.decided(result)
        if self._running.subject is not None:
            self.now.logs[result.name] = self._running.log
            self.now.timeouts.update(self._running.log.unanswered())

    def _broken(self, check: Check, error: BaseException) -> CheckResult:
        """A check that raised: ours to answer for, unless it stumbled over an answer that it had to work with.

        Where it had none, `run` finds out whether it raises with the reference's answers, too.
        """
        entry = self._running.log.last_given if self._running.subject else None
        if entry is None or isinstance(error, SandboxError):
            if self._running.subject and not isinstance(error, SandboxError):
                self.now.broken[check.name] = f"{type(error).__name__}: {error}"
            return fault(check, "".join(traceback.format_exception(error)))
        return self._running.stumbled_over(entry, check)


def _name(item: pytest.Item) -> str:
    return item.name.removeprefix("test_")


def _spaces(items: list[pytest.Item]) -> dict[str, Cases]:
    """The case spaces among the checks."""
    found = {_name(item): getattr(getattr(item, "obj", None), "__self__", None) for item in items}
    return {name: space for name, space in found.items() if isinstance(space, Cases)}


def _nobody(_check: Check) -> Backend:
    raise SandboxError("no submission is being graded")
