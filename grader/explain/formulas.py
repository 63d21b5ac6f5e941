"""How an expected answer may be changed, whatever the case: turned, rounded, cropped, moved …"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from ..model.explanation import Likeness

INPUT = "dtype of the input"  # beside the factors of a case
AXES = {"row": (-2,), "column": (-1,), "row and column": (-2, -1)}
STEPS = {
    "a row down": (1, 0),
    "a row up": (-1, 0),
    "a column to the right": (0, 1),
    "a column to the left": (0, -1),
    "a row down and a column to the right": (1, 1),
    "a row up and a column to the left": (-1, -1),
}

Case = Mapping[str, Any]
Formula = Callable[[np.ndarray, np.ndarray, Case], "np.ndarray | None"]  # expected, actual, case → what it would be
Named = tuple[Likeness, Any, Formula]
Plain = Callable[[np.ndarray], np.ndarray]
OTHER_SHAPES = (Likeness.LONGER, Likeness.SHORTER, Likeness.OVERLAPPING)
SIZES = {-2: "rows", -1: "columns"}
# Said of an answer, whatever the right one is.
WHATEVER = (
    *(Likeness.NOT_FINITE, Likeness.HOLES, Likeness.SIZE),
    *(Likeness.EMPTY, Likeness.NUMBER, Likeness.AXES),
)


def fixed() -> Iterator[Named]:
    """All changes, the plainest first."""
    for what, least, change in PLACES:
        yield what, None, _of_axes(least, change)
    for what, change in VALUES.items():
        yield what, None, _of_axes(0, change)
    yield Likeness.REVERSED, None, lambda e, a, case: e[::-1] if e.ndim in (1, 3, 4) else None
    yield Likeness.SWAPPED, None, _of_axes(3, lambda e: e.swapaxes(0, 1))
    yield Likeness.WRAPPED, None, _wrapped
    for name, axes in AXES.items():
        yield Likeness.CROPPED, name, _of_axes(2, partial(_cropped, axes, slice(None, -1)))
        yield Likeness.CROPPED_START, name, _of_axes(2, partial(_cropped, axes, slice(1, None)))
        yield Likeness.BLANKED, name, _of_axes(2, partial(_blanked, axes))
    for name, step in STEPS.items():
        yield Likeness.ROLLED, name, _of_axes(2, partial(_rolled, step))
        yield Likeness.MOVED, name, _of_axes(2, partial(_moved, step))
    yield Likeness.FRAMED, None, _of_axes(2, lambda e: np.pad(e, [(0, 0)] * (e.ndim - 2) + [(1, 1)] * 2))
    for what, change in SHRUNK.items():
        yield what, None, partial(_shrunk, change)


PLACES: list[tuple[Likeness, int, Plain]] = [
    (Likeness.TRANSPOSED, 2, lambda e: e.swapaxes(-1, -2)),
    (Likeness.TURNED, 2, lambda e: e[..., ::-1, ::-1]),
    (Likeness.ROWS_REVERSED, 2, lambda e: e[..., ::-1, :]),
    (Likeness.COLUMNS_REVERSED, 2, lambda e: e[..., ::-1]),
]
VALUES: dict[Likeness, Plain] = {
    Likeness.NEGATED: lambda e: -e,
    Likeness.ABSOLUTE: np.abs,
    Likeness.POSITIVE: lambda e: np.maximum(e, 0),
    Likeness.ROUNDED: np.rint,
    Likeness.FLOORED: np.floor,
    Likeness.CUT: np.trunc,
    Likeness.COMPLEMENT: lambda e: 1 - e,
    Likeness.SQUARED: np.square,
    Likeness.ROOT: np.sqrt,
    Likeness.INVERSE: lambda e: 1 / e,
    Likeness.ZERO: np.zeros_like,
}
SHRUNK: dict[Likeness, Plain] = {
    Likeness.FIRST: lambda e: e[0],
    Likeness.SUMMED: lambda e: e.sum(axis=0),
    Likeness.AVERAGED: lambda e: e.mean(axis=0),
    Likeness.CUMULATED: lambda e: e.cumsum(axis=0),
}


def _of_axes(least: int, change: Plain) -> Formula:
    """One for answers of so many axes or more, none of which is empty."""
    return lambda e, a, case: change(e) if e.ndim >= least and e.size else None


def _shrunk(change: Plain, e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    return change(e) if e.ndim and len(e) else None


def _rolled(step: tuple[int, int], e: np.ndarray) -> np.ndarray:
    return np.roll(e, step, (-2, -1))


def _cropped(axes: tuple[int, ...], piece: slice, e: np.ndarray) -> np.ndarray:
    for axis in axes:
        e = e[..., piece, :] if axis == -2 else e[..., piece]
    return e


def _blanked(axes: tuple[int, ...], e: np.ndarray) -> np.ndarray:
    e = e.copy()
    for axis in axes:
        e[(..., -1, slice(None)) if axis == -2 else (..., -1)] = 0
    return e


def _moved(step: tuple[int, int], e: np.ndarray) -> np.ndarray:
    down, right = step
    rows, columns = e.shape[-2:]
    padded = np.pad(e, [(0, 0)] * (e.ndim - 2) + [(1, 1)] * 2)
    return padded[..., 1 - down : 1 - down + rows, 1 - right : 1 - right + columns]


def _wrapped(e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    """As whole numbers of the input's type, which wrap round."""
    dtype = case[INPUT]
    if dtype is None or dtype.kind not in "iu" or not np.isfinite(e).all() or np.abs(e).max(initial=0) >= 1 << 62:
        return None
    wrapped: np.ndarray = np.trunc(e).astype(np.int64).astype(dtype).astype(np.float64)
    return wrapped


def weak() -> Iterator[Named]:
    """What says least."""
    yield Likeness.RESHAPED, None, lambda e, a, case: e.reshape(a.shape) if e.size == a.size else None
    yield Likeness.REORDERED, None, _reordered
    for number in (0.0, 1.0, np.nan):
        yield Likeness.HOLES, number, partial(holes, number)
    yield Likeness.NOT_FINITE, None, _not_finite
    for what in OTHER_SHAPES:
        yield what, None, partial(_other_shape, what)
    yield Likeness.EMPTY, None, lambda e, a, case: a if e.size and not a.size else None
    yield Likeness.NUMBER, None, lambda e, a, case: a if e.ndim and not a.ndim else None
    for gap in (-1, 1):
        yield Likeness.AXES, gap, partial(_more_axes, gap)
    for axis, name in SIZES.items():
        yield Likeness.ONE_SIZE, name, partial(_one_size, axis)


def sides() -> Iterator[Named]:
    """On which side of the expected answer the actual one lies, where it is wrong."""
    for what, bound in BOUNDS.items():
        yield what, None, partial(_bounded, bound)


# The actual answer, if it is not also wrong on another side of the expected one.
BOUNDS: dict[Likeness, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    Likeness.TOO_LARGE: np.maximum,
    Likeness.TOO_SMALL: np.minimum,
    Likeness.TOO_FAR: lambda e, a: np.where((np.sign(a) == np.sign(e)) & (abs(a) > abs(e)), a, e),
    Likeness.TOO_NEAR: lambda e, a: np.where((np.sign(a) == np.sign(e)) & (abs(a) < abs(e)), a, e),
}


def _bounded(
    bound: Callable[[np.ndarray, np.ndarray], np.ndarray], e: np.ndarray, a: np.ndarray, case: Case
) -> np.ndarray | None:
    return bound(e, a) if e.shape == a.shape and np.isfinite(a).all() else None


def _more_axes(gap: int, e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    return a if a.ndim - e.ndim == gap and a.size else None


def _one_size(axis: int, e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    """The actual answer, if it has the right size along all axes but this one."""
    if e.ndim != a.ndim or e.ndim < max(-axis, 2) or not a.size:
        return None
    pairs = list(zip(e.shape, a.shape, strict=True))
    one, other = pairs.pop(axis)
    return a if one != other and all(n == m for n, m in pairs) else None


def _not_finite(e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    """The expected answer, but for what is no number or infinite in the actual one."""
    return np.where(np.isfinite(a), e, a) if e.shape == a.shape and not np.isfinite(a).all() else None


def holes(number: float, e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    """The expected answer, but with this number wherever the actual one has it."""
    if e.shape != a.shape:
        return None
    return np.where(np.isnan(a) if np.isnan(number) else a == number, number, e)


def _other_shape(what: Likeness, e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    """The actual answer with the expected values where both have some; one without rows may also lack other axes."""
    if e.size and not a.size and what is Likeness.SHORTER:
        return a
    if e.ndim != a.ndim or e.shape == a.shape or not e.size:
        return None
    pairs = list(zip(e.shape, a.shape, strict=True))
    longer, shorter = all(n <= m for n, m in pairs), all(n >= m for n, m in pairs)
    if (what is Likeness.LONGER and not longer) or (what is Likeness.SHORTER and not shorter):
        return None
    made = a.copy()
    made[common(e, a)] = e[common(e, a)]
    return made


def _reordered(e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    if e.shape != a.shape:
        return None
    made = np.empty(a.size)
    made[np.argsort(a, axis=None, kind="stable")] = np.sort(e, axis=None)
    return made.reshape(a.shape)


def common(one: np.ndarray, other: np.ndarray) -> tuple[slice, ...]:
    """Where both have values, from the first on."""
    return tuple(slice(min(sizes)) for sizes in zip(one.shape, other.shape, strict=True))
