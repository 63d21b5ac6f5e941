"""What led to one wrong answer, as questions that can be asked again: of the submission, the reference and others."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from ..checks.compare import Path, agree
from ..checks.log import Entry
from ..checks.matching import Map
from ..checks.subject import Stop
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import Interpreter, quiet
from ..sandbox.inside.ops import Call, CountParameters, Describe, Get, Inspect, ModuleOp, Op, Probe, ReadState
from ..sandbox.inside.wire import Array, Name, Ref
from .search import NewSubject

LOOKS = (Get, Inspect, CountParameters, ReadState, Probe, Describe)  # operations after which everything is as before
SPARE = 40  # questions beside those that make something simpler
Scopes = Mapping[str, ModuleType]
Steps = list[Entry]


def leading_to(entries: Sequence[Entry], last: Entry) -> Steps:
    """The questions that an answer depends on, in order: all that made its objects, or worked with them."""
    wanted = set(_refs(_parts(last.op)))
    found = [last]
    for entry in reversed(entries[: list(entries).index(last)]):
        op = entry.op
        if op is not None and not isinstance(op, LOOKS) and wanted & {*_made(op), *_refs(_parts(op))}:
            wanted |= set(_refs(_parts(op)))
            found.append(entry)
    return [_plain(entry) for entry in reversed(found)]


def all_before(entries: Sequence[Entry], last: Entry) -> Steps:
    """The same with all other questions that change something: objects may share what they should not."""
    before = entries[: list(entries).index(last)]
    return [_plain(e) for e in before if e.op is not None and not isinstance(e.op, LOOKS)] + [_plain(last)]


def _plain(entry: Entry) -> Entry:
    """The same question, with its positional arguments one by one."""
    if isinstance(entry.op, Call) and isinstance(entry.op.args, Array):
        return with_op(entry, replace(entry.op, args=entry.op.positional()))
    return entry


def with_op(entry: Entry, op: Op) -> Entry:
    """Another question in the place of this one."""
    new = Entry(op, entry.call, None, tolerance=entry.tolerance, expected_error=entry.expected_error)
    new.unusual = entry.unusual
    new.judged, new.objects, new.after, new.seconds = entry.judged, entry.objects, entry.after, entry.seconds
    new.spoils = entry.spoils
    return new


def names_in(op: Op | None) -> list[Name]:
    """The names of the submission and of the kit that a question mentions."""
    return [found for found in _inside(_parts(op)) if isinstance(found, Name)]


def mapped(value: Any, change: Callable[[Array], Array]) -> Any:
    """A value with each array in it changed."""
    if isinstance(value, Array):
        return change(value)
    if isinstance(value, (list, tuple)):
        return type(value)(mapped(part, change) for part in value)
    if isinstance(value, dict):
        return {key: mapped(part, change) for key, part in value.items()}
    return value


def arrays_in(op: Op | None) -> list[Array]:
    """The arrays that a question hands over."""
    return [found for found in _inside(_parts(op)) if isinstance(found, Array)]


def _parts(op: Op | None) -> list[Any]:
    return [] if op is None else list(op.parts().values())


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, (list, tuple, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _inside(part)
    else:
        yield value


def _refs(value: Any) -> Iterator[int]:
    return (found.id for found in _inside(value) if isinstance(found, Ref))


def _made(op: Op) -> set[int]:
    """The numbers under which it keeps something."""
    return {*([] if op.keeps is None else [op.keeps]), *(op.given if isinstance(op, Call) else [])}


class Asking:
    """Asks a submission ever simpler questions, until they have `few` numbers, or none is `left`, or it is `tired`.

    `reference` and `witnesses`, other right ways to do it, are modules of ours; `started` gives a subject for each
    time, `renew` has the next one begin in a process of its own.
    """

    def __init__(
        self, reference: Scopes, witnesses: Sequence[Scopes], started: NewSubject, renew: Callable[[], object]
    ):
        self.reference, self.witnesses, self.started, self.renew = reference, witnesses, started, renew
        self.left, self.few = 150, 12
        self.tired: Callable[[], bool] = bool
        self.names: dict[int, Map] = {}  # of the tensors of kept modules
        self._anew = False
        self._last: tuple[Steps, Steps | None] = [], []  # that went wrong, with the reference's answers

    def wrong(self, steps: Steps, before: Entry) -> Entry | None:
        """The last question with its answer, if that is wrong as it was before, and more may be asked."""
        return None if self.over else self.surely_wrong(steps, before)

    @property
    def over(self) -> bool:
        """Whether nothing more is asked to make something simpler."""
        return self.left <= 0 or self.tired()

    def surely_wrong(self, steps: Steps, before: Entry) -> Entry | None:
        """The same, asked in any case, up to a bound: what begins with a wrong answer, and what confirms it."""
        lines = self._expected(steps) if self.left > -SPARE else None
        asked = self._asked(lines) if lines is not None else []
        if len(asked) < len(steps) or any(e.failure is not None and not e.expected_error for e in asked[:-1]):
            return None
        if not asked[-1].failed or not alike(asked[-1], before):
            return None
        self._last = steps, lines
        return asked[-1]

    def answers(self, steps: Steps) -> Steps:
        """The questions with the submission's answers; none where the reference has none."""
        lines = self._expected(steps)
        return self._asked(lines) if lines is not None else []

    def _asked(self, lines: Steps) -> Steps:
        self.left -= 1
        if self._anew:
            self.renew()
        subject = self.started()
        subject.rename(self.names)
        with contextlib.suppress(Stop):
            subject.replay(lines)
        return subject.log.entries

    def _expected(self, steps: Steps) -> Steps | None:
        """The same questions with the reference's answers; None where it has none."""
        ops, (last, known) = [step.op for step in steps], self._last
        if len(last) == len(ops) and all(step.op is op for step, op in zip(last, ops, strict=True)):
            return known
        side, lines = Interpreter(self.reference), []
        for step in steps:
            assert step.op is not None
            line = with_op(step, step.op.snapshot())
            try:
                with quiet():
                    line.expected = wire.snapshot(side.execute(line.op))  # type: ignore[arg-type]
            except Exception as error:
                if not step.expected_error or step.expected_error not in (c.__name__ for c in type(error).__mro__):
                    return None
            lines.append(line)
        return lines

    @contextlib.contextmanager
    def each_anew(self) -> Iterator[None]:
        """Meanwhile, each time is in a process in which nothing was asked before."""
        self._anew = True
        try:
            yield
        finally:
            self._anew = False

    def defaults(self, op: Call) -> dict[str, Any]:
        """The parameters of a function or class that is called by its name, with their defaults; nothing of others."""
        called = getattr(self.reference[op.target.scope], op.target.name) if isinstance(op.target, Name) else None
        parameters = inspect.signature(called).parameters if called is not None else {}
        return {name: p.default for name, p in parameters.items()}

    def legal(self, steps: Steps) -> bool:
        """Whether all other right ways to do it give the reference's answer: then it is the contract's."""
        lines = self._expected(steps)
        if lines is None or any(isinstance(step.op, ModuleOp) for step in steps):
            return False
        return all(_agrees(lines, scopes) for scopes in self.witnesses)


def _agrees(lines: Steps, scopes: Scopes) -> bool:
    side, given = Interpreter(scopes), None
    last = lines[-1]
    try:
        with quiet():
            for line in lines:
                given = wire.snapshot(side.execute(line.op))  # type: ignore[arg-type]
    except Exception as error:
        return last.expected_error in (c.__name__ for c in type(error).__mro__)
    return not last.expected_error and agree(last.expected, given, last.tolerance)


def alike(one: Entry, other: Entry) -> bool:
    """Whether two answers are wrong in the same way: the same exception, or the same kind of difference."""
    if one.failure is not None or other.failure is not None:
        both = one.failure is not None and other.failure is not None
        return both and one.failure.kind == other.failure.kind != ""  # type: ignore[union-attr]
    return _difference(one) == _difference(other)


def _difference(entry: Entry) -> tuple[object, Path]:
    found = entry.difference
    return (found and found.aspect, found.path if found else ())
