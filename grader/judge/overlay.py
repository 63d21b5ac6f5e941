"""A map in [0, 1] over the image that it was computed from, as numbers; `html` draws it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..checks.compare import as_array
from ..checks.log import Entry, Log
from ..model import Overlay
from ..sandbox.inside.ops import Call
from ..sandbox.inside.wire import Array

LIMIT = 40  # pixels per side; larger pictures are thinned out


def overlay(log: Log) -> Overlay | None:
    """The first wrong answer that is a map as large as one of its inputs, or the last right one."""
    found = [(e, picture) for e in log.entries if (picture := _picture(e)) is not None]
    wrong = (picture for entry, picture in found if entry.failed)
    return next(wrong, found[-1][1] if found else None)


def _picture(entry: Entry) -> Overlay | None:
    expected, actual = _map(entry.expected), _map(entry.actual)
    if expected is None or actual is None or expected.shape != actual.shape:
        return None
    given = [entry.op.args, entry.op.kwargs] if isinstance(entry.op, Call) else []
    image = next((a for a in _arrays(given) if a.shape[-2:] == expected.shape), None)
    if image is None:
        return None
    gray = image.reshape(-1, *expected.shape).astype(np.float64).mean(axis=0)
    return Overlay(_rows(_scaled(gray)), _rows(expected), _rows(actual))


def _map(value: Any) -> np.ndarray | None:
    array = as_array(value, tensors=True) if value is not None else None
    if array is None or array.ndim != 2 or array.size == 0 or array.dtype.kind not in "iuf":
        return None
    return np.nan_to_num(array.astype(np.float64), nan=0.0, posinf=1.0, neginf=0.0)


def _arrays(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, Array) and value.data.ndim >= 2:
        yield value.data
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _arrays(item)


def _scaled(gray: np.ndarray) -> np.ndarray:
    low, high = float(gray.min()), float(gray.max())
    return (gray - low) / (high - low) if high > low else np.full_like(gray, 0.5)


def _rows(array: np.ndarray) -> list[list[float]]:
    step = -(-max(array.shape) // LIMIT)
    return [[round(float(v), 3) for v in row] for row in np.clip(array, 0, 1)[::step, ::step]]
