"""A failed call in words and numbers: the message and the evidence of a check."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..checks.compare import Difference
from ..checks.log import Entry
from ..clean import clean
from ..model import Evidence
from ..report import values
from ..report.wording import MAX_CALL
from ..sandbox.inside.ops import Call
from ..sandbox.inside.wire import Array, Ref

WINDOW = 12  # rows and columns of an array that are shown


def failure_message(entry: Entry) -> str:
    """What the student reads: the call, then what went wrong with it."""
    if entry.failure is not None:
        lines = [called(entry), entry.failure.message]
    else:
        assert entry.difference is not None
        lines = [called(entry), f"{entry.difference.what}.", *_numbers(entry.difference)]
        if whole := _whole(entry):
            lines.append(values.compared(*whole))
    return clean("\n".join(line for line in lines if line))


def called(entry: Entry) -> str:
    """The call with its arguments as they were passed, as Python that can be pasted if all of them are small."""
    if not isinstance(entry.op, Call):
        return clean(entry.call, MAX_CALL)
    writer = values.Writer(code=True, objects=entry.objects)
    parts = [f"{name}={writer.text(v)}" if name else writer.text(v) for name, v in _arguments(entry)]
    note = "  # rounded" if writer.rounded else ""
    note += "  # called again with the same arguments" if entry.op.times > 1 else ""
    return clean(f"{entry.call}({', '.join(parts)}){note}", MAX_CALL)


def _arguments(entry: Entry) -> list[tuple[str | None, Any]]:
    """What the call was given, with keywords; none for what is no call."""
    if not isinstance(entry.op, Call):
        return []
    return [*((None, value) for value in entry.op.positional()), *entry.op.kwargs.items()]


def _whole(entry: Entry) -> tuple[Any, Any] | None:
    """Expected and actual, if they are compared, what is expected is short, and there is more to them than a number.

    Of a large list, dict or tuple it is the part that differs.
    """
    found = entry.difference
    if found is None or entry.expected is None or entry.expected_error or not entry.judged:
        return None
    pair: tuple[Any, Any] = (entry.expected, entry.actual)
    collection = isinstance(entry.expected, (list, tuple, dict)) and values.is_small(entry.expected)
    if found.expected is not None and found.actual is not None and not collection:
        if found.index is not None and found.expected.size == 1:
            return None
        pair = (Array(found.expected), Array(found.actual))
    several = any(isinstance(v, (Array, list, tuple, dict)) for v in pair)
    return pair if several and values.is_small(pair[0]) else None


def _numbers(found: Difference) -> list[str]:
    if found.expected is None or found.actual is None:
        return []
    lines = [f"shape: expected {found.expected.shape}, got {found.actual.shape}"]
    if found.index is not None:
        at = f"[{', '.join(map(str, found.index))}]" if found.index else "value"
        lines.append(f"first at {at}: expected {_number(found.expected, found)}, got {_number(found.actual, found)}")
        lines.append(f"largest error: {found.max_error:.6g}")
    return lines


def _number(array: np.ndarray, found: Difference) -> str:
    assert found.index is not None
    return f"{array[found.index]:.8g}" if array.dtype.kind in "iuf" else str(array[found.index])


def evidence(entry: Entry) -> Evidence:
    """The same for programs and for pictures."""
    found = entry.difference
    base: dict[str, Any] = {"inputs": _inputs(entry)}
    if whole := _whole(entry):
        base["whole_expected"], base["whole_actual"] = map(values.data, whole)
    if found is None or found.expected is None or found.actual is None:
        return Evidence(called(entry), **base)
    base |= {
        "expected_shape": list(found.expected.shape),
        "actual_shape": list(found.actual.shape),
    }
    if found.index is None:
        return Evidence(called(entry), **base, **_windows(found, None))
    return Evidence(
        called(entry),
        **base,
        index=list(found.index),
        expected_value=_value(found.expected[found.index]),
        actual_value=_value(found.actual[found.index]),
        max_error=_value(found.max_error),
        **_windows(found, found.index),
    )


def _inputs(entry: Entry) -> list[dict[str, Any]]:
    resolved = ((name, entry.objects.get(v.id, v) if isinstance(v, Ref) else v) for name, v in _arguments(entry))
    return values.inputs(resolved)


def _value(number: Any) -> float | str | None:
    if number is None:
        return None
    value = float(number)
    return value if np.isfinite(value) else str(value)


def _windows(found: Difference, index: tuple[int, ...] | None) -> dict[str, Any]:
    """2-D excerpts around the first difference; the leading axes are fixed at its index."""
    assert found.expected is not None
    assert found.actual is not None
    lead = index[:-2] if index is not None and len(index) > 2 else (0,) * max(found.expected.ndim - 2, 0)
    corner = (0, 0)
    if index is not None and len(index) >= 2:
        corner = (max(0, index[-2] - WINDOW // 2), max(0, index[-1] - WINDOW // 2))
    elif index is not None and len(index) == 1:
        corner = (0, max(0, index[0] - WINDOW // 2))
    origin = [*lead, *corner][-max(found.expected.ndim, 1) :]
    return {
        "expected": _excerpt(found.expected, lead, corner),
        "actual": _excerpt(found.actual, lead, corner),
        "origin": origin,
    }


def _excerpt(array: np.ndarray, lead: tuple[int, ...], corner: tuple[int, int]) -> list[list[Any]] | None:
    if array.dtype.kind not in "iufb" or array.size == 0:
        return None
    while array.ndim > 2:
        array = array[min(lead[0], array.shape[0] - 1)] if lead else array[0]
        lead = lead[1:]
    plane = np.atleast_2d(array)
    rows = slice(corner[0], corner[0] + WINDOW)
    columns = slice(corner[1], corner[1] + WINDOW)
    return [[_value(v) for v in row] for row in plane[rows, columns]]
