"""Is the submission's value the expected one? Both are private copies in the wire's form.

Order of judgement: structure, type, exact shape, dtype family, finiteness, values. The first difference is reported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..model import Record, record
from ..model.findings import Aspect
from ..sandbox.inside.wire import Array

Number = int | float
Path = tuple[Any, ...]  # keys and positions inside a value


@record()
class Tolerance(Record):
    """Elementwise: |actual − expected| ≤ rtol·|expected| + atol·max|expected| + floor. Whole numbers are exact.

    The floor is for sums that cancel: where zero is expected, another order of adding leaves a last digit.
    """

    rtol: float = 1e-6
    atol: float = 1e-9
    floor: float = 1e-12
    any_shape: bool = False
    tensors: bool = False
    whole: bool = False  # whole numbers will do where floating point is expected


DOUBLE = Tolerance()
EXACT = Tolerance(rtol=0, atol=0, floor=0, tensors=True)
MANY = 1000
SINGLE = Tolerance(rtol=1e-4, atol=1e-4, floor=1e-6, tensors=True)


@dataclass(frozen=True, eq=False, repr=False)
class Difference:
    """Why two values do not agree: in what, where inside them, and the two parts that differ.

    `numbers` are both as arrays, where both are numeric; `index` is the first difference in them, `wrong` how many
    there are, `max_error` the largest.
    """

    aspect: Aspect
    path: Path
    expected: Any
    actual: Any
    numbers: tuple[np.ndarray, np.ndarray] | None = None
    index: tuple[int, ...] | None = None
    wrong: int = 0
    max_error: float | None = None


def difference(expected: Any, actual: Any, tolerance: Tolerance = DOUBLE, path: Path = ()) -> Difference | None:
    """None if `actual` agrees with `expected`, else the first difference; `path` leads to both."""
    if isinstance(expected, dict):
        return _dict_difference(expected, actual, tolerance, path)
    if isinstance(expected, (list, tuple)):
        return _sequence_difference(expected, actual, tolerance, path)
    if isinstance(expected, (Array, int, float)) and not isinstance(expected, bool):
        return _number_difference(expected, actual, tolerance, path)
    if type(expected) is type(actual) and expected == actual:
        return None
    return Difference(Aspect.KIND, path, expected, actual)


def agree(expected: Any, actual: Any, tolerance: Tolerance = DOUBLE) -> bool:
    """Whether two values are the same within the tolerance; what cannot even be compared is not."""
    try:
        arrays = isinstance(expected, Array) and isinstance(actual, Array)
        return not (arrays and _far_apart(expected.data, actual.data, tolerance)) and (
            difference(expected, actual, tolerance) is None
        )
    except Exception:  # expected values can be compared: it is the answer's doing
        return False


def _dict_difference(expected: dict[Any, Any], actual: Any, tolerance: Tolerance, path: Path) -> Difference | None:
    if not isinstance(actual, dict):
        return Difference(Aspect.KIND, path, expected, actual)
    if missing := [k for k in expected if k not in actual]:
        return Difference(Aspect.MISSING, path, missing[0], None)
    if extra := [k for k in actual if k not in expected]:
        return Difference(Aspect.EXTRA, path, None, extra[0])
    found = (difference(v, actual[k], tolerance, (*path, k)) for k, v in expected.items())
    return next((d for d in found if d), None)


def _sequence_difference(expected: Any, actual: Any, tolerance: Tolerance, path: Path) -> Difference | None:
    rows = actual.data if isinstance(actual, Array) and actual.data.ndim >= 1 else actual
    if not isinstance(rows, (list, tuple, np.ndarray)):
        return Difference(Aspect.KIND, path, expected, actual)
    if len(rows) != len(expected):  # before any row is taken: an array without columns may have 2⁶⁰
        return Difference(Aspect.LENGTH, path, len(expected), len(rows))
    if isinstance(actual, Array):
        actual = [Array(row, actual.kind) for row in rows]
    pairs = enumerate(zip(expected, actual, strict=True))
    found = (difference(e, a, tolerance, (*path, i)) for i, (e, a) in pairs)
    return next((d for d in found if d), None)


def _number_difference(expected: Array | Number, actual: Any, tolerance: Tolerance, path: Path) -> Difference | None:
    want = expected.data if isinstance(expected, Array) else np.asarray(expected)
    tensors = tolerance.tensors or (isinstance(expected, Array) and expected.kind == "tensor")
    got = as_array(actual, tensors=tensors, most=MANY + 4 * want.size)
    if got is None:
        return Difference(Aspect.KIND, path, expected, actual)
    if tolerance.any_shape and got.size == want.size:
        got = got.reshape(want.shape)
    if got.shape != want.shape:
        return Difference(Aspect.SHAPE, path, expected, actual, (want, got))
    if not _fitting_dtype(want, got, tolerance.whole or not isinstance(actual, Array)):
        return Difference(Aspect.DTYPE, path, expected, actual, (want, got))
    return _value_difference(want, got, tolerance, Difference(Aspect.VALUES, path, expected, actual, (want, got)))


def as_array(value: Any, *, tensors: bool = False, most: int = 1 << 62) -> np.ndarray | None:
    """`np.asarray` for what came over the wire: numbers, lists of them, arrays; None for anything else.

    Lists of lists are followed up to `most` entries: converting a million numbers takes long, and is done for every
    misconception.
    """
    if isinstance(value, Array):
        return value.data if tensors or value.kind != "tensor" else None
    if isinstance(value, bool) or not isinstance(value, (int, float, list, tuple)):
        return None
    try:
        array = np.asarray(_plain(value, [most]))
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "iuf" else None


def _plain(value: Any, left: list[int]) -> Any:
    left[0] -= 1
    if isinstance(value, Array):
        return value.data
    if isinstance(value, (list, tuple)):
        return [_plain(v, left) for v in value]
    if not isinstance(value, (int, float)) or left[0] < 0:
        raise ValueError("not a number, or far too many")
    return value


def _fitting_dtype(want: np.ndarray, got: np.ndarray, whole: bool) -> bool:
    """Floating point where that is expected, or `whole` numbers if they will do; any number else."""
    family = {"i": "i", "u": "i", "f": "f", "b": "b"}.get(got.dtype.kind, "other")
    if want.dtype.kind == "f":
        return family == "f" or (whole and family == "i")
    return family in ("i", "f", "b")


def _value_difference(want: np.ndarray, got: np.ndarray, tolerance: Tolerance, found: Difference) -> Difference | None:
    if _surely_the_same(want, got, tolerance):
        return None
    w, g = want.astype(np.float64), got.astype(np.float64)
    both_nan = np.isnan(w) & np.isnan(g)
    with np.errstate(invalid="ignore", over="ignore"):
        error = np.where((w == g) | both_nan, 0.0, np.abs(g - w))
        scale = float(np.max(np.abs(w), where=np.isfinite(w), initial=0.0))
        bound = tolerance.rtol * np.abs(w) + tolerance.atol * scale + tolerance.floor
        bound = bound if want.dtype.kind == "f" else np.zeros_like(bound)  # counts, sizes, masks
        wrong = ~(error <= np.where(np.isfinite(bound), bound, 0.0))
    if not wrong.any():
        return None
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(wrong)), want.shape))
    finite = np.isfinite(g)
    worst = float(np.max(error[finite])) if finite.any() else math.nan
    aspect = Aspect.VALUES if finite[index] else Aspect.FINITE
    return replace(found, aspect=aspect, index=index, wrong=int(wrong.sum()), max_error=worst)


def _surely_the_same(want: np.ndarray, got: np.ndarray, tolerance: Tolerance) -> bool:
    """Quickly: no difference is as large as what every element is allowed (which infinities and NaN always are)."""
    gap = _gap(want, got)
    return np.array_equal(want, got) if gap is None else gap <= tolerance.floor


def _gap(want: np.ndarray, got: np.ndarray) -> float | None:
    """The largest difference (NaN, if there is one); None if these are not both floating point, of one shape."""
    if want.shape != got.shape or want.dtype.kind != "f" or got.dtype.kind != "f" or not want.size:
        return None
    with np.errstate(invalid="ignore", over="ignore"):
        return float(np.abs(got - want).max())


def _far_apart(want: np.ndarray, got: np.ndarray, tolerance: Tolerance) -> bool:
    """Quickly: some difference is larger than what any element is allowed."""
    gap = _gap(want, got)
    if gap is None:
        return False
    return gap > (tolerance.rtol + tolerance.atol) * float(np.abs(want).max()) + tolerance.floor
