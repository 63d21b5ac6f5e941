"""What went wrong with an operation, from the log's entry to a finding: plain data of a bounded size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..checks.compare import Difference
from ..checks.log import Entry
from ..explain.asked import about_object, spoken
from ..model import CheckResult, Finding
from ..model.explanation import AnswerRelation, Likeness, Piece
from ..model.findings import Asked, Aspect, Mismatch, Numbers, Outline, Unmet
from ..report.values import FEW, data, is_small
from ..sandbox.inside.ops import Call, Op
from ..sandbox.inside.wire import Array, Name, Opaque, Ref
from .results import passed

WINDOW = 12  # rows and columns of an array that are kept
KIT = "kit"  # the scope of an exercise's own helpers
MOST_TEXT = 400  # characters


def finding(entry: Entry) -> Finding:
    """Why this entry fails its check."""
    if entry.failure is not None:
        return entry.failure.finding.after(_asked(entry))
    if entry.unmet:
        return Unmet(asked=_asked(entry), text=entry.unmet)
    assert entry.difference is not None, "the entry agrees"
    return _mismatch(entry, entry.difference)


def unusable(entry: Entry) -> Finding:
    """An answer of the submission's that the check has to work with and cannot."""
    return Mismatch(asked=_asked(entry), aspect=Aspect.UNUSABLE, actual=_kept(entry.actual, entry.objects))


def with_parts(check: CheckResult, parts: Mapping[str, tuple[str, ...] | str]) -> CheckResult:
    """The result, with the contract's names for the values that its calls return."""

    def named(found: Finding | None) -> Finding | None:
        known = parts.get(found.asked.call) if found is not None and found.asked is not None else None
        if found is None or found.asked is None or known is None:
            return found
        return found.after(replace(found.asked, parts=known))

    if not parts or passed(check):
        return check
    explained = check.explanation
    if explained is not None:
        relation = _named_part(explained.relation, parts)
        explained = replace(explained, smallest=named(explained.smallest), relation=relation)
    return replace(check, findings=tuple(f for f in map(named, check.findings) if f), explanation=explained)


def _named_part(relation: AnswerRelation | None, parts: Mapping[str, tuple[str, ...] | str]) -> AnswerRelation | None:
    """A relation of one value of several, with its name."""
    if relation is not None and relation.what is Likeness.APART:
        return replace(relation, value=tuple(tuple(_in_contract(p, parts) for p in side) for side in relation.value))
    if relation is None or len(relation.subjects) != 1:
        return relation
    return replace(relation, name=_name(relation.subjects[0], relation.part, parts) or relation.name)


def _in_contract(piece: Piece, parts: Mapping[str, tuple[str, ...] | str]) -> Piece:
    """One of several answers, with the contract's name."""
    return replace(piece, name=_name(piece.call, piece.part, parts) or piece.name)


def _name(call: str, part: int | str | None, parts: Mapping[str, tuple[str, ...] | str]) -> str:
    """What the contract calls this value of an answer, if anything."""
    known = parts.get(call, ())
    return known[part] if isinstance(known, tuple) and isinstance(part, int) and part < len(known) else ""


def _mismatch(entry: Entry, found: Difference) -> Mismatch:
    whole = _whole(entry, found)
    return Mismatch(
        asked=_asked(entry),
        aspect=found.aspect,
        expected=_kept(found.expected, entry.objects),
        actual=_kept(found.actual, entry.objects),
        path=found.path,
        numbers=_numbers(found),
        whole=None if whole is None else (_kept(whole[0], entry.objects), _kept(whole[1], entry.objects)),
    )


def _asked(entry: Entry) -> Asked:
    """The call with its arguments as they were passed."""
    op = entry.after or entry.op
    earlier = tuple(map(_asked, entry.earlier))
    if not isinstance(op, Call):
        return Asked(entry.call, earlier=earlier)
    given = [*((None, value) for value in op.positional()), *op.kwargs.items()]
    if _of_kit(op) and (words := _asked_of_object(entry.call, [value for _, value in given], entry.objects)):
        return Asked(words, earlier=earlier)
    arguments = tuple((name, _kept(value, entry.objects)) for name, value in given)
    tried = tuple(value.name for _, value in given if isinstance(value, Name)) if _of_kit(op) else ()
    factors = tuple(entry.unusual.items()) if tried and entry.case is not None else None
    asked = Asked(entry.call, arguments, op.times, tried=tried, factors=factors, recorded=op.recorded, earlier=earlier)
    return replace(asked, later=op.then is not None, instance=isinstance(op.target, Ref) and not op.attr)


def _asked_of_object(helper: str, given: Sequence[Any], objects: Mapping[int, Any]) -> str:
    """What a helper asks about one of the student's objects, in words: of an attribute, if one is named."""
    kept, attribute = about_object(given, objects)
    if isinstance(kept, Array):
        return f"the input: {spoken(helper)}"
    if not isinstance(kept, Opaque):
        return ""
    name, words = f".{attribute}" if attribute else "", spoken(helper)
    return f"{kept.type_name}{name}" if name and words == "values" else f"{kept.type_name}{name}: {words}"


def _of_kit(op: Op | None) -> bool:
    """Whether a helper of the exercise's own is called."""
    return isinstance(op, Call) and isinstance(op.target, Name) and op.target.scope == KIT


def _kept(value: Any, objects: dict[int, Any]) -> Any:
    """The value with what is large in it as an outline; `objects` says what stands behind a Ref."""
    match value:
        case Array(data=array, kind=kind):
            return value if array.size > 0 and is_small(value) else Outline(kind, array.shape, array.dtype.name)
        case Ref(id=number):
            return _kept(objects[number], {}) if number in objects else Opaque("object")
        case str():
            return value[:MOST_TEXT]
        case list() | tuple() | dict():
            return _collection(value, objects)
    return value


def _collection(value: list[Any] | tuple[Any, ...] | dict[Any, Any], objects: dict[int, Any]) -> Any:
    if len(value) > FEW and not is_small(value):
        return Outline(type(value).__name__, (len(value),))
    if isinstance(value, dict):
        return {_kept(k, objects): _kept(v, objects) for k, v in value.items()}
    return type(value)(_kept(v, objects) for v in value)


def _whole(entry: Entry, found: Difference) -> tuple[Any, Any] | None:
    """Expected and actual, if they are compared, what is expected is short, and there is more to them than a number.

    Of a large list, dict or tuple it is the part that differs, of a helper's dict the entry; of an argument that was
    changed only its numbers.
    """
    changed = found.aspect is Aspect.CHANGED
    if entry.expected is None or entry.expected_error or not entry.judged or (changed and found.numbers is None):
        return None
    if _of_kit(entry.op) and found.path and _is_plain(found.expected, found.actual):
        return None  # what differs is told in a sentence, and the rest is right
    pair: tuple[Any, Any] = (entry.expected, entry.actual)
    if _of_kit(entry.op) and found.path and all(isinstance(v, dict) and found.path[0] in v for v in pair):
        pair = (entry.expected[found.path[0]], entry.actual[found.path[0]])
    collection = isinstance(pair[0], (list, tuple, dict)) and is_small(pair[0]) and not changed
    if found.numbers is not None and not collection:
        if found.index is not None and found.numbers[0].size == 1:
            return None
        pair = (Array(found.numbers[0]), Array(found.numbers[1]))
    several = any(isinstance(v, (Array, list, tuple, dict)) for v in pair)
    return pair if several and is_small(pair[0]) else None


def _is_plain(*values: Any) -> bool:
    """Whether these are single values."""
    return all(isinstance(v, (str, int, float)) or (isinstance(v, Array) and not v.data.ndim) for v in values)


def _numbers(found: Difference) -> Numbers | None:
    if found.numbers is None:
        return None
    expected, actual = found.numbers
    if found.index is None:
        return Numbers(expected.shape, actual.shape, **_windows(expected, actual, None))
    return Numbers(
        expected.shape,
        actual.shape,
        index=found.index,
        expected_value=expected[found.index].item(),
        actual_value=actual[found.index].item(),
        max_error=found.max_error,
        wrong=found.wrong,
        **_windows(expected, actual, found.index),
    )


def _windows(expected: np.ndarray, actual: np.ndarray, index: tuple[int, ...] | None) -> dict[str, Any]:
    """2-D excerpts around the first difference; the leading axes are fixed at its index."""
    lead = index[:-2] if index is not None and len(index) > 2 else (0,) * max(expected.ndim - 2, 0)
    corner = (0, 0)
    if index is not None and len(index) >= 2:
        corner = (max(0, index[-2] - WINDOW // 2), max(0, index[-1] - WINDOW // 2))
    elif index is not None and len(index) == 1:
        corner = (0, max(0, index[0] - WINDOW // 2))
    return {
        "expected": _excerpt(expected, lead, corner),
        "actual": _excerpt(actual, lead, corner),
        "origin": (*lead, *corner)[-max(expected.ndim, 1) :],
    }


def _excerpt(array: np.ndarray, lead: tuple[int, ...], corner: tuple[int, int]) -> list[list[Any]] | None:
    if array.dtype.kind not in "iufb" or array.size == 0:
        return None
    while array.ndim > 2:
        array = array[min(lead[0], array.shape[0] - 1)] if lead else array[0]
        lead = lead[1:]
    rows, columns = (slice(start, start + WINDOW) for start in corner)
    return [[data(float(v)) for v in row] for row in np.atleast_2d(array)[rows, columns]]
