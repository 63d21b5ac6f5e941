"""The process that runs one submission. It answers requests on one socket and decides nothing.

Once the submission is loaded, it can change everything here: the grader trusts none of it.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import Any

import numpy as np

from . import absent, frames, ops, settings, tried, wire
from .banned import not_allowed
from .fresh import FreshFunctions
from .interpreter import Interpreter, kind_of
from .loading import import_file, run_main
from .namespace import MissingName
from .places import shown
from .statements import Statements
from .whereabouts import Whereabouts

MAX_ERROR_TEXT = 4000
MAX_LINE = 300
PAUSE = 1.0  # seconds in which a process ends that has told where it is
OUT_OF_MEMORY = ("can't allocate memory", "CUDA out of memory", "STATUS_ALLOC_FAILED")  # as torch says it


class Channel:
    """Blocking frames on a socket's descriptor. The grader interrupts by SIGUSR1."""

    def __init__(self, fd: int):
        self.fd = fd
        self.recv = frames.ByteStream(self._received).exactly

    def listen(self, server: Server) -> None:
        """From now on interruptions may come."""
        signal.signal(signal.SIGUSR1, server.interrupted)

    def _received(self, into: memoryview) -> int:
        """Some bytes; the process ends when the grader is gone."""
        return os.readv(self.fd, [into]) or os._exit(0)

    def send(self, request_id: int, message: Any, tensors: list[np.ndarray]) -> None:
        """One frame."""
        for buffer in frames.encode(request_id, message, tensors):
            view = memoryview(buffer)
            while view:
                view = view[os.write(self.fd, view) :]


def run(channel: Channel, config: dict[str, Any], confine: Callable[[], list[str] | None]) -> None:
    """Confine this process, then serve until the grader hangs up. Never returns normally.

    `confine` says what it found refused when it tried.
    """
    os.chdir(config["scratch"])
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), config["scratch"]))
    blocked = confine() or []
    _reseed()
    channel.send(0, {"blocked": blocked, "errors": config["errors"]}, [])
    server = Server(channel, config["scratch"], config["hidden"])
    channel.listen(server)
    server.loop()


def _reseed() -> None:
    seed = int.from_bytes(os.urandom(4), "little")
    random.seed(seed)
    np.random.seed(seed)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(seed)


class Server:
    """Requests in, replies out."""

    def __init__(self, channel: Channel, scratch: str, hidden: list[str]):
        self.channel = channel
        self.scratch, self.hidden = scratch, hidden
        self.scopes: dict[str, ModuleType | FreshFunctions] = {}
        self.interpreter = Interpreter(self.scopes)
        self.questions: list[ops.Op] = []  # that may be asked by their number
        self.lines = tried.LinesRun(scratch)
        self.replaced_again: Callable[[], list[str]] = list  # banned operators that compute something after all
        self._asked: int | None = None  # what is being answered
        self._statements: Statements | None = None  # of the file that is being loaded
        self._whereabouts: Whereabouts | None = None  # of a call that takes too long

    def loop(self) -> None:
        """Answer until the grader hangs up."""
        gc.enable()
        while True:
            request_id, message, tensors = self._read()
            self._asked = request_id
            reply, out = self._answer(message, tensors)
            if self._asked is None:  # another thread tells where this one was
                time.sleep(PAUSE)
            self._asked = None
            _flush()
            self.channel.send(request_id, reply, out)

    def _read(self) -> tuple[int, Any, list[np.ndarray]]:
        return frames.read_frame(self.channel.recv, max_text=1 << 30, max_tensors=1 << 16)

    def interrupted(self, _signal: int, frame: FrameType | None) -> None:
        """The grader has waited long enough: go on with the next statement of the file, or tell where the call is."""
        if self._statements is not None:
            if (place := self._statements.interrupt()) is not None:
                self._tell({"ok": wire.pack({"stuck": place})[0]})
        elif self._whereabouts is not None:
            self._whereabouts.told()
        elif self._asked is not None:
            self._whereabouts = Whereabouts(self.scratch, frame, self._tell_place)
            self._whereabouts.watch()

    def unheard(self, frame: FrameType | None) -> None:
        """The main thread does not hear that it is interrupted: another one tells where it is."""
        if self._statements is not None:
            if (place := self._statements.running) is not None:
                self._tell({"ok": wire.pack({"stuck": place})[0]})
        elif self._asked is not None:
            Whereabouts(self.scratch, frame, self._tell_place).told()

    def _tell_place(self, place: list[Any]) -> None:
        self._tell({"error": {"lines": [place]}})

    def _tell_begun(self, place: list[Any]) -> None:
        """Before a statement is run: should it end this process, the grader knows which it was."""
        if self._asked is not None:
            self.channel.send(self._asked, {"begun": place}, [])

    def _tell(self, reply: dict[str, Any]) -> None:
        """The last answer of this process."""
        if self._asked is not None:
            asked, self._asked = self._asked, None
            self.channel.send(asked, reply, [])
            os._exit(0)

    def _answer(self, message: dict[str, Any], tensors: list[np.ndarray]) -> tuple[dict[str, Any], list[np.ndarray]]:
        try:
            tree, out = wire.pack(self._result(message, tensors))
            return {"ok": tree}, out
        except BaseException as error:
            return {"error": failure(error, self.scratch)}, []

    def _result(self, message: dict[str, Any], tensors: list[np.ndarray]) -> Any:
        if message["kind"] == "load":
            return self._load(message, tensors)
        if message["kind"] == "reset":
            self.interpreter.objects.clear()
            return None
        if message["kind"] == "bans":
            return self.replaced_again()
        if message["kind"] == "define":
            return tried.define(vars(self.scopes["submission"]), message["source"])
        if message["kind"] == "lines":
            return self.lines.taken(message["on"])
        if message["kind"] == "questions":
            self.questions = [_question(*self._read()[1:]) for _ in range(message["count"])]
            return None
        known = message["kind"] == "question"
        question = self.questions[message["number"]] if known else _question(message, tensors)
        return absent.refused(self.interpreter.execute(question))

    def _load(self, message: dict[str, Any], tensors: list[np.ndarray]) -> dict[str, Any]:
        """Write the submission's files to scratch, run the kit and the submission; which names does it define?"""
        for name, index in message["files"].items():
            path = Path(self.scratch, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tensors[index].tobytes())
        if message.get("kit"):
            kit = import_file("grading_kit", Path(self.scratch, message["kit"]))
            self.scopes["kit"] = FreshFunctions(kit)  # as it is before the submission can replace anything
        sys.path.insert(0, self.scratch)
        absent.install(self.hidden)
        self._settle_operators(message["ours"])
        begun = self._tell_begun if message["followed"] else None
        describe, wanted = partial(failure, scratch=self.scratch), message["names"]
        statements = Statements(self.scratch, describe, message["skipped"], begun, wanted)
        self._statements = statements
        sys.argv[:] = [message["main"]]
        with settings.restored():
            module = run_main(message["main"], self.scratch, statements)
        self._statements = None
        absent.loaded()
        self.scopes["submission"] = module
        defined = [name for name in wanted if callable(getattr(module, name, None))]
        return {"defined": defined, "left_out": statements.left_out}

    def _settle_operators(self, ours: bool) -> None:
        """What of torch is not allowed stays so in this process, or is given back to code of ours."""
        if operators := sys.modules.get(f"{__package__}.operators"):
            operators.allow() if ours else operators.seal()
            self.replaced_again = operators.replaced_again


def _question(message: dict[str, Any], tensors: list[np.ndarray]) -> ops.Op:
    return ops.unpack(message["op"], message["fields"], tensors)


def failure(error: BaseException, scratch: str) -> dict[str, Any]:
    """An exception: verdict, kind (its built-in class), type, what it says, and the submission's own lines."""
    try:
        return _failure(error, scratch)
    except BaseException:  # its class may do anything
        return {"verdict": "runtime_error", "kind": "Exception", "said": "(it cannot be shown)", "lines": []}


def _failure(error: BaseException, scratch: str) -> dict[str, Any]:
    own = _own_frames(error.__traceback__, scratch)
    if banned := not_allowed(error):
        return {"verdict": "banned_call", "said": banned, "lines": [_place(frame, scratch) for frame in own[-1:]]}
    if isinstance(error, MissingName):
        return {"verdict": "not_defined", "said": str(error)}
    said, lines = _text(error), [_place(frame, scratch) for frame in own]
    if isinstance(error, SyntaxError) and error.lineno:
        said, lines = error.msg, [[error.lineno, (error.text or "").strip()[:MAX_LINE], "", ""]]
    verdict = _verdict(error, f"{type(error).__name__}: {said}"[:MAX_ERROR_TEXT])
    raised = {"kind": kind_of(error), "type": type(error).__name__, "said": said[:MAX_ERROR_TEXT], "lines": lines}
    return {"verdict": verdict} | raised


def _verdict(error: BaseException, text: str) -> str:
    if isinstance(error, MemoryError) or any(said in text for said in OUT_OF_MEMORY):
        return "memory_limit"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return "output_limit"
    return "runtime_error"


def _text(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"the code called exit({error.code!r})"
    with contextlib.suppress(BaseException):
        return str(error)
    return "(its text cannot be shown)"


def _own_frames(trace: TracebackType | None, scratch: str) -> list[traceback.FrameSummary]:
    with contextlib.suppress(BaseException):
        return [f for f in traceback.extract_tb(trace, limit=-2000) if f.filename.startswith(scratch)][-4:]
    return []


def _place(frame: traceback.FrameSummary, scratch: str) -> list[Any]:
    texts = (frame.line or "", shown(frame.filename, scratch), frame.name)
    return [frame.lineno or 0, *(text[:MAX_LINE] for text in texts)]


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  (`suppress` would take longer than all the rest)
            stream.flush()
        except BaseException:  # it may be anything by now
            pass
