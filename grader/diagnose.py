"""Which misconception explains a failed check?

The operations of the check are replayed on each of the exercise's `wrong/*.py`. One explains the failure if it gives
the submission's very outputs to all of them and differs from the reference in at least one. No match, no guess.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from . import memory
from .compare import agree
from .exercise import Exercise, misconception_text
from .model import Failure, Misconception
from .sandbox.interpreter import Interpreter
from .subject import Entry, LocalBackend, Log, Op


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


def explain(exercise: Exercise, log: Log) -> Misconception | None:
    """The first misconception that reproduces the submission's answers, or None."""
    return next(explanations(exercise, log), None)


def explanations(exercise: Exercise, log: Log) -> Iterator[Misconception]:
    """All misconceptions that reproduce the submission's answers to this check, each when it is asked for."""
    if not any(e.actual is not None or _raised(e) for e in log.entries):
        return
    asked = [e for e in log.entries if e.op["op"] != "judge"]
    ops = [e.op for e in asked]
    key = memory.digest(b"replay", ops)
    for path in exercise.wrong_files:
        if _explains(Replay(exercise, path, ops, key), asked):
            yield _named(path)


@cache
def _named(path: Path) -> Misconception:
    title, hint = misconception_text(path)
    return Misconception(path.stem.replace("_", "-"), title, hint)


def _raised(entry: Entry) -> bool:
    return entry.failure is not None and bool(entry.failure.kind)


class Replay:
    """What a misconception answers to a check's operations (value, or kind of error), as far as it is asked."""

    def __init__(self, exercise: Exercise, path: Path, ops: list[Op], key: bytes):
        self.exercise, self.path, self.ops = exercise, path, ops
        self._answers = memory.shared(key + str(path).encode())
        self._backend: LocalBackend | None = None

    def answer(self, number: int) -> tuple[object, str]:
        """To the operation of this number; numbers rise by one."""
        if number == len(self._answers):
            found = self._asked(number)
            memory.grown(found[0])
            self._answers.append(found)
        return self._answers[number]

    def _asked(self, number: int) -> tuple[object, str]:
        if self._backend is None:
            self._backend = LocalBackend(Interpreter(scopes(self.exercise, self.path)))
            for op in self.ops[:number]:
                _outcome(self._backend, op)
        return _outcome(self._backend, self.ops[number])


def _outcome(backend: LocalBackend, op: Op) -> tuple[object, str]:
    try:
        return backend.answer(op), ""
    except Failure as failure:
        return None, failure.kind


def _explains(replay: Replay, entries: list[Entry]) -> bool:
    differs = False
    for number, entry in enumerate(entries):
        value, kind = replay.answer(number)
        if not _same(entry, value, kind):
            return False
        differs = differs or _unlike_reference(entry, value, kind)
    return differs


def _same(entry: Entry, value: object, kind: str) -> bool:
    if entry.failure is not None:
        return bool(kind) and entry.failure.kind == kind
    return not kind and agree(value, entry.actual, entry.tolerance)


def _unlike_reference(entry: Entry, value: object, kind: str) -> bool:
    if kind or entry.expected_error:
        return kind != entry.expected_error
    return not agree(entry.expected, value, entry.tolerance)
