"""Graded checks of `pooling`.

So that each mistake costs its own points only, images are square except in the checks named `rectangles`, maxima are
positive except in `max_negative`, and windows fit exactly except in the checks named `edges`.
"""

import numpy as np

from grader.checks.authoring import CALLS, INTEGERS, LAYOUTS, REAL, cases, check

EXAMPLE = np.array([[1.0, 3, 2, 4], [2, 1, 0, 3], [4, 1, 2, 0], [3, 2, 3, 2]])


def bright(draw, *shape):
    """No value twice, all positive."""
    return draw.distinct(*shape) + np.prod(shape)


def dark_border(image):
    """The last row and column turned negative: they are not to be seen."""
    image[-1], image[:, -1] = -abs(image[-1]), -abs(image[:, -1])
    return image


@check(points=1, needs="max_pool2d")
def test_max_windows(submission, draw):
    """max_pool2d takes the largest value of each 2×2 window."""
    submission.max_pool2d(EXAMPLE)
    submission.max_pool2d(bright(draw, 6, 6))
    submission.max_pool2d(bright(draw, 2, 2))


@check(points=1, needs="max_pool2d")
def test_max_negative(submission, draw):
    """The largest value of a window may be negative."""
    submission.max_pool2d(-bright(draw, 4, 4))
    submission.max_pool2d(draw.distinct(6, 6))


@check(points=2, needs="max_pool2d")
def test_max_stride(submission, draw):
    """pool_size and stride are two things: windows may overlap or leave gaps."""
    submission.max_pool2d(bright(draw, 5, 5), 3, 2)
    submission.max_pool2d(bright(draw, 5, 5), 3, 1)
    submission.max_pool2d(bright(draw, 8, 8), 2, 3)
    submission.max_pool2d(bright(draw, 9, 9), 3, 3)


@check(points=1, needs="max_pool2d")
def test_max_edges(submission, draw):
    """A window that would reach over the edge is dropped."""
    submission.max_pool2d(dark_border(bright(draw, 5, 5)), 2, 2)
    submission.max_pool2d(bright(draw, 7, 7), 3, 2)
    submission.max_pool2d(dark_border(bright(draw, 8, 8)), 3, 3)
    submission.max_pool2d(dark_border(bright(draw, 7, 7)), 2, 3)


@check(points=1, needs="max_pool2d")
def test_max_rectangles(submission, draw):
    """The image need not be square."""
    submission.max_pool2d(bright(draw, 4, 8))
    submission.max_pool2d(bright(draw, 8, 4))
    submission.max_pool2d(bright(draw, 3, 7), 3, 2)
    submission.max_pool2d(bright(draw, 6, 2), 2, 1)


@check(points=1, needs="max_pool2d")
def test_max_keywords(submission, draw):
    """The parameters are called X, pool_size and stride; pool_size is 2 and stride 2 unless given."""
    image = bright(draw, 7, 7)
    submission.max_pool2d(image[:6, :6])
    submission.max_pool2d(image, pool_size=3)
    submission.max_pool2d(image, 3)
    submission.max_pool2d(stride=1, X=image)
    submission.max_pool2d(image, stride=3, pool_size=1)


@check(points=1, needs="max_pool2d")
def test_max_integers(submission, draw):
    """Whole-number images give the right maxima, as floating-point numbers."""
    submission.max_pool2d(draw.integers(100, 255, 6, 6).astype(np.uint8))
    submission.max_pool2d(draw.integers(1, 9, 4, 4))


@check(points=1, needs="max_pool2d")
def test_max_unchanged(submission, draw):
    """max_pool2d leaves its argument as it was."""
    image = bright(draw, 6, 6)
    image[::2, ::2] *= -0.5  # negative values, too, but a positive one of larger size in each window
    held = submission.hold(image)
    submission.max_pool2d(held)
    held.unchanged()


@check(points=1, needs="avg_pool2d")
def test_avg_windows(submission, draw):
    """avg_pool2d takes the mean of each 2×2 window."""
    submission.avg_pool2d(EXAMPLE)
    submission.avg_pool2d(draw.array(6, 6))
    submission.avg_pool2d(draw.array(2, 2))


@check(points=1, needs="avg_pool2d")
def test_avg_stride(submission, draw):
    """pool_size and stride are two things: windows may overlap or leave gaps."""
    submission.avg_pool2d(draw.array(5, 5), 3, 2)
    submission.avg_pool2d(draw.array(5, 5), 3, 1)
    submission.avg_pool2d(draw.array(8, 8), 2, 3)
    submission.avg_pool2d(draw.array(9, 9), 3, 3)


@check(points=1, needs="avg_pool2d")
def test_avg_edges(submission, draw):
    """A window that would reach over the edge is dropped."""
    submission.avg_pool2d(draw.array(5, 5), 2, 2)
    submission.avg_pool2d(draw.array(7, 7), 3, 2)
    submission.avg_pool2d(draw.array(8, 8), 3, 3)
    submission.avg_pool2d(draw.array(7, 7), 2, 3)


@check(points=1, needs="avg_pool2d")
def test_avg_rectangles(submission, draw):
    """The image need not be square."""
    submission.avg_pool2d(draw.array(4, 8))
    submission.avg_pool2d(draw.array(8, 4))
    submission.avg_pool2d(draw.array(3, 7), 3, 2)
    submission.avg_pool2d(draw.array(6, 2), 2, 1)


@check(points=1, needs="avg_pool2d")
def test_avg_keywords(submission, draw):
    """The parameters are called X, pool_size and stride; pool_size is 2 and stride 2 unless given."""
    image = draw.array(7, 7)
    submission.avg_pool2d(image[:6, :6])
    submission.avg_pool2d(image, pool_size=3)
    submission.avg_pool2d(image, 3)
    submission.avg_pool2d(stride=1, X=image)
    submission.avg_pool2d(image, stride=3, pool_size=1)


@check(points=1, needs="avg_pool2d")
def test_avg_integers(submission, draw):
    """Whole-number images: sums do not wrap at 255, means are not cut off."""
    submission.avg_pool2d(draw.integers(100, 255, 6, 6).astype(np.uint8))
    submission.avg_pool2d(draw.integers(-9, 9, 6, 6))


@check(points=1, needs="avg_pool2d")
def test_avg_unchanged(submission, draw):
    """avg_pool2d leaves its argument as it was."""
    image = submission.hold(draw.array(6, 6))
    submission.avg_pool2d(image)
    image.unchanged()


@check(points=2, needs="global_avg_pool")
def test_global(submission, draw):
    """global_avg_pool gives one mean per channel, in the shape (C,)."""
    submission.global_avg_pool(draw.array(4, 3, 3))
    submission.global_avg_pool(draw.array(3, 3, 3))
    submission.global_avg_pool(draw.array(1, 4, 4))
    submission.global_avg_pool(draw.array(3, 1, 1))


@check(points=1, needs="global_avg_pool")
def test_global_rectangles(submission, draw):
    """The feature maps need not be square, nor of floating-point numbers."""
    submission.global_avg_pool(draw.array(2, 3, 5))
    submission.global_avg_pool(draw.array(5, 4, 2))
    submission.global_avg_pool(draw.integers(100, 255, 3, 2, 4).astype(np.uint8))
    submission.global_avg_pool(draw.integers(-9, 9, 2, 4, 3))


@check(points=1, needs="global_avg_pool")
def test_global_argument(submission, draw):
    """The parameter of global_avg_pool is called X, and is left as it was."""
    maps = submission.hold(draw.array(4, 3, 3))
    submission.global_avg_pool(maps)
    submission.global_avg_pool(X=maps)
    maps.unchanged()


WINDOWS = {  # the legal space of both functions with windows
    "H": range(1, 8),
    "W": range(1, 8),
    "pool_size": range(1, 6),
    "stride": range(1, 6),
    "dtype": REAL,
    "magnitude": ["small", "large", "lowest"],
    "layout": LAYOUTS,
    "call": [*CALLS, "defaults"],
    "integers": INTEGERS,
    "where": lambda H, W, pool_size, stride, magnitude, call, **_: (
        pool_size <= min(H, W)
        and (magnitude == "small" or pool_size > 1)  # sums of several numbers
        and (call != "defaults" or 2 in (pool_size, stride))  # there is something to be left out
    ),
}


def numbers(draw, magnitude, dtype, layout, *shape):
    """Small numbers of both signs, often equal ones in a window; or the largest or smallest of their type."""
    kinds = {"small": draw.digits, "large": draw.large, "lowest": draw.lowest}
    return kinds[magnitude](*shape, dtype=dtype, layout=layout)


def window(call, integers, **sizes):
    """Both sizes as such numbers; with `defaults`, only those that are not 2."""
    return {name: INTEGERS[integers](size) for name, size in sizes.items() if call != "defaults" or size != 2}


@cases(points=1, needs="max_pool2d", count=120, **WINDOWS)
def max_pool2d(submission, draw, H, W, pool_size, stride, dtype, magnitude, layout, call, integers):
    """max_pool2d of any image, with any window, stride and number type, also where several values are the largest."""
    sizes = window(call, integers, pool_size=pool_size, stride=stride)
    submission.max_pool2d.by(call, X=numbers(draw, magnitude, dtype, layout, H, W), **sizes)


@cases(points=1, needs="avg_pool2d", count=120, **WINDOWS)
def avg_pool2d(submission, draw, H, W, pool_size, stride, dtype, magnitude, layout, call, integers):
    """avg_pool2d of any image, with any window, stride and number type."""
    sizes = window(call, integers, pool_size=pool_size, stride=stride)
    submission.avg_pool2d.by(call, X=numbers(draw, magnitude, dtype, layout, H, W), **sizes)


@cases(
    points=1,
    needs="global_avg_pool",
    count=100,
    C=range(1, 5),
    H=range(1, 6),
    W=range(1, 6),
    dtype=REAL,
    magnitude=["small", "large", "lowest"],
    layout=LAYOUTS,
    call=CALLS,
)
def global_avg_pool(submission, draw, C, H, W, dtype, magnitude, layout, call):
    """global_avg_pool of any feature maps and number type."""
    submission.global_avg_pool.by(call, X=numbers(draw, magnitude, dtype, layout, C, H, W))


@check(points=0, bonus=1, needs="max_pool2d", kind="timing")
def test_speed(timing):
    """Bonus: max_pool2d takes at most 5 times as long as the reference's, without a loop over the windows."""
    timing.at_most(5, "max_pool2d", lambda draw, n: (draw.distinct(n, n), 3, 2), size=256)
