"""Which misconceptions explain a failed check?

The operations of the check are replayed on each of the exercise's `wrong/*.py`. One explains the failure if it gives
the submission's very answers to all of them, and one of them is evidence: a value that differs from the reference's.
An exception is the same only with the same message, and no evidence by itself, as whatever is unfinished raises: it
counts beside a right value of the same function, as where one parameter or one type is refused. No match, no guess.

A misconception whose constants are a matter of taste names them, and the values that they may have, in a dict FAMILY:
`FAMILY = {"EPSILON": (1e-8, 1e-7)}`. It is tried with each.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

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


class Variant(NamedTuple):
    """A misconception's file, with one of the values that each of its constants may have; or two of them, merged."""

    path: Path
    constants: tuple[tuple[str, object], ...] = ()
    other: Path | None = None


@cache
def _cached_module(path: Path, constants: tuple[tuple[str, object], ...] = (), other: Path | None = None) -> ModuleType:
    name = f"_cnn_grader_{path.parent.parent.name}_{path.parent.name}_{path.stem}"
    module = load_module(path, name) if other is None else _merged_module(path, other, f"{name}_and_{other.stem}")
    for constant, value in constants:
        setattr(module, constant, value)
    return module


def _merged_module(one: Path, other: Path, name: str) -> ModuleType:
    """A module with both mistakes. Raises ValueError where they cannot be merged."""
    from .merging import merged  # needed by few submissions

    if (source := merged(one, other)) is None:
        raise ValueError(f"{one.stem} and {other.stem} change the same lines")
    module = sys.modules[name] = ModuleType(name)
    exec(compile(source, name, "exec"), module.__dict__)
    return module


@cache
def variants(path: Path) -> tuple[Variant, ...]:
    """A misconception with all values that its constants may have."""
    family: dict[str, tuple[object, ...]] = getattr(_cached_module(path), "FAMILY", {})
    values = product(*family.values())
    return tuple(Variant(path, tuple(zip(family, chosen, strict=True))) for chosen in values)


def scopes(
    exercise: Exercise, path: Path, constants: tuple[tuple[str, object], ...] = (), other: Path | None = None
) -> dict[str, ModuleType]:
    """A module of ours (or two of `wrong/`, merged) as a submission to this exercise, with the exercise's kit."""
    kit = exercise.folder / "kit.py"
    found = {"submission": _cached_module(path, constants, other)}
    return found | {"kit": _cached_module(kit)} if kit.is_file() else found


def explanations(exercise: Exercise, log: Log) -> list[Variant]:
    """All misconceptions that reproduce the submission's answers to this check, by name."""
    if not any(e.answered and e.failure is None for e in log.entries):
        return []
    answers = SubmissionAnswers(exercise, log)
    known = (variant for path in exercise.wrong_files for variant in variants(path))
    return [variant for variant in known if answers.explained_by(variant)]


def gives(exercise: Exercise, variant: Variant, log: Log) -> bool:
    """Whether a misconception gives the submission's answers to a check, right or wrong."""
    return SubmissionAnswers(exercise, log).agreed(variant) is not None


@cache
def misconception(path: Path, other: Path | None = None) -> Misconception:
    """The misconception that a file of `wrong/` stands for; or two of them, as one."""
    if other is not None:
        first, second = misconception(path), misconception(other)
        title = f"Two mistakes at once: {first.title}. {second.title}"
        return Misconception(f"{first.slug}+{second.slug}", title, f"{first.hint}\n\n{second.hint}")
    title, hint = misconception_text(path)
    return Misconception(path.stem.replace("_", "-"), title, hint)


def named_variants(exercise: Exercise, slug: str) -> tuple[Variant, ...]:
    """What a misconception may be that a check is named after: with any of its constants; or both of two at once."""
    first, *second = [next(f for f in exercise.wrong_files if misconception(f).slug == s) for s in slug.split("+")]
    return (Variant(first, (), second[0]),) if second else variants(first)


class Replay:
    """What a misconception answers to a check's operations (a value, or a failure), as far as it is asked."""

    def __init__(self, exercise: Exercise, variant: Variant, ops: list[Op], key: bytes):
        self.exercise, self.variant, self.ops = exercise, variant, ops
        self._answers: list[Answer] = remembered.shared(key + str(variant).encode())
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
            self._backend = LocalBackend(Interpreter(scopes(self.exercise, *self.variant)))
            for op in self.ops[:number]:
                _outcome(self._backend, op)
        return _outcome(self._backend, self.ops[number])


def _outcome(backend: LocalBackend, op: Op) -> Answer:
    try:
        return backend.answer(op), None
    except Failure as failure:
        return None, _raised(failure)


class SubmissionAnswers:
    """The submission's answers to a check, beside those of misconceptions."""

    def __init__(self, exercise: Exercise, log: Log):
        self.exercise = exercise
        self.ops, self.entries = [op for op, _ in log.asked], [entry for _, entry in log.asked]
        self.key = remembered.digest(b"replay", remembered.asked(self.ops))

    def explained_by(self, variant: Variant) -> bool:
        """Whether the misconception gives all of them, and one is evidence: a wrong value, or an exception where others
        of the same function are right."""
        answers = self.agreed(variant)
        return answers is not None and (self._right_beside_exceptions() or any(map(_wrong, self.entries, answers)))

    def agreed(self, variant: Variant) -> list[Answer] | None:
        """What the misconception answers, if it is what the submission answers; None if it is not."""
        replay = Replay(self.exercise, variant, self.ops, self.key)
        answers: list[Answer] = []
        for number, entry in enumerate(self.entries):
            answers.append(replay.answer(number))
            if not _same(entry, *answers[-1]):
                return None
        return answers

    def same(self, variant: Variant) -> set[Entry]:
        """All to which the misconception answers as the submission does, right or wrong."""
        replay = Replay(self.exercise, variant, self.ops, self.key)
        return {entry for number, entry in enumerate(self.entries) if _same(entry, *replay.answer(number))}

    def beside(self, variant: Variant) -> set[int] | None:
        """The wrong answers that the misconception gives, too, by their numbers; None where it cannot be one of two.

        That is where it raises an exception, is wrong where the submission is right, or is right everywhere.
        """
        replay = Replay(self.exercise, variant, self.ops, self.key)
        given: set[int] = set()
        differs = False
        for number, entry in enumerate(self.entries):
            answer = replay.answer(number)
            same = _same(entry, *answer)
            if answer[1] is not None or (not entry.failed and not same):
                return None
            given |= {number} if same and entry.failed else set()
            differs = differs or _wrong(entry, answer)
        return given if differs else None

    def _right_beside_exceptions(self) -> bool:
        right = {e.call for e in self.entries if e.answered and e.judged and not e.failed}
        return any(e.failed and e.call in right for e in self.entries)


def _same(entry: Entry, value: object, raised: Raised | None) -> bool:
    if entry.failure is not None:
        return bool(entry.failure.kind) and raised == _raised(entry.failure)
    return raised is None and agree(value, entry.actual, entry.tolerance)


def _raised(failure: Failure) -> Raised:
    return failure.kind, NUMBERS.sub("#", failure.said)


def _wrong(entry: Entry, answer: Answer) -> bool:
    value, raised = answer
    return raised is None and (bool(entry.expected_error) or not agree(entry.expected, value, entry.tolerance))
