"""Which misconceptions explain a failed check?

The operations of the check are replayed on each of the exercise's `wrong/*.py`. One explains the failure if it gives
the submission's very answers to all of them and differs from the reference in at least one. An exception is the same
only with the same message, and no evidence by itself, as whatever is unfinished raises: it counts beside a value that
both gave. No match, no guess.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from ..exercise import Exercise, misconception_text
from ..model import Failure, Misconception
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.inside.ops import Op
from . import remembered
from .backend import LocalBackend
from .compare import agree
from .log import Entry, Log

NUMBERS = re.compile(r"[(\[]?[-+]?\d+(?:[.,\sx×]+\d+)*,?[)\]]?")  # and shapes, as one

Raised = tuple[str, str]  # an exception: its built-in class, and its message without numbers and shapes
Answer = tuple[object, Raised | None]


def load_module(path: Path, name: str) -> ModuleType:
    """Import one of our own files under a private name."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@cache
def _cached_module(path: Path) -> ModuleType:
    return load_module(path, f"_cnn_grader_{path.parent.parent.name}_{path.parent.name}_{path.stem}")


def scopes(exercise: Exercise, path: Path) -> dict[str, ModuleType]:
    """A module of ours as a submission to this exercise, with the exercise's kit."""
    kit = exercise.folder / "kit.py"
    found = {"submission": _cached_module(path)}
    return found | {"kit": _cached_module(kit)} if kit.is_file() else found


def explanations(exercise: Exercise, log: Log) -> list[Path]:
    """The files of all misconceptions that reproduce the submission's answers to this check, by name."""
    if not any(e.answered and e.failure is None for e in log.entries):
        return []
    ops, asked = [op for op, _ in log.asked], [entry for _, entry in log.asked]
    key = remembered.digest(b"replay", ops)
    return [path for path in exercise.wrong_files if _explains(Replay(exercise, path, ops, key), asked)]


@cache
def misconception(path: Path) -> Misconception:
    """The misconception that a file of `wrong/` stands for."""
    title, hint = misconception_text(path)
    return Misconception(path.stem.replace("_", "-"), title, hint)


class Replay:
    """What a misconception answers to a check's operations (a value, or a failure), as far as it is asked."""

    def __init__(self, exercise: Exercise, path: Path, ops: list[Op], key: bytes):
        self.exercise, self.path, self.ops = exercise, path, ops
        self._answers: list[Answer] = remembered.shared(key + str(path).encode())
        self._backend: LocalBackend | None = None

    def answer(self, number: int) -> Answer:
        """To the operation of this number; numbers rise by one."""
        if number == len(self._answers):
            found = self._asked(number)
            remembered.grown(found[0])
            self._answers.append(found)
        return self._answers[number]

    def _asked(self, number: int) -> Answer:
        if self._backend is None:
            self._backend = LocalBackend(Interpreter(scopes(self.exercise, self.path)))
            for op in self.ops[:number]:
                _outcome(self._backend, op)
        return _outcome(self._backend, self.ops[number])


def _outcome(backend: LocalBackend, op: Op) -> Answer:
    try:
        return backend.answer(op), None
    except Failure as failure:
        return None, _raised(failure)


def _explains(replay: Replay, entries: list[Entry]) -> bool:
    differs = valued = False
    for number, entry in enumerate(entries):
        value, raised = replay.answer(number)
        if not _same(entry, value, raised):
            return False
        differs = differs or _unlike_reference(entry, value, raised)
        valued = valued or value is not None
    return differs and valued


def _same(entry: Entry, value: object, raised: Raised | None) -> bool:
    if entry.failure is not None:
        return bool(entry.failure.kind) and raised == _raised(entry.failure)
    return raised is None and agree(value, entry.actual, entry.tolerance)


def _raised(failure: Failure) -> Raised:
    return failure.kind, NUMBERS.sub("#", failure.said)


def _unlike_reference(entry: Entry, value: object, raised: Raised | None) -> bool:
    if raised is not None or entry.expected_error:
        return raised is None or raised[0] != entry.expected_error
    return not agree(entry.expected, value, entry.tolerance)
