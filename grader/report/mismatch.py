"""What is said about an answer that is not the expected one."""

from __future__ import annotations

from math import prod
from typing import Any

from ..model.findings import Aspect, Mismatch, Numbers, Outline


def difference(found: Mismatch) -> str:
    where = _part(found)
    match found.aspect:
        case Aspect.KIND if same_kind(found):
            return f"{where} should be {found.expected!r}, but is {found.actual!r}"
        case Aspect.KIND:
            wanted = "a dict" if _is_dict(found.expected) else _described(found.expected)
            return f"{where} should be {wanted}, but is {_described(found.actual)}"
        case Aspect.MISSING:
            return f"{where} lacks the entry {found.expected!r}"
        case Aspect.EXTRA:
            return f"{where} has an entry too many: {found.actual!r}"
        case Aspect.LENGTH:
            return f"{where} should have {found.expected} entries, but has {found.actual}"
        case Aspect.DTYPE:
            return f"{where} should be floating point, but is {_dtype(found.actual)}"
        case Aspect.CHANGED:
            return _changed(found.path)
        case Aspect.RETURNED:
            return f"the call should raise {found.expected}, but returns a value"
        case Aspect.UNUSABLE:
            return f"the check cannot go on with this answer: {_described(found.actual)}"
    assert found.numbers is not None, "what differs is an array"
    return f"{where} {_array_difference(found.aspect, found.numbers)}"


def same_kind(found: Mismatch) -> bool:
    """Whether these are two truth values or texts, of which only the value is wrong."""
    return any(isinstance(found.expected, kind) and isinstance(found.actual, kind) for kind in (bool, str))


def _part(found: Mismatch) -> str:
    """What of the result differs: by its name in the contract, if it has one."""
    first, *rest = found.path or ("",)
    parts = found.asked.parts if found.asked is not None else ()
    helped = found.asked is not None and (bool(found.asked.tried) or ": " in found.asked.call)
    if not found.path:
        return _attribute(found) or "the result"
    if isinstance(first, int) and isinstance(parts, str):
        named = parts.format(first)
    elif isinstance(first, int) and first < len(parts):
        named = f"`{parts[first]}`"
    elif helped and isinstance(first, int):
        named = f"answer {first + 1}"
    elif helped:
        named = f"“{first}”"  # of a helper's dict, in its author's words
    else:
        named = f"[{first!r}]"
    return named + "".join(f", “{step}”" if helped and isinstance(step, str) else f"[{step!r}]" for step in rest)


def _attribute(found: Mismatch) -> str:
    """The name of the attribute that was read, if it was one."""
    asked = found.asked
    if asked is None or asked.arguments is not None or asked.call.count(".") != 1 or " " in asked.call:
        return ""
    return f"`{asked.call.partition('.')[2]}`"


def _changed(path: tuple[Any, ...]) -> str:
    """Which argument the call changed, and what of it, unless it is the values."""
    name = str(path[0]) if path else "an argument"
    part = {"dtype": "the dtype of ", "strides": "the strides of ", "grad": "the `.grad` of "}
    named = f"`{name}`" if name.isidentifier() else name
    return f"{part.get(str(path[-1]), '') if len(path) > 1 else ''}{named} was changed by the call"


def _array_difference(aspect: Aspect, found: Numbers) -> str:
    if aspect is Aspect.SHAPE:
        return f"should have the shape {found.expected_shape}, but has {found.actual_shape}"
    if aspect is Aspect.FINITE:
        return f"contains {float(found.actual_value)}"
    if not found.expected_shape:
        return "is wrong"
    if prod(found.expected_shape) == 1:
        return f"has the right shape {found.expected_shape}, but its only value is wrong"
    count = f"{found.wrong} of {prod(found.expected_shape)} values differ"
    return f"has the right shape {found.expected_shape}, but {count}"


def figures(found: Numbers | None) -> list[str]:
    if found is None:
        return []
    lines = [f"shape: expected {found.expected_shape}, got {found.actual_shape}"]
    if found.index is not None:
        at = f"[{', '.join(map(str, found.index))}]" if found.index else "value"
        lines.append(f"first at {at}: expected {_number(found.expected_value)}, got {_number(found.actual_value)}")
        lines.append(f"largest error: {found.max_error:.6g}")
    return lines


def first_difference(found: Numbers) -> str:
    """Where the first difference is and how large the largest one, or nothing."""
    if found.index is None:
        return ""
    at = f"First at {list(found.index)}: e" if prod(found.expected_shape) > 1 else "E"
    values = f"{at}xpected {_number(found.expected_value)}, got {_number(found.actual_value)}"
    return f"{values}{_largest(found)}."


def _largest(found: Numbers) -> str:
    """Worth saying of several values, and where no NaN or infinity is worse than any error."""
    error = found.max_error
    finite = error is not None and _finite(error) and _finite(found.actual_value)
    return f"; largest error {error:.6g}" if finite and prod(found.expected_shape) > 1 else ""


def _finite(value: float) -> bool:
    return value - value == 0


def _number(value: Any) -> str:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return f"{value + 0.0 if value == 0 else value:.8g}" if plain else str(value)


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, Outline) and value.kind == "dict")


def _dtype(value: Any) -> str:
    from .values import outline

    found = outline(value)
    return found.dtype if found else _described(value)


def _described(value: Any) -> str:
    from .values import described

    return described(value)
