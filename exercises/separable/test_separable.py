"""Graded checks of `separable`."""

from itertools import cycle, product

import numpy as np

from grader.checks.authoring import Tolerance, check

KINDS = (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64)
HALF = Tolerance(rtol=2e-3, atol=2e-3)  # float16 has eleven digits in base 2
SMALL = [  # every small kernel, on images as large as it, higher and larger: kernel, image, stride, padding
    (size, (size[0] + more[0], size[1] + more[1]), stride, padding)
    for size in product((1, 2, 3), repeat=2)
    for more, stride, padding in [((0, 0), 2, 1), ((4, 0), 3, 1), ((6, 7), 2, 2)]
]


def maps(draw, channels, size, most=8):
    """An image (channels, H, W) in which a window of this size fits, rarely square, and kernels."""
    room = draw.integer(0, most), draw.integer(0, most)
    image = draw.array(channels, size[0] + room[0], size[1] + room[1])
    return image, draw.array(channels, *size)


def whole(draw, kind, *shape):
    """Numbers of this type, so large that twice as much does not fit (of 64 bits: not quite so large)."""
    top = min(int(np.iinfo(kind).max), 1 << 40)
    return draw.integers(top // 2 + 1, top, *shape).astype(kind)


@check(points=2, needs="depthwise_conv2d")
def test_depthwise(submission, draw):
    """Every channel is slid over by its own kernel, and the channels stay apart."""
    submission.depthwise_conv2d(draw.array(3, 5, 7), draw.array(3, 3, 2))
    submission.depthwise_conv2d(draw.array(2, 6, 4), draw.array(2, 2, 4))
    submission.depthwise_conv2d(draw.array(4, 3, 3), draw.array(4, 3, 3))
    for size in [(1, 1), (draw.integer(2, 5), draw.integer(2, 5))]:
        submission.depthwise_conv2d(*maps(draw, 3, size))
        submission.depthwise_conv2d(*maps(draw, 2, size, most=0))
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
    for channels, stride in [(1, 2), (2, 3), (3, 4)]:
        submission.depthwise_conv2d(draw.array(channels, 5, 8 + stride), draw.array(channels, 1, 1), stride)
        submission.depthwise_conv2d(*maps(draw, channels, (draw.integer(1, 5), draw.integer(1, 5))), stride)
    submission.depthwise_conv2d(draw.array(2, 7, draw.integer(9, 14)), draw.array(2, 3, 3), 2)


@check(points=2, needs="depthwise_conv2d")
def test_depthwise_padding(submission, draw):
    """`padding` zeros are put on all four sides of every channel."""
    submission.depthwise_conv2d(draw.array(3, 4, 6), draw.array(3, 3, 3), padding=1)
    submission.depthwise_conv2d(draw.array(2, 4, 5), draw.array(2, 3, 4), 1, 2)
    for channels, padding in [(1, 1), (2, 2), (3, 3)]:
        submission.depthwise_conv2d(*maps(draw, channels, (1, 1)), 1, padding)
        submission.depthwise_conv2d(*maps(draw, channels, (draw.integer(2, 5), draw.integer(1, 5))), 1, padding)
        submission.depthwise_conv2d(*maps(draw, channels, (draw.integer(2, 4), 3), most=0), 1, padding)


@check(points=1, needs="depthwise_conv2d")
def test_depthwise_stride_and_padding(submission, draw):
    """Stride and padding together."""
    submission.depthwise_conv2d(X=draw.array(2, 7, 10), K=draw.array(2, 3, 2), stride=2, padding=1)
    for channels, stride in [(1, 2), (2, 2), (3, 3), (2, 4)]:
        submission.depthwise_conv2d(*maps(draw, channels, (1, 1)), stride, draw.integer(1, 3))
        size = draw.integer(2, 5), draw.integer(1, 5)
        submission.depthwise_conv2d(*maps(draw, channels, size), stride, draw.integer(1, 3))
    submission.depthwise_conv2d(draw.array(2, 9, 12), draw.array(2, 3, 3), 2, 1)
    for (size, image, stride, padding), channels in zip(SMALL, cycle([1, 2, 3, 2]), strict=False):
        submission.depthwise_conv2d(draw.array(channels, *image), draw.array(channels, *size), stride, padding)


@check(points=1, needs="depthwise_conv2d")
def test_depthwise_integers(submission, draw):
    """Whole-number images, 8-bit ones too, do not wrap round or lose decimals; the result is floating point."""
    image = draw.integers(100, 255, 2, 5, 6).astype(np.uint8)
    submission.depthwise_conv2d(image, draw.integers(2, 9, 2, 3, 2).astype(np.uint8))
    submission.depthwise_conv2d(draw.integers(-9, 9, 2, 4, 5), draw.array(2, 2, 2))
    submission.depthwise_conv2d(draw.integers(-9, 9, 3, 4, 5), draw.integers(-9, 9, 3, 2, 3))
    for kind in KINDS:
        submission.depthwise_conv2d(whole(draw, kind, 2, 4, 5), draw.integers(2, 9, 2, 3, 2).astype(kind))
        submission.depthwise_conv2d(whole(draw, kind, 2, 3, 4), draw.integers(2, 9, 2, 1, 1).astype(kind))
    image = draw.positive(2, 4, 5).astype(np.float16)
    submission.depthwise_conv2d.within(HALF, image, draw.positive(2, 1, 2).astype(np.float16))


@check(points=1, needs="depthwise_conv2d")
def test_depthwise_inputs_unchanged(submission, draw):
    """Image and kernels are still what they were after the call."""
    X, K = submission.hold(draw.array(3, 5, 6)), submission.hold(draw.array(3, 3, 2))
    submission.depthwise_conv2d(X, K)
    X.unchanged()
    K.unchanged()


@check(points=2, needs="pointwise_conv2d")
def test_pointwise(submission, draw):
    """Every output channel is a weighted sum of all input channels, pixel by pixel."""
    submission.pointwise_conv2d(draw.array(4, 3, 4), draw.array(4, 4), np.zeros(4))
    submission.pointwise_conv2d(draw.array(3, 4, 5), draw.array(5, 3), np.zeros(5))
    submission.pointwise_conv2d(draw.array(5, 3, 2), draw.array(2, 5), np.zeros(2))
    for channels, filters, n in [(1, 1, 1), (1, 3, 4), (3, 1, 5), (draw.integer(6, 12), draw.integer(6, 12), 6)]:
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
    for kind in KINDS:
        weights = draw.integers(2, 9, 2, 3).astype(kind)
        submission.pointwise_conv2d(whole(draw, kind, 3, 2, 4), weights, np.zeros(2, kind))
    image, weights = draw.positive(2, 2, 3).astype(np.float16), draw.positive(2, 2).astype(np.float16)
    submission.pointwise_conv2d.within(HALF, image, weights, np.zeros(2, np.float16))


@check(points=1, needs="pointwise_conv2d")
def test_pointwise_inputs_unchanged(submission, draw):
    """Maps, weights and biases are still what they were after the call."""
    X, W, b = (submission.hold(draw.array(*shape)) for shape in ((3, 5, 3), (3, 3), (3,)))
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
