"""One submission's workers: started, watched, and replaced when one of them ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..exercise import Check, Exercise
from ..model import Failure, Finding, Verdict
from ..model.findings import LeftOut, LimitHit, NotDefined, Phase, Quantity
from ..report.left_out import notes
from ..sandbox.launch import Sandbox
from ..sandbox.loaded import LoadedFile, Stuck
from ..sandbox.order import IsolationError, Submitted, suffices
from ..submission.load import Submission

if TYPE_CHECKING:
    from ..sandbox.inside.ops import Op
    from ..sandbox.remote import Worker

MOST_STUCK = 3  # statements that cannot be ended while a file is loaded
MAX_OUTPUT = 8192  # characters of what the submission printed


class Session:
    """One submission's workers: a fresh one whenever the last was ended by a limit or a crash."""

    def __init__(self, sandbox: Sandbox, submission: Submission, exercise: Exercise, pictures: bool = False):
        self.pictures = pictures
        self.sandbox, self.submission, self.exercise = sandbox, submission, exercise
        self.defined: set[str] = set()
        self.unloaded: Finding | None = None  # why the file could not be loaded
        self.layer = "not run"
        self.output = ""
        self.notes: list[str] = []
        self.left_out: tuple[LeftOut, ...] = ()  # statements, while the file was loaded
        self._skipped: dict[tuple[str, int, int], LeftOut] = {}  # of these, those that are not tried again
        self._followed = False  # the worker tells which statement it runs, since one has ended it
        self._worker: Worker | None = None
        self._broken: Finding | None = None  # what was not allowed and is no longer out of reach
        self._waited = 0.0  # seconds, for workers that are gone

    @property
    def worker(self) -> Worker:
        """The worker of the moment."""
        assert self._worker is not None, "the session is not open"
        return self._worker

    def open(self, require: str = "process") -> None:
        """Fork a worker and load the submission in it. Raises IsolationError and SandboxError."""
        self._worker = self.sandbox.worker(self._submitted())
        self.layer = self._worker.isolation.layer
        if not suffices(self.layer, require):
            problems = "; ".join(self._worker.isolation.problems) or "see `grade doctor`"
            self.close()
            raise IsolationError(f"isolation here is '{self.layer}', '{require}' is required: {problems}")
        self._load()

    def _submitted(self) -> Submitted:
        kit = self.exercise.folder / "kit.py"
        return Submitted(
            files=self.submission.data | self.submission.files,
            main=self.submission.main,
            names=self.exercise.names,
            kit=kit.read_bytes() if kit.is_file() else None,
            skipped=tuple(self._skipped),
            followed=self._followed,
        )

    def _load(self) -> None:
        try:
            loaded = self._loaded()
        except Failure as failure:
            self.unloaded = failure.finding.during(Phase.LOADING)
            return
        self.defined = set(loaded.defined)
        self.left_out = tuple(map(self._with_reason, loaded.left_out))
        self._skipped |= {left_out.key: left_out for left_out in self.left_out if left_out.cut}
        self.unloaded = self._nothing_there()
        if self.unloaded is None:
            self.notes += notes(self.left_out, self.submission.main)

    def _loaded(self) -> LoadedFile:
        """Load the file; again without a statement that cannot be ended, as long as that does not take too long.

        Where the worker ends, first once more to see which statement it is.
        """
        while True:
            try:
                return self.worker.load()
            except Failure as failure:
                if not self._can_go_on_after(failure):
                    raise
                self._worker = self.sandbox.worker(self._submitted())

    def _can_go_on_after(self, failure: Failure) -> bool:
        """Whether loading again may come further."""
        ended = bool(self.worker.dead)
        self.close()
        if isinstance(failure, Stuck):
            self._skipped[failure.left_out.key] = failure.left_out
        elif not ended or self._followed:
            return False
        self._followed = self._followed or ended
        return len(self._skipped) <= MOST_STUCK and self._waited <= self.exercise.limits.wall_seconds

    def _with_reason(self, left_out: LeftOut) -> LeftOut:
        """A statement that was left out, with why it was not tried again."""
        skipped = self._skipped.get(left_out.key)
        return replace(left_out, finding=skipped.finding, cut=skipped.cut) if skipped else left_out

    def _nothing_there(self) -> Finding | None:
        """Why nothing is there that is asked for, where a statement that was left out is the reason."""
        own, wanted = self.submission.facts.defined.keys(), set(self.exercise.names)
        if self.defined or not self.left_out:
            return None
        reason = next((left_out for left_out in self.left_out if wanted & {*left_out.names}), self.left_out[0])
        found = reason.finding.during(Phase.LOADING)
        if isinstance(found, LimitHit):
            return found
        return None if own and not own & wanted else replace(found, verdict=Verdict.RUNTIME_ERROR)

    def not_defined(self, names: tuple[str, ...]) -> Finding:
        """What is said of names that are not there."""
        because = next((left_out for left_out in self.left_out if {*names} & {*left_out.names}), None)
        return NotDefined(names=names, because=because)

    def bans_broken(self) -> Finding | None:
        """How the submission got round what is not allowed, as far as its workers could tell; else None."""
        if self._worker is not None:
            self._confirm_bans(self._worker)
        return self._broken

    def _confirm_bans(self, worker: Worker) -> None:
        if worker.dead or worker.busy or self.unloaded is not None:
            return
        try:
            worker.confirm_bans()
        except Failure as failure:
            if failure.verdict is Verdict.BANNED_CALL:
                self._broken = failure.finding

    def backend(self, _check: Check) -> Worker | Spent:
        """What answers for one check; when there is no worker to be had, something that answers with the reason."""
        try:
            return self._fresh_worker()
        except Failure as failure:
            return Spent(failure)

    def timed(self) -> tuple[Sandbox, Submitted, bool]:
        """What a timing check starts workers of its own with.

        This session's is ended: threads, memory and files that it holds would be missing there.
        """
        self.close()
        return self.sandbox, self._submitted(), self.pictures

    def edited(self, files: Mapping[str, bytes]) -> Worker:
        """A further worker, with some of the files otherwise; the caller ends it. Raises Failure and SandboxError."""
        submitted = self._submitted()
        worker = self.sandbox.worker(submitted._replace(files=submitted.files | dict(files)))
        worker.load()
        return worker

    def _fresh_worker(self) -> Worker:
        """The same worker with its clocks at nothing and its objects dropped, or a new one after its end."""
        if self._worker and (self._worker.dead or self._worker.busy):
            self.close()
        total = self.exercise.limits.total_seconds
        if self._waited + (self._worker.watch.waited if self._worker else 0) > total:
            raise Failure(LimitHit(quantity=Quantity.TOTAL, limit=total), fatal=True)
        if self._worker is None:
            self._worker = self.sandbox.worker(self._submitted())
            self._worker.load()
        self.worker.begin()
        return self.worker

    def renew(self) -> None:
        """The next check gets a worker of its own."""
        self.close()

    def close(self) -> None:
        """End the worker; keep what it printed. The sandbox sees it end, before the next one starts."""
        if self._worker is not None:
            self._confirm_bans(self._worker)
            self._worker.close(reap=False)
            self._waited += self._worker.watch.waited
            printed = re.sub(r"\S*/submission-[0-9a-f]+/", "", self._worker.output)  # each worker has its own folder
            if printed not in self.output:
                self.output = (self.output + printed)[:MAX_OUTPUT]
            self._worker = None


class Spent:
    """A backend without time left."""

    def __init__(self, failure: Failure):
        self.failure = failure

    def ask(self, op: Op, *, more: bool = False) -> Callable[..., object]:
        """Always the failure."""
        raise self.failure
