"""Graded checks of `separable`."""

import numpy as np

from grader.checks.authoring import CALLS, INTEGERS, LAYOUTS, REAL, cases, check, laid_out


def maps(draw, channels, size, most=8):
    """An image (channels, H, W) in which a window of this size fits, rarely square, and kernels."""
    room = draw.integer(0, most), draw.integer(0, most)
    image = draw.array(channels, size[0] + room[0], size[1] + room[1])
    return image, draw.array(channels, *size)


@check(points=2, needs="depthwise_conv2d")
def test_depthwise(submission, draw):
    """Every channel is slid over by its own kernel, and the channels stay apart."""
    submission.depthwise_conv2d(draw.array(3, 5, 7), draw.array(3, 3, 2))
    submission.depthwise_conv2d(draw.array(2, 6, 4), draw.array(2, 2, 4))
    submission.depthwise_conv2d(draw.array(4, 3, 3), draw.array(4, 3, 3))
    submission.depthwise_conv2d(draw.array(2, draw.integer(17, 30), 19), draw.array(2, 3, 3))


@check(points=1, needs="depthwise_conv2d")
def test_depthwise_single_channel(submission, draw):
    """An image with one channel stays an image with one channel."""
    submission.depthwise_conv2d(draw.array(1, 4, 6), draw.array(1, 2, 3))
    submission.depthwise_conv2d(*maps(draw, 1, (1, 1)))
    submission.depthwise_conv2d(*maps(draw, 1, (draw.integer(1, 4), draw.integer(1, 4)), most=0))


@check(points=2, needs="depthwise_conv2d")
def test_depthwise_stride(submission, draw):
    """The window moves `stride` pixels at a time, along both axes; what does not fit is dropped."""
    submission.depthwise_conv2d(draw.array(2, 8, 11), draw.array(2, 3, 2), stride=2)
    submission.depthwise_conv2d(draw.array(3, 11, 9), draw.array(3, 2, 3), 3)
    submission.depthwise_conv2d(*maps(draw, 2, (draw.integer(1, 5), draw.integer(1, 5))), 4)
    submission.depthwise_conv2d(draw.array(2, 7, draw.integer(9, 14)), draw.array(2, 3, 3), 2)


@check(points=2, needs="depthwise_conv2d")
def test_depthwise_padding(submission, draw):
    """`padding` zeros are put on all four sides of every channel."""
    submission.depthwise_conv2d(draw.array(3, 4, 6), draw.array(3, 3, 3), padding=1)
    submission.depthwise_conv2d(draw.array(2, 4, 5), draw.array(2, 3, 4), 1, 2)
    submission.depthwise_conv2d(*maps(draw, 3, (draw.integer(2, 5), draw.integer(1, 5))), 1, 3)


@check(points=1, needs="depthwise_conv2d")
def test_depthwise_stride_and_padding(submission, draw):
    """Stride and padding together."""
    submission.depthwise_conv2d(X=draw.array(2, 7, 10), K=draw.array(2, 3, 2), stride=2, padding=1)
    submission.depthwise_conv2d(*maps(draw, 3, (draw.integer(2, 5), draw.integer(1, 5))), 4, draw.integer(1, 3))
    submission.depthwise_conv2d(draw.array(2, 9, 12), draw.array(2, 3, 3), 2, 1)


@check(points=1, needs="depthwise_conv2d")
def test_depthwise_integers(submission, draw):
    """Whole-number images, 8-bit ones too, do not wrap round or lose decimals; the result is floating point."""
    image = draw.integers(100, 255, 2, 5, 6).astype(np.uint8)
    submission.depthwise_conv2d(image, draw.integers(2, 9, 2, 3, 2).astype(np.uint8))
    submission.depthwise_conv2d(draw.integers(-9, 9, 2, 4, 5), draw.array(2, 2, 2))
    submission.depthwise_conv2d(draw.integers(-9, 9, 3, 4, 5), draw.integers(-9, 9, 3, 2, 3))
    image = draw.large(2, 4, 5, dtype="int32")
    submission.depthwise_conv2d(image, draw.integers(2, 9, 2, 3, 2).astype(np.int32))


@check(points=1, needs="depthwise_conv2d")
def test_depthwise_inputs_unchanged(submission, draw):
    """Image and kernels are still what they were after the call."""
    X = submission.hold(draw.array(3, 5, 6))
    for size in ((3, 2), (1, 1), (5, 6)):
        K = submission.hold(draw.array(3, *size))
        submission.depthwise_conv2d(X, K)
        X.unchanged()
        K.unchanged()


@check(points=2, needs="pointwise_conv2d")
def test_pointwise(submission, draw):
    """Every output channel is a weighted sum of all input channels, pixel by pixel."""
    submission.pointwise_conv2d(draw.array(4, 3, 4), draw.array(4, 4), np.zeros(4))
    submission.pointwise_conv2d(draw.array(3, 4, 5), draw.array(5, 3), np.zeros(5))
    submission.pointwise_conv2d(draw.array(5, 3, 2), draw.array(2, 5), np.zeros(2))
    for channels, filters, n in [(1, 1, 1), (1, 3, 4), (3, 1, 5), (draw.integer(9, 12), draw.integer(9, 12), 6)]:
        image = draw.array(channels, n, draw.integer(1, 8))
        submission.pointwise_conv2d(image, draw.array(filters, channels), np.zeros(filters))


@check(points=1, needs="pointwise_conv2d")
def test_pointwise_bias(submission, draw):
    """Every output channel has its bias, added once."""
    submission.pointwise_conv2d(draw.array(4, 3, 4), draw.array(4, 4), draw.array(4))
    submission.pointwise_conv2d(X=draw.array(3, 4, 5), W=draw.array(2, 3), b=draw.array(2))
    submission.pointwise_conv2d(draw.array(1, 2, 3), draw.array(6, 1), draw.array(6))
    submission.pointwise_conv2d(draw.array(3, 4, 4), draw.array(1, 3), draw.array(1))


@check(points=1, needs="pointwise_conv2d")
def test_pointwise_integers(submission, draw):
    """Whole-number maps and weights, 8-bit ones too, give the right floating point numbers."""
    image = draw.integers(100, 255, 3, 4, 3).astype(np.uint8)
    weights = draw.integers(2, 9, 3, 3).astype(np.uint8)
    submission.pointwise_conv2d(image, weights, np.zeros(3, np.uint8))
    submission.pointwise_conv2d(draw.integers(-9, 9, 4, 3, 2), draw.array(2, 4), np.zeros(2))
    submission.pointwise_conv2d(draw.integers(-9, 9, 4, 3, 2), draw.integers(-9, 9, 2, 4), np.zeros(2, int))
    weights = draw.integers(2, 9, 2, 3).astype(np.int32)
    submission.pointwise_conv2d(draw.large(3, 2, 4, dtype="int32"), weights, np.zeros(2, np.int32))


@check(points=1, needs="pointwise_conv2d")
def test_pointwise_inputs_unchanged(submission, draw):
    """Maps, weights and biases are still what they were after the call."""
    for shapes in [((3, 5, 3), (3, 3), (3,)), ((1, 5, 3), (1, 1), (1,))]:
        X, W, b = (submission.hold(draw.array(*shape)) for shape in shapes)
        submission.pointwise_conv2d(X, W, b)
        X.unchanged()
        W.unchanged()
        b.unchanged()


@check(points=2, needs="separable_params")
def test_weights(submission, draw):
    """F² weights per input channel and C_in weights per output channel."""
    submission.separable_params(64, 128, 3)
    submission.separable_params(draw.integer(100, 200), draw.integer(10, 90), 5, bias=False)


@check(points=1, needs="separable_params")
def test_biases(submission, draw):
    """With bias=True, every map of both stages has one bias more."""
    submission.separable_params(256, 256, 3, bias=True)
    submission.separable_params(C_in=draw.integer(100, 200), C_out=draw.integer(10, 90), F=7, bias=True)


NUMBERS = {
    "dtype": REAL,
    "dtype_of_weights": ["float64", "that of X", "int64"],
    "magnitude": ["small", "large", "tiny", "lowest"],
    "layout": LAYOUTS,
    "layout_of_weights": LAYOUTS,
}


def numbers(draw, magnitude, dtype, dtype_of_weights, layout, layout_of_weights, image, kernel):
    """Maps of this dtype, and weights of the same, whole or with quarters. Large numbers are of one sign."""
    whole = dtype if dtype_of_weights == "that of X" else "int64"
    K = draw.digits(*kernel) / 2 if dtype_of_weights == "float64" else draw.digits(*kernel, dtype=whole)
    if magnitude in ("large", "lowest"):
        X, K = getattr(draw, magnitude)(*image, dtype=dtype, layout=layout), abs(K)
    else:
        X = draw.digits(*image, dtype=dtype, layout=layout, scale=2.0**-30 if magnitude == "tiny" else 1)
    return X, laid_out(K, layout_of_weights)


def window(call, number, stride, padding):
    """Both as such numbers; with `defaults`, only what is not the default."""
    left_out = {"stride": 1, "padding": 0} if call == "defaults" else {}
    sizes = {"stride": number(stride), "padding": number(padding)}
    return {name: size for name, size in sizes.items() if left_out.get(name) != size}


@cases(
    points=1,
    needs="depthwise_conv2d",
    count=100,
    C=[1, 2, 3, 8],
    H=range(1, 8),
    W=range(1, 8),
    Fh=[1, 2, 3, 5],
    Fw=[1, 2, 3, 5],
    stride=[1, 2, 3],
    padding=[0, 1, 2],
    integers=INTEGERS,
    call=[*CALLS, "defaults"],
    where=lambda H, W, Fh, Fw, padding, dtype, dtype_of_weights, magnitude, **_: (
        Fh <= H + 2 * padding
        and Fw <= W + 2 * padding
        and not (padding and magnitude in ("large", "lowest"))  # sums of zeros: an FFT rounds
        and (dtype == "float64" or magnitude != "tiny")
        and (dtype_of_weights == "that of X" or magnitude != "lowest")
    ),
    **NUMBERS,
)
def depthwise_conv2d(submission, draw, C, H, W, Fh, Fw, stride, padding, call, integers, **values):
    """depthwise_conv2d for any image, kernel, stride, padding and number type."""
    X, K = numbers(draw, image=(C, H, W), kernel=(C, Fh, Fw), **values)
    sizes = window(call, INTEGERS[integers], stride, padding)
    submission.depthwise_conv2d.by(call, X=X, K=K, **sizes)


@cases(
    points=1,
    needs="pointwise_conv2d",
    count=100,
    C_in=range(1, 5),
    C_out=range(1, 5),
    H=range(1, 5),
    W=range(1, 5),
    call=CALLS,
    dtype_of_b=["float64", "int64"],
    where=lambda dtype, magnitude, **_: magnitude != "lowest" and (dtype == "float64" or magnitude != "tiny"),
    **NUMBERS,
)
def pointwise_conv2d(submission, draw, C_in, C_out, H, W, call, dtype_of_b, **values):
    """pointwise_conv2d for any maps, weights and number type."""
    X, weights = numbers(draw, image=(C_in, H, W), kernel=(C_out, C_in), **values)
    b = draw.digits(C_out) / 2 if dtype_of_b == "float64" else draw.digits(C_out, dtype=dtype_of_b)
    submission.pointwise_conv2d.by(call, X=X, W=weights, b=b)


@cases(
    points=1,
    needs="separable_params",
    count=100,
    C_in=range(1, 7),
    C_out=range(1, 7),
    F=range(1, 6),
    bias=[False, True],
    integers=INTEGERS,
    call=CALLS,
)
def separable_params(submission, draw, C_in, C_out, F, bias, integers, call):
    """separable_params for any numbers of channels and any kernel."""
    number = INTEGERS[integers]
    submission.separable_params.by(call, C_in=number(C_in), C_out=number(C_out), F=number(F), bias=bias)
