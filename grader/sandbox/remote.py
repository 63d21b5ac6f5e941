"""One worker seen from outside: ask it, measure it, cut it off in time.

Nothing here trusts a worker. Every wait has an end; every size is checked before it is read. The zygote reports how a
worker ended, and /proc shows what it used: the submission can reach neither.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..model import Failure
from ..model.findings import Banned, Ending, LimitHit, NotReturned, Quantity
from .failures import cause_of_death, misbehaved, places, value_of
from .inside.frames import Body, ByteStream, read_frame
from .inside.ops import Op
from .inside.wire import ProtocolError
from .isolation import Isolation, layer
from .link import Death
from .loaded import LoadedFile, ended_by, load_request, loaded_file
from .meter import Usage
from .order import NOTHING, START_SECONDS, PendingWorker, SandboxError, WorkerSource
from .processes import remove_tree
from .request import KnownQuestions, Request
from .watch import Watch

WINDOW = 1 << 16  # bytes of questions that may be under way at once: a fraction of what a socket takes
TIMES = (Quantity.CALL, Quantity.CPU, Quantity.WALL, Quantity.OUTPUT)
LOCATING = 0.4  # seconds in which it may say where it is, twice
LOCATED = 0.5  # seconds of a limit on a call, above which it is asked where it is
MOST_BEGUN = 100_000  # statements of a file and of what it imports
GRACE = 0.2  # seconds that a process may take to end after its socket is closed


class Worker:
    """One submission's process, seen from outside."""

    def __init__(self, sandbox: WorkerSource, order: PendingWorker):
        self.sandbox, self.limits, self.submitted = sandbox, sandbox.limits, NOTHING
        self.dead: Failure | None = None
        self._known = KnownQuestions()
        self._unsent: deque[Request] = deque()
        self._sent: deque[Request] = deque()  # and not answered yet
        self._under_way = 0  # bytes of these
        self._reader = ByteStream(self._received)
        self._take(order)
        self.isolation = self._hello()

    def _take(self, order: PendingWorker) -> None:
        self.link = order.link()
        self.pid = self.link.pid
        if self.sandbox.cgroup and not self.sandbox.cgroup.holds(self.pid):
            self.sandbox.cgroup.add(self.pid)
        self.watch = Watch(self.link, self.limits)

    def _hello(self) -> Isolation:
        """What the worker found blocked when it tried, before it loaded anything of the submission's."""
        self.watch.begin(START_SECONDS)
        try:
            _, hello, _ = read_frame(self._reader.exactly, request_id=0, max_bytes=0, max_text=1 << 16)
        except (Failure, ProtocolError) as error:
            raise SandboxError(f"the worker did not start: {error} {self.sandbox.errors()}") from error
        self.watch.waited = 0.0  # the start is not the submission's
        problems = [*self.sandbox.problems, *hello["errors"]]
        return Isolation(layer(set(hello["blocked"]), self.pid, self.sandbox.cgroup), hello["blocked"], problems)

    # ------------------------------------------------------------ asking

    def begin_loading(self) -> None:
        """Have the submission loaded, without waiting. Raises Failure."""
        self.begin()
        self._loading = self._request(load_request(self.submitted))

    def load(self) -> LoadedFile:
        """Load the submission. Raises Failure, and Stuck where a statement of it cannot be ended or ends the worker."""
        if self._loading is None:
            self.begin_loading()
        assert self._loading is not None, "it has just begun"
        try:
            reply = self._reply(self._loading, max_bytes=1 << 16)
        except Failure as failure:
            raise failure if self._begun is None or not self.dead else ended_by(self._begun, failure) from None
        self._loading = None
        try:
            return loaded_file(reply, self.watch.interrupted)
        except Failure as failure:
            raise self._end(failure) from None

    def confirm_bans(self) -> None:
        """Ask whether operators that are not allowed are still out of reach. Raises Failure unless they are."""
        if self.submitted.ours or not self.sandbox.operators:
            return
        if self._exchange({"kind": "bans"}, [], max_bytes=0):
            raise Failure(Banned(name="operators that it has put back", line=0))

    def define(self, source: str) -> Callable[..., Any]:
        """Ask to run definitions in the submission's module; they are sent with the next question. Waits like `ask`."""
        request = self._request(Body({"kind": "define", "source": source}, []), more=True)
        return lambda max_bytes, seconds=None: self._reply(request, max_bytes, seconds)

    def lines(self, on: bool) -> list[tuple[str, int]]:
        """Which of the submission's lines, as (file, line), have run since they were noted; `on`: note more."""
        found = self._exchange({"kind": "lines", "on": on}, [], max_bytes=0)
        return [(str(place[0]), int(place[1])) for place in found] if isinstance(found, list) else []

    def begin(self) -> None:
        """Start a check's clocks; drop the objects that the last check kept. Raises Failure."""
        self.watch.begin(self.limits.wall_seconds)
        if self._keeps:
            self._exchange({"kind": "reset"}, [], max_bytes=0)
            self._keeps = False

    @property
    def busy(self) -> bool:
        """Asked, and not answered yet."""
        return bool(self._sent or self._unsent)

    def ask(self, op: Op, *, more: bool = False) -> Callable[..., Any]:
        """Ask for one operation without waiting; returns a function that waits for the answer.

        Its arguments: the most bytes that the answer may have, and the most seconds of processor time that it may take
        (None: only the check's own limits hold). Wait for the answers in the order of the questions. With `more` the
        question is kept until the next one, and both are sent together. Both raise Failure.
        """
        self._keeps = self._keeps or op.keeps is not None
        request = self._request(self._known.body(op), more)
        return lambda max_bytes, seconds=None: self._reply(request, max_bytes, seconds)

    def prepare(self, questions: Sequence[Op]) -> None:
        """Send what will probably be asked, before the submission is there. Raises Failure."""
        self._known = KnownQuestions(questions)
        self.watch.begin(START_SECONDS)
        request = self._request(self._known.announcement)
        self._send([self._known.frames])
        self._reply(request, max_bytes=0)
        self.watch.waited = 0.0

    def _exchange(self, message: dict[str, Any], tensors: list[np.ndarray], max_bytes: int) -> Any:
        return self._reply(self._request(Body(message, tensors)), max_bytes)

    def _request(self, body: Body, more: bool = False) -> Request:
        """Send a request, or keep it until there is room for it on its way."""
        if self.dead:
            raise self.dead
        request = Request(body)
        self._unsent.append(request)
        if not more:
            try:
                self._send_what_fits()
            except (ProtocolError, Failure) as error:
                raise self._failure(error) from None
        return request

    def _send_what_fits(self) -> None:
        """Keep the questions under way few: a worker that cannot send an answer reads none, and both would wait."""
        if not self._sent:
            self._nothing_pending()
        fitting: list[Request] = []
        while self._unsent and (not self._under_way or self._under_way + self._unsent[0].size <= WINDOW):
            fitting.append(self._unsent.popleft())
            self._under_way += fitting[-1].size
        self._sent += fitting
        buffers = [buffer for request in fitting for buffer in request.frame]
        self._send([b"".join(buffers)] if len(fitting) > 1 else buffers)

    def _reply(self, request: Request, max_bytes: int, seconds: float | None = None) -> Any:
        """Wait for the answer to a request."""
        if self.dead:
            raise self.dead
        if self._loading:
            self.watch.begin_loading(self.link.interrupt)
        else:
            self.watch.begin_call(seconds)
        try:
            if not self._sent:
                self._send_what_fits()
            assert request is self._sent[0], "answers come in the order of the questions"
            reply, received = self._answer(request, max_bytes)
            self._under_way -= self._sent.popleft().size
            if not self._sent:
                self.watch.drain()
            return value_of(reply, received)
        except (ProtocolError, Failure) as error:
            raise self._failure(self._located(error, request)) from None

    def _answer(self, request: Request, max_bytes: int) -> tuple[Any, list[np.ndarray]]:
        """The answer itself; before it, a worker that is followed tells which statements it begins to run."""
        for _ in range(MOST_BEGUN):
            _, reply, received = read_frame(self._reader.exactly, request_id=request.id, max_bytes=max_bytes)
            if not (self._loading and self.submitted.followed and isinstance(reply, dict) and "begun" in reply):
                return reply, received
            self._begun = reply["begun"]
        raise ProtocolError("too many statements")

    def _located(self, error: ProtocolError | Failure, request: Request) -> ProtocolError | Failure:
        """A limit of a call with the line that the worker says it is at, which is only shown."""
        finding = error.finding if isinstance(error, Failure) else None
        if not isinstance(finding, LimitHit) or finding.quantity not in TIMES or self._loading:
            return error
        if self.watch.call_seconds < LOCATED:
            return error
        for _ in range(2):  # first it watches what runs, then it tells
            if not self._reaped:
                self.link.interrupt()
                self.watch.begin(LOCATING)
                with contextlib.suppress(ProtocolError, Failure, KeyError, TypeError):
                    _, reply, _ = read_frame(self._reader.exactly, request_id=request.id, max_bytes=0)
                    return Failure(replace(finding, lines=places(reply["error"]["lines"])[:1]), fatal=True)
        return error

    def _failure(self, error: ProtocolError | Failure) -> Failure:
        """Whatever the worker does wrong as a Failure; after most of them it is ended."""
        failure = misbehaved(error) if isinstance(error, ProtocolError) else error
        return self._end(failure) if failure.fatal else failure

    def _nothing_pending(self) -> None:
        """A worker that speaks before it is asked is not answering."""
        if self._reader.ahead:
            raise ProtocolError("unasked data")
        with contextlib.suppress(BlockingIOError):
            if self.link.waiting():
                raise ProtocolError("unasked data")
            raise self._died()

    def _send(self, buffers: list[bytes | memoryview]) -> None:
        """Send nothing to a worker that is gone: `_reply` notices its end."""
        for buffer in buffers:
            view = memoryview(buffer)
            while view:
                try:
                    view = view[self.link.send(view) :]
                except BlockingIOError:
                    self.watch.wait(write=True)
                except (BrokenPipeError, ConnectionResetError):
                    return

    def _received(self, into: memoryview) -> int:
        """Some bytes, as soon as there are any; how many."""
        while True:
            try:
                if got := self.link.receive(into):
                    return got
                raise self._died()
            except BlockingIOError:
                self.watch.wait()
            except ConnectionResetError:
                raise self._died() from None

    # ------------------------------------------------------------ ending

    def _died(self) -> Failure:
        """The worker is gone: find out how."""
        alive = not self.link.ended(GRACE)  # it has closed its side and goes on
        self.link.kill()
        death = self.link.death()
        self._reaped = True
        if death is None:
            raise SandboxError(f"the zygote is gone: {self.sandbox.errors()}")
        self._after(death)
        if alive:
            return Failure(NotReturned(ending=Ending.CUT_OFF), fatal=True)
        return Failure(cause_of_death(death.code, death.cpu, self.limits), fatal=True)

    _loading: Request | None = None  # the question that loads the submission
    _begun: Any = None  # the statement of the file that it told of last
    _reaped = False
    _keeps = False

    def _end(self, failure: Failure) -> Failure:
        self.dead = failure
        self.close()
        return failure

    def close(self, reap: bool = True) -> None:
        """Kill the process and close everything. It is collected now, or by the sandbox before its next worker."""
        if not self._reaped:
            self.link.kill()
            self.reap() if reap else self.sandbox.left(self.reap)
        if not self.link.closed:
            self.watch.close()

    def reap(self) -> None:
        """Wait until it has ended, and see to what it leaves behind."""
        if not self._reaped and (death := self.link.death()) is not None:
            self._after(death)
        self._reaped = True

    def _after(self, death: Death) -> None:
        if not death.clean:
            if self.link.scratch:
                remove_tree(self.link.scratch)
            else:
                self.sandbox.restart()

    @property
    def output(self) -> str:
        """What the submission printed, as far as it was kept."""
        return self.watch.text()

    @property
    def usage(self) -> Usage:
        """CPU seconds and resident memory now."""
        return self.watch.usage()
