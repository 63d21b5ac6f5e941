"""What was asked for one case of a case space, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from ..checks.compare import agree, as_array
from ..checks.log import Entry
from ..sandbox.inside.ops import Call, Inspect, Op
from ..sandbox.inside.wire import Array, Name, Opaque, Ref

Several = (list, tuple)
Pair = tuple[np.ndarray, np.ndarray]  # expected, actual
Part = int | str  # a value of an answer that has several, by its number, or by its key in the dict of a helper


class WrongPart(NamedTuple):
    """The answers to one call or of one attribute; with `part`, one value of them, where they have several."""

    call: str
    part: Part | None = None

    def of(self, answer: Any) -> Any:
        """This part of an answer; None where it has none."""
        if self.part is None:
            return answer
        if isinstance(self.part, str):
            return _entry(answer, self.part) if isinstance(answer, dict) else None
        if isinstance(answer, Array) and answer.data.ndim and len(answer.data) > self.part:
            return Array(answer.data[self.part], answer.kind)
        return answer[self.part] if isinstance(answer, Several) and len(answer) > self.part else None

    def wrong_in(self, entry: Entry) -> bool:
        """Whether this was answered, and not as it should be."""
        if entry.call != self.call or not entry.failed or not returned(entry):
            return False
        return self.part is None or not right_values(entry).get(self.part, True)


_right: WeakKeyDictionary[Entry, dict[Part, bool]] = WeakKeyDictionary()


def right_values(entry: Entry) -> dict[Part, bool]:
    """Of each value of an answer that has several, whether it is as it should be."""
    if entry not in _right:
        parts = {key: WrongPart(entry.call, key) for key in _parts(entry)}
        sides = {key: (part.of(entry.expected), part.of(entry.actual)) for key, part in parts.items()}
        _right[entry] = {key: not entry.failed or agree(*pair, entry.tolerance) for key, pair in sides.items()}
    return _right[entry]


def _parts(entry: Entry) -> list[Part]:
    """Those of a list or tuple, and of what a helper puts together in a dict, or for each of several things in one."""
    if isinstance(entry.expected, Several):
        return list(range(len(entry.expected)))
    if not helps(entry.op) or not isinstance(entry.expected, dict):
        return []
    inside = list(entry.expected.values())
    dicts = inside if all(isinstance(value, dict) for value in inside) else [entry.expected]
    return list(dict.fromkeys(key for each in dicts for key in each if isinstance(key, str)))


def _entry(answer: dict[Any, Any], key: str) -> Any:
    """What a dict has of this name, or each dict in it; None where there is nothing of this name."""
    if key in answer:
        return answer[key]
    each = {name: part[key] for name, part in answer.items() if isinstance(part, dict) and key in part}
    return each or None


@dataclass(eq=False, repr=False)
class AskedCase:
    """A case, and the log's entries that belong to it, in order."""

    case: Mapping[str, Any]
    entries: list[Entry] = field(default_factory=list)
    only: WrongPart | None = None  # of what is wrong, all that is looked at
    calls: frozenset[str] | None = None  # whose answers are looked at as if they were wrong
    _pairs: dict[Part | None, list[tuple[Entry, Pair | None]]] = field(default_factory=dict)
    _narrowed: dict[WrongPart, AskedCase] = field(default_factory=dict)

    def narrowed(self, only: WrongPart | None) -> AskedCase:
        """The same case, of which only this is looked at."""
        if only is None:
            return self
        return self._narrowed.setdefault(only, AskedCase(self.case, self.entries, only))

    @cached_property
    def ops(self) -> list[Op]:
        """What was asked of the submission."""
        return [e.op for e in self.asking if e.op is not None]

    @cached_property
    def asking(self) -> list[Entry]:
        """The entries that asked it something."""
        return [e for e in self.entries if e.op is not None]

    @cached_property
    def failed(self) -> list[Entry]:
        """The entries that were wrong, or are looked at as if they were."""
        if self.calls is not None:
            return [e for e in self.entries if e.call in self.calls and returned(e)]
        if self.only is not None:
            return [e for e in self.entries if self.only.wrong_in(e)]
        return [e for e in self.entries if e.failed]

    @property
    def wrong(self) -> bool:
        """Whether any of them was."""
        return any(e.failed for e in self.entries)

    @property
    def later(self) -> bool:
        """Wrong in nothing but what an answer is after another call."""
        return all(isinstance(e.op, Call) and e.op.then is not None for e in self.entries if e.failed)

    @cached_property
    def answers_only(self) -> bool:
        """Wrong in values that it answered, and in nothing else: no exception, no argument that was changed."""
        return all(map(returned, self.failed))

    def numbers(self, part: Part | None) -> list[tuple[Entry, Pair | None]]:
        """What was wrong, each with both sides as floating point, if they are numbers; of a tuple, one value.

        This value is to be wrong alone, unless nothing else is looked at anyway.
        """
        if part not in self._pairs:
            self._pairs[part] = [(entry, _numbers(entry, part, self.only is None)) for entry in self.failed]
        return self._pairs[part]

    def part(self, answer: Any) -> Any:
        """What is looked at of an answer."""
        return answer if self.only is None else self.only.of(answer)


def _numbers(entry: Entry, part: Part | None, alone: bool) -> Pair | None:
    """Expected and actual as floating point, if both are numbers; of a tuple, one value: `alone` wrong, perhaps."""
    expected, actual = entry.expected, entry.actual
    if part is not None:
        if alone and not _only_wrong(entry, part):
            return None
        value = WrongPart(entry.call, part)
        expected, actual = value.of(expected), value.of(actual)
    found = as_array(expected, tensors=True), as_array(actual, tensors=True)
    if found[0] is None or found[1] is None or "c" in (found[0].dtype.kind, found[1].dtype.kind):
        return None
    return found[0].astype(np.float64), found[1].astype(np.float64)


def _only_wrong(entry: Entry, part: Part) -> bool:
    if part not in right_values(entry) or WrongPart(entry.call, part).of(entry.actual) is None:
        return False
    return all(right for other, right in right_values(entry).items() if other != part)


def returned(entry: Entry) -> bool:
    """Whether it is about a value that was answered: no exception, no argument that was changed."""
    return entry.failure is None and entry.judged and not isinstance(entry.op, Inspect)


def wrong_parts(wrong: Iterable[AskedCase]) -> list[WrongPart]:
    """All that is wrong in these cases and can be called by its name, what is wrong most often first."""
    entries = [e for asked in wrong for e in asked.failed if returned(e)]
    whole = Counter(WrongPart(e.call) for e in entries if not helps(e.op))
    parts = Counter(part for e in entries for part in _values(e) if part.wrong_in(e))
    return [*(part for part, _ in whole.most_common()), *(part for part, _ in parts.most_common())]


def _values(entry: Entry) -> list[WrongPart]:
    """The values of an answer that has several, where they have names or numbers."""
    several = isinstance(entry.expected, dict if helps(entry.op) else tuple)
    return [WrongPart(entry.call, part) for part in right_values(entry)] if several else []


def helps(op: Op | None) -> bool:
    """Whether a helper of the exercise is called."""
    return isinstance(op, Call) and isinstance(op.target, Name) and op.target.scope == "kit"


def in_words(entry: Entry) -> str:
    """What is called or read, in the student's words; nothing where it has none.

    A helper that is asked about an object says so by its name.
    """
    if not helps(entry.op):
        return entry.call
    kept, attribute = about_object(entry.op.positional() if isinstance(entry.op, Call) else [], entry.objects)
    if not isinstance(kept, Opaque):
        return ""
    return f"{kept.type_name}.{attribute}" if attribute else f"{kept.type_name}: {spoken(entry.call)}"


def about_object(given: Sequence[Any], objects: Mapping[int, Any]) -> tuple[Any, str]:
    """The object that a helper is asked about by these arguments, and its attribute, if one is named."""
    kept = objects.get(given[0].id) if given and isinstance(given[0], Ref) else None
    named = len(given) == 2 and isinstance(given[1], str) and given[1].isidentifier()
    return kept, given[1] if named else ""


def spoken(helper: str) -> str:
    """A helper's name as words: `running_mean_of` asks for the running mean."""
    return helper.removesuffix("_of").replace("_", " ")


def by_case(entries: Iterable[Entry]) -> list[AskedCase]:
    """The entries of each case together."""
    found: dict[int, AskedCase] = {}
    for entry in entries:
        if entry.case is not None:
            found.setdefault(id(entry.case), AskedCase(entry.case)).entries.append(entry)
    return list(found.values())
