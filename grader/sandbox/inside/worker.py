"""The process that runs one submission. It answers requests on one socket and decides nothing.

Once the submission is loaded, it can change everything here: the grader trusts none of it.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib.util
import os
import random
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace, TracebackType
from typing import Any

import numpy as np

from . import absent, confine, frames, ops, wire
from .interpreter import Interpreter, kind_of
from .namespace import MissingName

MAX_ERROR_TEXT = 4000
MAX_LINE = 300
OUT_OF_MEMORY = ("can't allocate memory", "CUDA out of memory", "STATUS_ALLOC_FAILED")  # as torch says it
RESERVED = ("torch", "numpy", "scipy")


class Channel:
    """Blocking frames on a socket's descriptor."""

    def __init__(self, fd: int):
        self.fd = fd
        self.recv = frames.ByteStream(self._received).exactly

    def _received(self, into: memoryview) -> int:
        """Some bytes; the process ends when the grader is gone."""
        return os.readv(self.fd, [into]) or os._exit(0)

    def send(self, request_id: int, message: Any, tensors: list[np.ndarray]) -> None:
        """One frame."""
        for buffer in frames.encode(request_id, message, tensors):
            view = memoryview(buffer)
            while view:
                view = view[os.write(self.fd, view) :]


def run(fd: int, config: dict[str, Any], rules: confine.FileRules | None, calls: confine.CallFilter | None) -> None:
    """Confine this process, then serve until the grader hangs up. Never returns normally."""
    channel = Channel(fd)
    blocked = _confine(config, rules, calls)
    _reseed()
    channel.send(0, {"blocked": blocked, "errors": config["errors"]}, [])
    Server(channel, config["scratch"]).loop()


def _confine(config: dict[str, Any], rules: confine.FileRules | None, calls: confine.CallFilter | None) -> list[str]:
    os.chdir(config["scratch"])
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), config["scratch"]))
    errors = config["errors"]
    steps: list[Callable[[], None]] = []
    if sys.platform == "linux":
        steps += [confine.no_new_privileges, confine.drop_capabilities]
    if rules is not None:
        steps.append(lambda: rules.apply(config["scratch"]))
    limits = [config[name] for name in ("memory_bytes", "scratch_bytes", "cpu_seconds", "descriptors")]
    steps.append(lambda: confine.limit_resources(*limits))
    if calls is not None:
        steps.append(calls.load)
    for step in steps:
        try:
            step()
        except (OSError, ValueError) as error:
            errors.append(str(error))
    return confine.probe(config["forbidden_file"], config["forbidden_folder"])


def _reseed() -> None:
    seed = int.from_bytes(os.urandom(4), "little")
    random.seed(seed)
    np.random.seed(seed)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(seed)


class Server:
    """Requests in, replies out."""

    def __init__(self, channel: Channel, scratch: str):
        self.channel = channel
        self.scratch = scratch
        self.scopes: dict[str, ModuleType | SimpleNamespace] = {}
        self.interpreter = Interpreter(self.scopes)

    def loop(self) -> None:
        """Answer until the grader hangs up."""
        gc.enable()
        while True:
            request_id, message, tensors = frames.read_frame(self.channel.recv, max_text=1 << 30, max_tensors=1 << 16)
            reply, out = self._answer(message, tensors)
            _flush()
            self.channel.send(request_id, reply, out)

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
        return self.interpreter.execute(ops.unpack(message["op"], message["fields"], tensors))

    def _load(self, message: dict[str, Any], tensors: list[np.ndarray]) -> dict[str, Any]:
        """Write the submission's files to scratch, run the kit and the submission; which names does it define?"""
        for name, index in message["files"].items():
            path = Path(self.scratch, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tensors[index].tobytes())
        if message.get("kit"):
            kit = _import("grading_kit", message["kit"], self.scratch)
            self.scopes["kit"] = SimpleNamespace(**vars(kit))  # as it is before the submission can replace anything
        sys.path.insert(0, self.scratch)
        absent.install()
        module, problem = run_main(message["main"], self.scratch)
        self.scopes["submission"] = module
        defined = [name for name in message["names"] if callable(getattr(module, name, None))]
        return {"defined": defined, "error": problem}


def run_main(main: str, scratch: str) -> tuple[ModuleType, dict[str, str] | None]:
    """Execute the submission's main file: a module, or a notebook's cells one after the other.

    A cell that fails does not stop a notebook; the first failure comes back beside the module.
    """
    path = Path(scratch, main)
    if not path.is_dir():
        sys.path.insert(0, str(path.parent))
        taken = path.stem in RESERVED or path.stem in sys.modules or path.stem in sys.stdlib_module_names
        name = "submission" if taken else path.stem  # numpy.py or random.py must not replace those modules
        try:
            return _import(name, main, scratch), None
        except BaseException as error:
            return sys.modules.get(name) or ModuleType(name), failure(error, scratch)
    module = ModuleType("notebook")
    sys.modules["notebook"] = module
    problem = None
    for cell in sorted(path.glob("*.py")):
        try:
            exec(compile(cell.read_bytes(), str(cell), "exec"), module.__dict__)
        except BaseException as error:
            problem = problem or failure(error, scratch)
    return module, problem


def _import(name: str, file: str, scratch: str) -> ModuleType:
    """Import a file of the scratch folder under this name (dataclasses need it in sys.modules)."""
    spec = importlib.util.spec_from_file_location(name, Path(scratch, file))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def failure(error: BaseException, scratch: str) -> dict[str, Any]:
    """An exception: verdict, kind (its built-in class), type, what it says, and the submission's own lines."""
    try:
        return _failure(error, scratch)
    except BaseException:  # its class may do anything
        return {"verdict": "runtime_error", "kind": "Exception", "said": "(it cannot be shown)", "lines": []}


def _failure(error: BaseException, scratch: str) -> dict[str, Any]:
    if isinstance(error, MissingName):
        return {"verdict": "not_defined", "said": str(error)}
    said, lines = _text(error), _own_lines(error.__traceback__, scratch)
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


def _own_lines(trace: TracebackType | None, scratch: str) -> list[list[Any]]:
    """The innermost of them: line, its text, file, function."""
    with contextlib.suppress(BaseException):
        frames = [f for f in traceback.extract_tb(trace, limit=-2000) if f.filename.startswith(scratch)]
        return [_place(f, scratch) for f in frames[-4:]]
    return []


def _place(frame: traceback.FrameSummary, scratch: str) -> list[Any]:
    texts = (frame.line or "", os.path.relpath(frame.filename, scratch), frame.name)
    return [frame.lineno or 0, *(text[:MAX_LINE] for text in texts)]


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  (`suppress` would take longer than all the rest)
            stream.flush()
        except BaseException:  # it may be anything by now
            pass


def hide(folders: list[str]) -> None:
    """Take these folders off the import path, so that the submission does not find our modules by name."""
    sys.path[:] = [p for p in sys.path if p not in folders]
