"""What was asked, expected and answered, for programs and for pictures."""

from __future__ import annotations

from typing import Any

from ..model import CheckResult, Record, record
from ..model.findings import Asked, Mismatch, Numbers, Outline, Told
from .message import called


@record()
class Evidence(Record):
    """The first difference found, with enough of both arrays to draw them.

    `expected` and `actual` are the 2-D slices around the first difference, as nested lists;
    `origin` is the index of their upper left corner in the whole array. `inputs` says for each argument of the call
    its `name` (None without a keyword) and its `shape`, `dtype` and `values` (None for more than twenty), or, of what
    is no array, its `value`. Of small answers, `whole_expected` and `whole_actual` are all values.
    """

    call: str
    expected_shape: list[int] | None = None
    actual_shape: list[int] | None = None
    index: list[int] | None = None
    expected_value: float | str | None = None
    actual_value: float | str | None = None
    max_error: float | str | None = None
    expected: list[list[float]] | None = None
    actual: list[list[float]] | None = None
    origin: list[int] | None = None
    inputs: list[dict[str, Any]] | None = None
    whole_expected: Any = None
    whole_actual: Any = None


def evidence(check: CheckResult) -> Evidence | None:
    """Of a check's first finding; None where nothing was asked."""
    found = check.findings[0] if check.findings else None
    if isinstance(found, Told):
        return Evidence(**found.evidence) if found.evidence else None
    if found is None or found.asked is None:
        return None
    fields: dict[str, Any] = {"inputs": _inputs(found.asked)}
    if isinstance(found, Mismatch):
        fields |= _numbers(found.numbers) if found.numbers else {}
        if found.whole is not None:
            fields["whole_expected"], fields["whole_actual"] = map(_data, found.whole)
    return Evidence(called(found), **fields)


def _numbers(found: Numbers) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "expected_shape": list(found.expected_shape),
        "actual_shape": list(found.actual_shape),
        "expected": found.expected,
        "actual": found.actual,
        "origin": list(found.origin or ()),
    }
    if found.index is None:
        return fields
    numbers = {name: _value(getattr(found, name)) for name in ("expected_value", "actual_value", "max_error")}
    return fields | {"index": list(found.index)} | numbers


def _value(number: Any) -> float | str | None:
    return None if number is None else _data(float(number))


def _inputs(asked: Asked) -> list[dict[str, Any]]:
    return [{"name": name} | _input(value) for name, value in asked.arguments or ()]


def _input(value: Any) -> dict[str, Any]:
    """Arrays with shape and dtype, and their numbers if they are few."""
    from .values import outline

    found = outline(value)
    if found is None:
        return {"value": _data(value)}
    whole = None if isinstance(value, Outline) else _data(value)
    return {"shape": list(found.shape), "dtype": found.dtype, "values": whole}


def _data(value: Any) -> Any:
    from .values import data  # NumPy, which a page without arrays does not need

    return data(value)
