"""Graded checks of `equivariance`.

So that each mistake costs its own points only, images are square and shifts small except in the checks that are named
for them. Whole numbers from `shift2d` are as good as floating point: it computes nothing.
"""

import numpy as np

from grader.checks.authoring import CALLS, INTEGERS, LAYOUTS, REAL, Tolerance, cases, check

EXAMPLE = np.arange(1.0, 13).reshape(3, 4)
MOVED = Tolerance(whole=True)
SCALE = {"int8": 14, "uint8": 28, "int16": 3640, "uint16": 7281, "int32": 1 << 27, "uint32": 1 << 28}
TINY = 2.0**-30  # times numbers that are not to be taken for 0
SHIFTS = [0, 1, -1, 2, -2, 3, 5, -7, 12, 1000]
FINE = {"float16": 2e-3, "float32": 1e-5}  # of the largest value, as everywhere; 1e-12 in other types


def largest(draw, magnitude, dtype, layout, *shape):
    """Small numbers of both signs; or such large ones that differences of two do not fit into their type.

    Close together: float64 ones around 2²⁷, which float32 does not tell apart.
    """
    if magnitude == "close together" and dtype == "float64":
        return draw.digits(*shape, layout=layout, start=1 << 27)
    scale = SCALE.get(dtype, 14) if magnitude == "large" else 1
    return draw.digits(*shape, dtype=dtype, layout=layout, scale=scale)


def rounding(X):
    """Where no difference is expected, what one shift by other means (Fourier's, say) may leave."""
    return Tolerance(floor=FINE.get(str(X.dtype), 1e-12) * (1 + float(np.abs(X.astype(np.float64)).max())))


@check(points=2, needs="shift2d")
def test_down_and_right(submission, draw):
    """shift2d moves the image down by dy and right by dx; what leaves at one end comes back at the other."""
    submission.shift2d.within(MOVED, EXAMPLE, 1, 2)
    for dy, dx in [(1, 0), (0, 1), (2, 1), (3, 4)]:
        submission.shift2d.within(MOVED, draw.array(5, 5), dy, dx)


@check(points=1, needs="shift2d")
def test_up_and_left(submission, draw):
    """Negative shifts move up and left."""
    for dy, dx in [(-1, 0), (0, -1), (-2, 1), (3, -4)]:
        submission.shift2d.within(MOVED, draw.array(5, 5), dy, dx)


@check(points=1, needs="shift2d")
def test_round_and_round(submission, draw):
    """A shift may be larger than the image, either way."""
    for dy, dx in [(7, 1), (2, 13), (-9, -26), (1001, -1003)]:
        submission.shift2d.within(MOVED, draw.array(5, 5), dy, dx)


@check(points=1, needs="shift2d")
def test_channels(submission, draw):
    """In a stack (C, H, W) each channel is shifted and stays where it is; images need not be square."""
    submission.shift2d.within(MOVED, draw.array(3, 4, 4), 1, 2)
    submission.shift2d.within(MOVED, draw.array(2, 3, 5), 2, 1)
    submission.shift2d.within(MOVED, draw.array(1, 5, 2), 1, 1)


@check(points=1, needs="shift2d")
def test_a_copy(submission, draw):
    """shift2d returns a copy, also where nothing moves, and leaves X as it was."""
    X = submission.hold(draw.array(4, 4))
    for dy, dx in [(1, 2), (0, 0), (4, -4), (0, 1)]:
        submission.kit.shares_memory.within(MOVED, submission.shift2d, X, dy, dx)
    X.unchanged()


@check(points=2, needs="equivariance_gap")
def test_gap(submission, draw):
    """equivariance_gap is the largest difference between f of the shifted X and the shifted f(X)."""
    for kind in ("placed", "padded", "cyclic"):
        for dy, dx in [(1, 0), (0, 2), (2, 1)]:
            submission.equivariance_gap(submission.kit.Map(kind), draw.array(5, 5), dy, dx)


@check(points=2, needs="equivariance_gap")
def test_gap_of_strides(submission, draw):
    """With a stride, what f returns is shifted by dy / stride and dx / stride."""
    for kind, size, dy, dx in [("sampled", 2, 2, 4), ("pooled", 2, 4, -2), ("sampled", 3, 3, 0), ("pooled", 3, -3, 6)]:
        submission.equivariance_gap(submission.kit.Map(kind, size), draw.array(12, 12), dy, dx, stride=size)
        submission.equivariance_gap(submission.kit.Map(kind, size), draw.array(7, 7), dy, dx, size)


@check(points=1, needs="equivariance_gap")
def test_not_divided(submission, draw):
    """A stride that does not divide both shifts raises ValueError."""
    f, X = submission.kit.Map("sampled", 2), draw.array(7, 7)
    submission.equivariance_gap(f, X, 2, 2, 2)
    for dy, dx, stride in [(1, 1, 2), (2, 1, 2), (3, 4, 2), (3, 4, 3), (-1, 0, 2)]:
        submission.equivariance_gap.raises(f, X, dy, dx, stride, error="ValueError")


@check(points=1, needs="equivariance_gap")
def test_gap_of_whole_numbers(submission, draw):
    """Differences of whole numbers do not wrap, fractions are not cut off, and the gap is floating point."""
    for dtype in ("uint8", "int8", "int64"):
        X = largest(draw, "large", dtype, "C", 5, 5)
        submission.equivariance_gap(submission.kit.Map("pooled", 2), X, 2, 0, 2)
        submission.equivariance_gap(submission.kit.Map("placed"), X, 1, 0)
        submission.equivariance_gap(submission.kit.Map("doubled"), X[:, :3], 1, 1)
    submission.equivariance_gap(submission.kit.Map("placed"), TINY * draw.array(5, 5), 1, 0)


@check(points=1, needs="equivariance_gap")
def test_gap_calls(submission, draw):
    """f is called twice; X and what f returns are left as they were."""
    X = submission.hold(draw.array(4, 4))
    for kind in ("placed", "same"):
        f = submission.kit.Map(kind)
        submission.equivariance_gap(f, X, 1, 2)
        submission.kit.how_often_f_was_called(f)
        submission.kit.what_f_returned_is_as_it_was(f)
    X.unchanged()


@check(points=2, needs="invariance_gap")
def test_invariance(submission, draw):
    """invariance_gap compares f of the shifted X with f(X) itself: the largest difference."""
    for kind, dy, dx in [("placed", 1, 0), ("same", 0, 1), ("padded", 2, 1), ("pooled", 1, -2), ("sampled", 5, 1)]:
        submission.invariance_gap(submission.kit.Map(kind, 2), draw.array(5, 5), dy, dx)
    submission.invariance_gap(submission.kit.Map("same"), draw.array(3, 4, 4), 1, 2)


@check(points=1, needs="invariance_gap")
def test_invariance_of_a_number(submission, draw):
    """f may return a number: a Python one, NumPy's, or an array without axes, also an unsigned one."""
    X = draw.array(5, 5)
    for kind in ("mean", "corner", "corner as an array", "corner as an int"):
        whole = kind == "corner as an int"  # a last digit must not decide where it is cut
        submission.invariance_gap(submission.kit.Map(kind), 16 * X if whole else TINY * X, 1, 2)
        submission.invariance_gap(submission.kit.Map(kind), draw.digits(5, 5, dtype="uint8"), 1, 2)


@check(points=1, needs="invariance_gap")
def test_invariance_calls(submission, draw):
    """f is called twice; X and what f returns are left as they were."""
    X = submission.hold(draw.array(4, 4))
    for kind in ("placed", "same"):
        f = submission.kit.Map(kind)
        submission.invariance_gap(f, X, 1, 2)
        submission.kit.how_often_f_was_called(f)
        submission.kit.what_f_returned_is_as_it_was(f)
    X.unchanged()


IMAGES = {  # the legal images and shifts of all three functions
    "H": range(1, 7),
    "W": range(1, 7),
    "C": range(4),  # without an axis of channels, if 0
    "down": SHIFTS,
    "right": SHIFTS,
    "dtype": REAL,
    "magnitude": ["small", "large", "close together"],
    "layout": LAYOUTS,
    "call": [*CALLS],
    "integers": INTEGERS,
}


def image(draw, magnitude, dtype, layout, C, H, W):
    """An image without an axis of channels if C is 0."""
    return largest(draw, magnitude, dtype, layout, *([C] if C else []), H, W)


@cases(points=1, needs="shift2d", count=150, **IMAGES)
def shift2d(submission, draw, H, W, C, down, right, dtype, magnitude, layout, call, integers):
    """shift2d of any image, by any shifts, in any number type and memory layout."""
    X, number = image(draw, magnitude, dtype, layout, C, H, W), INTEGERS[integers]
    tolerance = Tolerance(floor=rounding(X).floor, whole=True)
    submission.shift2d.by(call, tolerance=tolerance, X=X, dy=number(down), dx=number(right))


REST = {"dy and dx": (0, 0), "only dx": (1, 0), "only dy": (0, 1), "neither": (1, 1), "neither, by two": (2, 2)}


@cases(
    points=1,
    needs="equivariance_gap",
    count=180,
    kind=["placed", "padded", "cyclic", "same", "sampled", "pooled", "first", "doubled", "stacked", "sign"],
    stride=range(1, 4),
    stride_divides=REST,
    default=[False, True],
    where=lambda kind, H, W, stride, stride_divides, default, **_: (
        (kind != "pooled" or stride <= min(H, W))
        and max(REST[stride_divides]) < stride
        and not (default and stride > 1)
    ),
    **IMAGES,
)
def equivariance_gap(
    submission, draw, H, W, C, down, right, call, integers, kind, stride, stride_divides, default, **values
):
    """equivariance_gap of any map, image, shift and stride, also one that does not divide the shifts."""
    X, number = image(draw, C=C, H=H, W=W, **values), INTEGERS[integers]
    f = submission.kit.Map(kind, stride)
    dy, dx = (number(d * stride + more) for d, more in zip((down, right), REST[stride_divides], strict=True))
    if any(REST[stride_divides]):
        submission.equivariance_gap.raises(f, X, dy, dx, number(stride), error="ValueError")
        return
    strides = {} if default else {"stride": number(stride)}
    submission.equivariance_gap.by(call, tolerance=rounding(X), f=f, X=X, dy=dy, dx=dx, **strides)
    submission.kit.how_often_f_was_called(f)
    submission.kit.what_f_returned_is_as_it_was(f)


@cases(
    points=1,
    needs="invariance_gap",
    count=150,
    kind=[
        "placed",
        "padded",
        "same",
        "sampled",
        "pooled",
        "first",
        "doubled",
        "stacked",
        "sign",
        "mean",
        "corner",
        "corner as an int",
        "corner as an array",
    ],
    where=lambda kind, H, W, **_: kind != "pooled" or min(H, W) > 1,
    **IMAGES,
)
def invariance_gap(submission, draw, H, W, C, down, right, dtype, magnitude, layout, call, integers, kind):
    """invariance_gap of any map, also of one that returns a number, and of any image and shift."""
    X, number = image(draw, magnitude, dtype, layout, C, H, W), INTEGERS[integers]
    f = submission.kit.Map(kind, 2)
    submission.invariance_gap.by(call, tolerance=rounding(X), f=f, X=X, dy=number(down), dx=number(right))
    submission.kit.how_often_f_was_called(f)
    submission.kit.what_f_returned_is_as_it_was(f)
