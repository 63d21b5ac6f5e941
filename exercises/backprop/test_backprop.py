"""Graded checks of `backprop`.

Height and width differ everywhere, sizes do not always divide, and the grader's own weights are put into the layers.
Where a check is about backward, the output of forward is not judged.
"""

from itertools import product

import numpy as np

from grader.checks.authoring import Tolerance, check

SHAPE = Tolerance(rtol=0, atol=1e9)  # any finite numbers in the right shape
SLOPE = Tolerance(rtol=1e-6, floor=1e-6)
ROUGH = Tolerance(rtol=1e-4, atol=1e-5)  # after many layers in float32, whose numbers the other checks keep exact


def conv(submission, draw, c_in, c_out, size, **options):
    """A convolution with drawn weights."""
    layer = submission.Conv2D(c_in, c_out, size, **options)
    layer.assign(W=draw.array(c_out, c_in, size, size), b=draw.array(c_out))
    return layer


def after_forward(submission, draw, n, c_in, c_out, height, width, size, stride=1, padding=0):
    """A convolution after a forward pass, and a gradient for its output."""
    layer = conv(submission, draw, c_in, c_out, size, stride=stride, padding=padding)
    layer.forward.observed(draw.array(n, c_in, height, width))
    rows, columns = ((length + 2 * padding - size) // stride + 1 for length in (height, width))
    return layer, draw.array(n, c_out, rows, columns)


def some(draw, strides=(1,), paddings=(0,)):
    """What `after_forward` takes, for each stride and padding: a 1×1 kernel, one as large as the image, a drawn one."""
    found = []
    for stride, padding in product(strides, paddings):
        size, channels = draw.integer(2, 4), (draw.integer(1, 3), draw.integer(1, 3))
        rows, columns = size + draw.integer(0, 5), size + draw.integer(0, 5)
        found.append((2, *channels, draw.integer(2, 6), draw.integer(2, 6), 1, stride, padding))
        found.append((1, *channels, size, size, size, stride, padding))
        found.append((draw.integer(1, 3), *channels, rows, columns, size, stride, padding))
    return found


def array(answer, shape):
    """A submission's answer as numbers of this shape; NaN if it is nothing of the kind."""
    try:
        values = np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError):
        return np.full(shape, np.nan)
    return values.reshape(shape) if values.size == np.prod(shape) else np.full(shape, np.nan)


# ---------------------------------------------------------------- Conv2D


@check(points=0.5, needs="Conv2D")
def test_conv_parameters(submission, draw):
    """Conv2D.W is (C_out, C_in, k, k), and b has one number for each filter."""
    sizes = [(1, 8, 3), (8, 16, 3), (3, 2, 5)]
    layers = [submission.Conv2D(*numbers) for numbers in sizes]  # all of them, before any is looked at
    for layer, (c_in, _, _) in zip(layers, sizes, strict=True):
        submission.kit.shape_of(layer, "W")
        submission.kit.size_of(layer, "b")
        layer.forward.within(SHAPE, draw.array(2, c_in, 6, 7))


@check(points=1.5, needs="Conv2D")
def test_conv_forward(submission, draw):
    """Conv2D.forward: a convolution of every image, with stride, padding and bias."""
    conv(submission, draw, 2, 3, 3).forward(draw.array(2, 2, 5, 6))
    conv(submission, draw, 1, 2, 2, stride=2, padding=1).forward(draw.array(3, 1, 5, 4))
    conv(submission, draw, 3, 2, 3, padding=2).forward(draw.array(1, 3, 4, 3))
    layer = submission.Conv2D(2, 2, 3, 2, 1)
    layer.assign(W=draw.array(2, 2, 3, 3), b=draw.array(2))
    layer.forward(draw.array(1, 2, 6, 7))
    conv(submission, draw, 2, 3, 3, stride=2).forward(draw.array(1, 2, 7, draw.integer(9, 12)))
    for n, c_in, c_out, height, width, size, stride, padding in some(draw, (1, 2, 3), (0, 1, 2)):
        layer = conv(submission, draw, c_in, c_out, size, stride=stride, padding=padding)
        layer.forward(draw.array(n, c_in, height, width))


def gradient_of_weights(submission, draw, case):
    """Compare dW after a backward pass."""
    layer, dout = after_forward(submission, draw, *case)
    layer.backward.quietly(dout)
    layer.read("dW")


@check(points=2, needs="Conv2D")
def test_conv_weight_gradient(submission, draw):
    """Conv2D.dW: the sum over images and positions of the output's gradient times the window."""
    for case in [(2, 2, 3, 5, 6, 3), (1, 2, 2, 7, 5, 2), (2, 1, 3, 5, 7, 3, 2, 1), (1, 3, 2, 4, 5, 3, 1, 2)]:
        gradient_of_weights(submission, draw, case)
    for case in some(draw, (1, 2, 3), (0, 1, 2)):
        gradient_of_weights(submission, draw, case)


@check(points=1, needs="Conv2D")
def test_conv_bias_gradient(submission, draw):
    """Conv2D.db: the sum of the output's gradient over images, rows and columns, in b's shape."""
    for case in [(2, 1, 2, 4, 6, 3), (3, 2, 3, 5, 4, 2, 2, 1), *some(draw), *some(draw, (2,), (1,))]:
        layer, dout = after_forward(submission, draw, *case)
        layer.backward.quietly(dout)
        submission.kit.values_of(layer, "db")
        submission.kit.same_shape(layer, "b", "db")


@check(points=1, needs="Conv2D")
def test_conv_input_gradient(submission, draw):
    """Conv2D.backward returns the gradient of X (stride 1, no padding)."""
    for case in [(2, 3, 3, 4, 6, 3), (1, 2, 3, 6, 4, 2), *some(draw)]:
        layer, dout = after_forward(submission, draw, *case)
        layer.backward(dout)


@check(points=1, needs="Conv2D")
def test_conv_input_gradient_stride_padding(submission, draw):
    """Conv2D.backward returns the gradient of X with strides and padding, too."""
    for case in [
        (2, 2, 2, 5, 7, 3, 2, 1),
        (1, 2, 3, 6, 5, 3, 2, 1),
        (2, 1, 2, 7, 8, 2, 3, 0),
        (1, 3, 2, 4, 5, 3, 1, 2),
        (2, 2, 2, 7, 10, 3, 2, 0),
        *some(draw, (1, 2, 3), (1, 2)),
        *some(draw, (2, 3)),
    ]:
        layer, dout = after_forward(submission, draw, *case)
        layer.backward(dout)


@check(points=1, needs="Conv2D")
def test_conv_slope(submission, draw):
    """Conv2D's gradients are the slopes of your own forward (central differences along random directions)."""
    X, step = draw.array(2, 2, 4, 5), {"W": draw.array(2, 2, 3, 3), "b": draw.array(2), "X": draw.array(2, 2, 4, 5)}
    layer, dout = after_forward(submission, draw, 2, 2, 2, 4, 5, 3, stride=2, padding=1)
    W, b = draw.array(2, 2, 3, 3), draw.array(2)

    def loss(sign, *moved):
        """The sum of dout times forward, with some of W, b and X moved along their directions."""
        W_b_X = [v + sign * step[n] if n in moved else v for n, v in [("W", W), ("b", b), ("X", X)]]
        layer.assign(W=W_b_X[0], b=W_b_X[1])
        return np.sum(dout * array(layer.forward.observed(W_b_X[2]), dout.shape))

    slopes = [(loss(1, name) - loss(-1, name)) / 2 for name in ("X", "W", "b")]
    loss(0)
    gradients = [layer.backward.observed(dout), layer.observe("dW"), layer.observe("db")]
    found = [np.sum(array(g, step[n].shape) * step[n]) for g, n in zip(gradients, ("X", "W", "b"), strict=True)]
    submission.require(np.isfinite(slopes).all() and any(slopes), "forward should give finite numbers that depend on W")
    for name, given, slope, own in zip(("X", "W", "b"), ("backward", "dW", "db"), slopes, found, strict=True):
        what = f"its slope along a random direction, by your forward and by your {given}"
        submission.judge(slope, own, f"the gradient with respect to {name}: {what}", SLOPE)


@check(points=0.5, needs="Conv2D")
def test_conv_second_backward(submission, draw):
    """A second Conv2D.backward replaces dW and db, it does not add to them."""
    layer = conv(submission, draw, 2, 3, 2)
    for _ in range(2):
        layer.forward.quietly(draw.array(2, 2, 3, 4))
        layer.backward.quietly(draw.array(2, 3, 2, 3))
    layer.read("dW")
    submission.kit.values_of(layer, "db")


@check(points=1, needs="Conv2D")
def test_conv_whole_numbers(submission, draw):
    """Conv2D takes images of whole numbers, uint8 ones too; the gradient is made of real numbers."""
    for image in [draw.integers(-9, 9, 2, 2, 4, 5), draw.integers(0, 255, 1, 2, 5, 4).astype(np.uint8)]:
        layer = conv(submission, draw, 2, 3, 3)
        layer.forward(image)
        layer.backward(draw.array(len(image), 3, image.shape[2] - 2, image.shape[3] - 2))


@check(points=0.5, needs="Conv2D")
def test_conv_inputs_kept(submission, draw):
    """Conv2D changes neither X nor dout, and leaves it to the optimiser to change W and b."""
    X, dout = submission.hold(draw.array(2, 2, 4, 5)), submission.hold(draw.array(2, 3, 2, 3))
    layer = conv(submission, draw, 2, 3, 3)
    answers = array(layer.forward.observed(X), (2, 3, 2, 3)), array(layer.backward.observed(dout), (2, 2, 4, 5))
    submission.require(all(np.isfinite(a).all() and a.any() for a in answers), "both calls should return an array")
    X.unchanged()
    dout.unchanged()
    layer.read("W")
    submission.kit.values_of(layer, "b")


# ---------------------------------------------------------------- MaxPool2D


@check(points=1, needs="MaxPool2D")
def test_pool_forward(submission, draw):
    """MaxPool2D.forward: the maximum of each window, negative values too; windows that do not fit are dropped."""
    submission.MaxPool2D().forward(draw.distinct(2, 2, 5, 7))
    submission.MaxPool2D(3).forward(draw.distinct(1, 2, 6, 7) - 30)
    submission.MaxPool2D(2, 1).forward(draw.distinct(2, 1, 3, 4))
    submission.MaxPool2D(pool_size=2, stride=3).forward(draw.distinct(1, 3, 8, 6) - 40)


@check(points=1, needs="MaxPool2D")
def test_pool_backward(submission, draw):
    """MaxPool2D.backward sends each window's gradient to its maximum; X and dout stay as they are."""
    X, dout = submission.hold(draw.distinct(2, 2, 5, 7)), submission.hold(draw.array(2, 2, 2, 3))
    layer = submission.MaxPool2D()
    layer.forward.quietly(X)
    layer.backward(dout)
    X.unchanged()
    dout.unchanged()
    layer = submission.MaxPool2D(2, stride=3)
    layer.forward.quietly(draw.distinct(1, 3, 8, 5))
    layer.backward(draw.array(1, 3, 3, 2))


@check(points=1.5, needs="MaxPool2D")
def test_pool_overlap(submission, draw):
    """Where windows overlap, a pixel that is the maximum of several gets the gradients of all of them, added up."""
    for size, stride, shape, out in [(3, 2, (2, 2, 5, 7), (2, 2, 2, 3)), (3, 1, (1, 2, 4, 5), (1, 2, 2, 3))]:
        X = draw.distinct(*shape)
        X[:, :, 2, 2] += 100  # the maximum of several windows,
        X[:, :, 1, 4] += 200  # and a larger one beside it in another
        layer = submission.MaxPool2D(pool_size=size, stride=stride)
        layer.forward.quietly(X)
        layer.backward(draw.array(*out))


@check(points=1, needs="MaxPool2D")
def test_pool_ties(submission, draw):
    """Where a window has several equal maxima, its gradient is handed on once: to one of them, or shared out."""
    X, dout = draw.integers(-1, 1, 2, 2, 4, 6).astype(np.float64), draw.array(2, 2, 2, 3)
    X[0, 0, :2, :2] = 1
    layer = submission.MaxPool2D(2)
    layer.forward.quietly(X)
    dX = windows(array(layer.backward.observed(dout), X.shape))  # (N, C, H_out, W_out, 4)
    submission.judge(dout, dX.sum(axis=-1), "the gradient that each window hands on, summed over its pixels")
    elsewhere = windows(X) < windows(X).max(axis=-1, keepdims=True)
    submission.require(not np.any(dX[elsewhere]), "a pixel that is no maximum of its window should get no gradient")


def windows(X):
    """The 2×2 windows of X (N, C, H, W) that do not overlap → (N, C, H / 2, W / 2, 4)."""
    N, C, H, W = X.shape
    return X.reshape(N, C, H // 2, 2, W // 2, 2).swapaxes(3, 4).reshape(N, C, H // 2, W // 2, 4)


@check(points=0.5, needs="MaxPool2D")
def test_pool_whole_numbers(submission, draw):
    """MaxPool2D takes images of whole numbers; the gradient is made of real numbers."""
    values = np.floor(4 * draw.distinct(2, 1, 4, 6)) + 100
    for kind in (np.float64, np.int64, np.uint8):
        layer = submission.MaxPool2D()
        layer.forward.observed(values.astype(kind))
        layer.backward(draw.array(2, 1, 2, 3))


# ---------------------------------------------------------------- all layers, and speed


@check(points=1)
def test_network(submission, draw):
    """The layers work together in one network: forward through all of them, then backward through all of them."""
    first, second = conv(submission, draw, 1, 2, 3, padding=1), conv(submission, draw, 2, 3, 2)
    hidden, last = (submission.Dense(*shape) for shape in ((18, 5), (5, 4)))
    hidden.assign(W=draw.array(18, 5), b=draw.array(5))
    last.assign(W=draw.array(5, 4), b=draw.array(4))
    pool, relu, flatten = submission.MaxPool2D(2), submission.ReLU, submission.Flatten()
    layers = [first, pool, relu(), second, relu(), flatten, hidden, last]
    signal = draw.normal(2, 1, 6, 8)
    for layer in layers:
        signal = layer.forward.within(ROUGH, signal)
    gradient = draw.normal(2, 4)
    for layer in reversed(layers):
        gradient = layer.backward.within(ROUGH, gradient)
    for layer in (first, second, hidden, last):
        layer.read("dW", tolerance=ROUGH)
        submission.kit.values_of.within(ROUGH, layer, "db")


@check(points=0, bonus=2, needs="Conv2D", kind="timing")
def test_speed(timing):
    """Bonus: Conv2D forward and backward take at most 5 times as long as the reference's."""

    def inputs(draw, n):
        return timing.name("Conv2D"), draw.array(4, 3, n, n), draw.array(8, 3, 3, 3), draw.array(4, 8, n, n)

    timing.at_most(5, "kit.passes", inputs, size=16)
