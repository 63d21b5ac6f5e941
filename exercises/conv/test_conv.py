"""Graded checks of `conv`.

So that each mistake costs its own points only, most checks use square images and kernels that are their own
180° turn (`turned`); `window`, `rectangles` and `channels` are about the rest. Sizes divide by the stride
except in `edges` and in the last calls of `channels_stride_and_padding`.
"""

import numpy as np

from grader.checks.authoring import CALLS, INTEGERS, LAYOUTS, REAL, cases, check, laid_out

EXAMPLE = np.array([[1.0, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 1, 0, 1]])
EDGE = np.array([[1.0, 0, -1], [1, 0, -1], [1, 0, -1]])


def turned(kernel):
    """The kernel with its second half replaced, so that turning it by 180° changes nothing."""
    values = kernel.reshape(*kernel.shape[:-2], -1).copy()
    half = values.shape[-1] // 2
    values[..., values.shape[-1] - half :] = values[..., :half][..., ::-1]
    return values.reshape(kernel.shape)


def square(draw, size, stride=1, rest=0):
    """An image in which the windows of this size leave `rest` rows and columns over, and a kernel."""
    n = size + stride * draw.integer(3, 6) + rest
    return draw.array(n, n), turned(draw.array(size, size))


def rectangle(draw, channels=(), filters=()):
    """An image and a kernel of up to 5×5, neither of them square as a rule."""
    size = draw.integer(1, 5), draw.integer(1, 5)
    image = draw.array(*channels, size[0] + draw.integer(0, 8), size[1] + draw.integer(0, 8))
    return image, turned(draw.array(*filters, *channels, *size))


@check(points=1, needs="conv2d")
def test_examples(submission):
    """The two examples of the statement: a vertical edge, and a diagonal on a checkerboard."""
    submission.conv2d(EXAMPLE, EDGE)
    submission.conv2d(1.0 - np.indices((4, 4)).sum(axis=0) % 2, np.eye(2))


@check(points=1, needs="conv2d")
def test_window(submission, draw):
    """conv2d multiplies each window by the kernel, not flipped, and sums the products."""
    submission.conv2d(draw.array(5, 5), draw.array(3, 3))
    submission.conv2d(draw.array(4, 4), draw.array(2, 2))
    submission.conv2d(draw.array(3, 3), draw.array(3, 3))
    n = draw.integer(17, 24)
    submission.conv2d(draw.array(n, n), draw.array(3, 3))


@check(points=1, needs="conv2d")
def test_rectangles(submission, draw):
    """Image and kernel need not be square."""
    submission.conv2d(draw.array(4, 6), turned(draw.array(2, 3)))
    submission.conv2d(draw.array(6, 4), turned(draw.array(3, 3)))
    submission.conv2d(draw.array(5, 5), turned(draw.array(4, 1)))
    submission.conv2d(draw.array(3, 5), turned(draw.array(3, 5)))
    submission.conv2d(*rectangle(draw))


@check(points=2, needs="conv2d")
def test_stride(submission, draw):
    """The window moves `stride` pixels at a time, along both axes."""
    submission.conv2d(draw.array(4, 4), turned(draw.array(2, 2)), 1)
    submission.conv2d(draw.array(7, 7), turned(draw.array(3, 3)), 2)
    submission.conv2d(draw.array(8, 8), turned(draw.array(2, 2)), 3)
    for size, stride in [(1, 2), (3, 2), (draw.integer(3, 5), draw.integer(3, 4))]:
        submission.conv2d(*square(draw, size, stride), stride)


@check(points=1, needs="conv2d")
def test_edges(submission, draw):
    """A window that would reach over the edge is dropped: the division in the output size rounds down."""
    submission.conv2d(draw.array(6, 6), turned(draw.array(3, 3)), 2)
    submission.conv2d(draw.array(7, 7), turned(draw.array(2, 2)), 3)
    submission.conv2d(draw.array(7, 7), turned(draw.array(3, 3)), 3)
    for size, stride, rest in [(1, 3, 2), (3, 2, 1), (2, 4, draw.integer(1, 3))]:
        submission.conv2d(*square(draw, size, stride, rest=rest), stride)
    submission.conv2d(draw.array(4, 4), turned(draw.array(2, 2)), draw.integer(3, 9))


@check(points=2, needs="conv2d")
def test_padding(submission, draw):
    """`padding` adds that many rows and columns of zeros on all four sides of the image."""
    submission.conv2d(draw.array(4, 4), turned(draw.array(3, 3)), 1, 1)
    submission.conv2d(draw.array(3, 3), turned(draw.array(2, 2)), 1, 2)
    submission.conv2d(draw.array(2, 2), turned(draw.array(3, 3)), 1, 3)
    for size, padding in [(1, 1), (draw.integer(2, 5), draw.integer(3, 4))]:
        submission.conv2d(*square(draw, size), 1, padding)


@check(points=1, needs="conv2d")
def test_stride_and_padding(submission, draw):
    """Stride and padding together, on images and kernels that are not square."""
    submission.conv2d(draw.array(3, 4), turned(draw.array(2, 3)), 1, 2)
    submission.conv2d(draw.array(6, 9), turned(draw.array(2, 3)), 2, 1)
    submission.conv2d(draw.array(8, 5), turned(draw.array(3, 3)), 3, 2)
    submission.conv2d(*rectangle(draw), 4, draw.integer(1, 3))
    submission.conv2d(draw.array(8, 11), turned(draw.array(3, 3)), 2, 1)


@check(points=1, needs="conv2d")
def test_keywords(submission, draw):
    """The parameters are called X, K, stride and padding; stride is 1 and padding 0 unless given."""
    image, kernel = draw.array(5, 5), turned(draw.array(3, 3))
    submission.conv2d(image, kernel)
    submission.conv2d(K=kernel, X=image)
    submission.conv2d(image, kernel, padding=2)
    submission.conv2d(image, kernel, stride=2)
    submission.conv2d(padding=1, stride=2, K=kernel, X=image)


@check(points=1, needs="conv2d")
def test_integers(submission, draw):
    """Whole-number images: nothing wraps at 255, nothing is cut off, the result is floating point."""
    bright = draw.integers(100, 255, 4, 4).astype(np.uint8)
    submission.conv2d(bright, turned(draw.integers(2, 9, 2, 2)).astype(np.uint8))
    submission.conv2d(bright, turned(draw.array(2, 2)))
    submission.conv2d(draw.integers(-9, 9, 4, 4), turned(draw.array(2, 2)))
    submission.conv2d(draw.integers(-9, 9, 4, 4), turned(draw.integers(1, 9, 2, 2)))
    submission.conv2d(draw.large(4, 4, dtype="int32"), turned(draw.integers(2, 9, 2, 2)).astype(np.int32))


@check(points=1, needs="conv2d")
def test_unchanged(submission, draw):
    """conv2d leaves its arguments as they were, a 1×1 kernel and one of the image's size too."""
    for size in (2, 1, 4):
        image, kernel = submission.hold(draw.array(4, 4)), submission.hold(turned(draw.array(size, size)))
        submission.conv2d(image, kernel)
        image.unchanged()
        kernel.unchanged()


@check(points=2, needs="conv2d_multichannel")
def test_channels(submission, draw):
    """Each filter sums over all input channels, each with its own kernel (biases are zero here)."""
    submission.conv2d_multichannel(draw.array(2, 4, 4), draw.array(3, 2, 2, 2), np.zeros(3))
    submission.conv2d_multichannel(draw.array(3, 4, 4), draw.array(2, 3, 3, 3), np.zeros(2))
    submission.conv2d_multichannel(draw.array(1, 3, 3), draw.array(3, 1, 2, 2), np.zeros(3))
    submission.conv2d_multichannel(draw.array(4, 2, 2), draw.array(1, 4, 2, 2), np.zeros(1))
    for channels, filters, size in [(3, 4, 1), (draw.integer(7, 9), draw.integer(7, 9), 2)]:
        n = draw.integer(size, 7)
        image, kernels = draw.array(channels, n, n), draw.array(filters, channels, size, size)
        submission.conv2d_multichannel(image, kernels, np.zeros(filters))


@check(points=2, needs="conv2d_multichannel")
def test_bias(submission, draw):
    """Each filter adds its own bias once to every value of its map."""
    submission.conv2d_multichannel(draw.array(2, 4, 4), turned(draw.array(3, 2, 2, 2)), draw.array(3))
    submission.conv2d_multichannel(draw.array(3, 3, 3), turned(draw.array(3, 3, 2, 2)), draw.array(3))
    submission.conv2d_multichannel(draw.array(1, 4, 4), turned(draw.array(2, 1, 2, 2)), draw.array(2))
    for channels, filters, size in [(4, 1, 2), (2, 2, draw.integer(2, 4))]:
        n = draw.integer(size, 6)
        image, kernels = draw.array(channels, n, n), turned(draw.array(filters, channels, size, size))
        submission.conv2d_multichannel(image, kernels, draw.array(filters))


@check(points=1, needs="conv2d_multichannel")
def test_channels_stride_and_padding(submission, draw):
    """conv2d_multichannel heeds stride and padding; images and kernels need not be square."""
    zero = np.zeros(2)
    submission.conv2d_multichannel(draw.array(2, 3, 4), turned(draw.array(2, 2, 2, 3)), zero, 1, 2)
    submission.conv2d_multichannel(draw.array(2, 4, 5), turned(draw.array(2, 2, 2, 3)), zero, 2)
    submission.conv2d_multichannel(draw.array(3, 5, 4), turned(draw.array(2, 3, 3, 3)), zero, 3, 2)
    submission.conv2d_multichannel(draw.array(1, 7, 6), turned(draw.array(2, 1, 3, 2)), zero, 3)
    for stride, padding in [(2, 0), (4, draw.integer(1, 3))]:
        submission.conv2d_multichannel(*rectangle(draw, (2,), (2,)), zero, stride, padding)
    submission.conv2d_multichannel(draw.array(2, 7, 11), turned(draw.array(2, 2, 3, 3)), zero, 2)


@check(points=1, needs="conv2d_multichannel")
def test_channels_keywords(submission, draw):
    """The parameters are called X, K, b, stride and padding; stride is 1 and padding 0 unless given."""
    image, filters, zero = draw.array(2, 4, 4), turned(draw.array(3, 2, 2, 2)), np.zeros(3)
    submission.conv2d_multichannel(image, filters, zero)
    submission.conv2d_multichannel(b=zero, K=filters, X=image)
    submission.conv2d_multichannel(image, filters, zero, padding=2)
    submission.conv2d_multichannel(image, filters, b=zero, padding=3, stride=2)


@check(points=1, needs="conv2d_multichannel")
def test_channels_integers(submission, draw):
    """Whole-number images and filters, fractional biases: nothing wraps and nothing is cut off."""
    bright = draw.integers(100, 255, 2, 4, 4).astype(np.uint8)
    image, filters = draw.integers(-9, 9, 2, 4, 4), turned(draw.integers(1, 9, 3, 2, 2, 2))
    submission.conv2d_multichannel(bright, filters.astype(np.uint8), np.zeros(3))
    submission.conv2d_multichannel(image, turned(draw.array(3, 2, 2, 2)), np.zeros(3))
    submission.conv2d_multichannel(image, filters, np.zeros(3, dtype=np.int64))
    submission.conv2d_multichannel(image, filters, draw.array(3))
    filters = turned(draw.integers(2, 9, 3, 2, 2, 2)).astype(np.int32)
    submission.conv2d_multichannel(draw.large(2, 4, 4, dtype="int32"), filters, np.zeros(3, np.int32))


@check(points=1, needs="conv2d_multichannel")
def test_channels_unchanged(submission, draw):
    """conv2d_multichannel leaves its arguments as they were."""
    image, filters = submission.hold(draw.array(2, 4, 4)), submission.hold(turned(draw.array(3, 2, 2, 2)))
    biases = submission.hold(np.zeros(3))
    submission.conv2d_multichannel(image, filters, biases)
    for argument in (image, filters, biases):
        argument.unchanged()
    one = [submission.hold(values) for values in (draw.array(1, 4, 4), draw.array(1, 1, 1, 1), draw.array(1))]
    submission.conv2d_multichannel(*one)
    for argument in one:
        argument.unchanged()


WINDOWS = {  # the legal space of both functions
    "H": range(1, 8),
    "W": range(1, 8),
    "Fh": [1, 2, 3, 5],
    "Fw": [1, 2, 3, 5],
    "stride": [1, 2, 3],
    "padding": [0, 1, 2],
    "dtype": REAL,
    "dtype_of_K": ["float64", "that of X", "int64"],
    "magnitude": ["small", "large", "tiny", "lowest"],
    "layout": LAYOUTS,
    "layout_of_K": LAYOUTS,
    "call": [*CALLS, "defaults"],
    "integers": INTEGERS,
    "where": lambda H, W, Fh, Fw, padding, dtype, dtype_of_K, magnitude, **_: (
        Fh <= H + 2 * padding
        and Fw <= W + 2 * padding
        and not (padding and magnitude in ("large", "lowest"))  # sums of zeros: an FFT rounds
        and (dtype == "float64" or magnitude != "tiny")
        and (dtype_of_K == "that of X" or magnitude != "lowest")
    ),
}


def numbers(draw, magnitude, dtype, dtype_of_K, layout, layout_of_K, image, kernel):
    """An image of this dtype, and a kernel of the same, whole or with quarters. Large numbers are of one sign."""
    whole = dtype if dtype_of_K == "that of X" else "int64"
    K = draw.digits(*kernel) / 2 if dtype_of_K == "float64" else draw.digits(*kernel, dtype=whole)
    if magnitude in ("large", "lowest"):
        pixels, K = getattr(draw, magnitude)(*image, dtype=dtype, layout=layout), abs(K)
    else:
        pixels = draw.digits(*image, dtype=dtype, layout=layout, scale=2.0**-30 if magnitude == "tiny" else 1)
    return pixels, laid_out(K, layout_of_K)


def window(call, number, stride, padding):
    """Both as such numbers; with `defaults`, only what is not the default."""
    left_out = {"stride": 1, "padding": 0} if call == "defaults" else {}
    sizes = {"stride": number(stride), "padding": number(padding)}
    return {name: size for name, size in sizes.items() if left_out.get(name) != size}


@cases(points=1, needs="conv2d", count=100, **WINDOWS)
def conv2d(submission, draw, H, W, Fh, Fw, stride, padding, call, integers, **values):
    """Any legal image, kernel, stride, padding and number type."""
    X, K = numbers(draw, image=(H, W), kernel=(Fh, Fw), **values)
    sizes = window(call, INTEGERS[integers], stride, padding)
    submission.conv2d.by(call, X=X, K=K, **sizes)


CHANNELS = {"C_in": [1, 2, 3], "C_out": [1, 2, 3], "dtype_of_b": ["float64", "int64"]}


@cases(points=1, needs="conv2d_multichannel", count=100, **CHANNELS, **WINDOWS)
def conv2d_multichannel(
    submission, draw, C_in, C_out, dtype_of_b, H, W, Fh, Fw, stride, padding, call, integers, **values
):
    """Any legal number of channels and filters, too."""
    X, K = numbers(draw, image=(C_in, H, W), kernel=(C_out, C_in, Fh, Fw), **values)
    b = draw.digits(C_out) / 2 if dtype_of_b == "float64" else draw.digits(C_out, dtype=dtype_of_b)
    submission.conv2d_multichannel.by(call, X=X, K=K, b=b, **window(call, INTEGERS[integers], stride, padding))


@check(points=0, bonus=2, needs="conv2d", kind="timing")
def test_speed(timing):
    """Bonus: conv2d takes at most 5 times as long as the reference's windows and einsum."""
    inputs, work = lambda draw, n: (draw.array(n, n), draw.array(3, 3)), lambda n: 18 * (n - 2) ** 2
    timing.at_most(5, "conv2d", inputs, size=128, work=work)
