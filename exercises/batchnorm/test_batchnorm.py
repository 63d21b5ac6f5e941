"""Graded checks of `batchnorm`.

Channels, height and width differ, and so do the numbers of images: a statistic over the wrong axes shows.
`LARGE` values keep eps out of the checks that are about something else.
"""

import numpy as np

from grader.checks.authoring import AFTERWARDS, LAYOUTS, REAL, Tolerance, cases, check

LARGE = 2.0**14
SLOPE = Tolerance(rtol=1e-3, floor=1e-3)
BUFFER = Tolerance(floor=1e-6)  # running means may be kept in float32, and old and new ones may nearly cancel


def layer_with(submission, draw, channels, **options):
    """A layer with drawn gamma and beta."""
    layer = submission.BatchNorm2D(channels, **options)
    layer.assign(gamma=draw.array(channels), beta=draw.array(channels))
    return layer


@check(points=1)
def test_initial(submission, draw):
    """A new layer has gamma = 1, beta = 0, running mean 0 and running variance 1, one value a channel."""
    for layer in (submission.BatchNorm2D(num_features=2, eps=0.5, momentum=0.25), submission.BatchNorm2D(3)):
        layer.read("gamma")
        layer.read("beta")
        submission.kit.values_of(layer, "running_mean")
        submission.kit.values_of(layer, "running_var")
    layer.assign(running_mean=draw.array(3), running_var=np.full(3, LARGE))
    layer.forward(draw.array(2, 3, 2, 4), training=False)
    submission.kit.values_of(layer, "running_mean")


@check(points=2)
def test_normalises(submission, draw):
    """In training every channel is normalised by its mean and variance over all images, rows and columns."""
    layer = submission.BatchNorm2D(3)
    layer.forward(draw.array(2, 3, 4, 5, scale=LARGE))
    layer.forward(draw.array(1, 3, 5, 2, scale=LARGE), training=True)
    submission.BatchNorm2D(2).forward(draw.array(4, 2, 1, 3, scale=LARGE) + 3 * LARGE, True)


@check(points=1)
def test_eps(submission, draw):
    """eps is added to the variance, inside the root: a constant channel gives beta, not NaN."""
    submission.BatchNorm2D(2, eps=0.5).forward(draw.array(2, 2, 3, 4, scale=1))
    submission.BatchNorm2D(3).forward(draw.array(2, 3, 2, 3) / 64)
    layer = layer_with(submission, draw, 2, eps=0.125)
    layer.forward(np.broadcast_to(draw.array(1, 2, 1, 1), (2, 2, 3, 2)))
    layer.forward(draw.array(2, 2, 2, 3))


@check(points=2)
def test_gamma_beta(submission, draw):
    """gamma scales and beta shifts the normalised channels."""
    layer = layer_with(submission, draw, 3)
    layer.forward(draw.array(2, 3, 4, 3, scale=LARGE))
    layer.forward(draw.array(2, 3, 2, 5, scale=LARGE))


@check(points=1)
def test_running_mean(submission, draw):
    """The running mean becomes (1 − momentum) · old + momentum · mean of the batch."""
    layer = submission.BatchNorm2D(2, momentum=0.25)
    for n in (3, 1):
        layer.forward.quietly(draw.array(n, 2, 2, 3) + 1)
        submission.kit.values_of.within(BUFFER, layer, "running_mean")
    layer = submission.BatchNorm2D(3)
    layer.forward.quietly(draw.array(2, 3, 3, 1) - 2)
    submission.kit.values_of.within(BUFFER, layer, "running_mean")


@check(points=2)
def test_running_variance(submission, draw):
    """The running variance moves in the same way, towards the batch's variance with n − 1 and without eps."""
    layer = submission.BatchNorm2D(2, eps=0.5, momentum=0.25)
    for n in (3, 1):
        layer.forward.quietly(draw.array(n, 2, 2, 3))
        submission.kit.values_of(layer, "running_var")
    layer = submission.BatchNorm2D(3)
    layer.forward.quietly(draw.array(2, 3, 3, 1))
    submission.kit.values_of(layer, "running_var")


@check(points=1.5)
def test_evaluation(submission, draw):
    """With training=False the running statistics normalise, and they stay as they are."""
    layer = layer_with(submission, draw, 3, momentum=0.25)
    layer.assign(running_mean=draw.array(3, scale=LARGE), running_var=draw.positive(3) * LARGE**2)
    layer.forward(draw.array(2, 3, 4, 5, scale=LARGE), training=False)
    layer.forward(draw.array(1, 3, 1, 2, scale=LARGE), False)
    layer.forward(draw.array(1, 3, 1, 1, scale=LARGE), training=False)
    submission.kit.values_of(layer, "running_mean")
    submission.kit.values_of(layer, "running_var")


@check(points=0.5)
def test_eps_in_evaluation(submission, draw):
    """eps is added to the running variance in the same way."""
    layer = submission.BatchNorm2D(2, eps=0.5)
    layer.forward.observed(draw.array(2, 2, 2, 3))
    layer.assign(running_mean=draw.array(2), running_var=draw.positive(2) / [16, 1])  # below eps, and above it
    layer.forward(draw.array(2, 2, 2, 3), training=False)
    layer.observe("running_mean")


@check(points=2)
def test_parameter_gradients(submission, draw):
    """backward sets dgamma and dbeta: sums over all images, rows and columns."""
    for shape in [(2, 3, 4, 5), (1, 3, 2, 3)]:
        layer = layer_with(submission, draw, 3)
        layer.forward.quietly(draw.array(*shape, scale=LARGE))
        layer.backward.quietly(draw.array(*shape) + 0.5)
        layer.read("dgamma")
        layer.read("dbeta")


@check(points=3)
def test_input_gradient(submission, draw):
    """backward returns the gradient of the input, through the mean and the variance as well."""
    layer, other = layer_with(submission, draw, 3), layer_with(submission, draw, 3)
    for shape in [(2, 3, 4, 5), (1, 3, 2, 3)]:
        layer.forward.observed(draw.array(*shape, scale=LARGE))
        other.forward.observed(draw.array(*shape, scale=LARGE))
        layer.backward(draw.array(*shape) + 0.5)


@check(points=1)
def test_slope(submission, draw):
    """backward is the slope of your own forward (central difference along a random direction)."""
    layer = layer_with(submission, draw, 2, eps=0.5)
    X, step, dout = draw.array(2, 2, 3, 2), draw.array(2, 2, 3, 2) / 1024, draw.array(2, 2, 3, 2)
    above = inner(layer.forward.observed(X + step), dout)
    below = inner(layer.forward.observed(X - step), dout)
    layer.forward.quietly(X)
    gradient = layer.backward.observed(dout)
    slope = (above - below) / 2 * 1024
    submission.require(above != inner(X + step, dout), "forward should normalise X, and not return it as it is")
    submission.require(np.isfinite(slope) and slope != 0, "forward should give finite numbers, of X's shape")
    what = "the gradient with respect to X: its slope along a random direction, by your forward and by your backward"
    submission.judge(slope, inner(gradient, step) * 1024, what, SLOPE)


def inner(answer, weights):
    """The sum of products; NaN if the submission's answer is no array of this shape."""
    try:
        values = np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError):
        return np.nan
    return float(np.sum(values * weights)) if values.shape == weights.shape else np.nan


@check(points=1)
def test_second_backward(submission, draw):
    """A second backward replaces dgamma and dbeta, it does not add to them."""
    layer = submission.BatchNorm2D(2)
    for _ in range(2):
        layer.forward.quietly(draw.array(2, 2, 2, 3, scale=LARGE))
        layer.backward.quietly(draw.array(2, 2, 2, 3) + 0.5)
    layer.read("dgamma")
    layer.read("dbeta")


@check(points=1)
def test_whole_numbers(submission, draw):
    """Images of whole numbers, uint8 ones too, are computed with as real numbers."""
    layer = submission.BatchNorm2D(2)
    layer.forward(draw.integers(0, 255, 2, 2, 3, 4).astype(np.uint8))
    layer.forward(draw.integers(-99, 99, 2, 2, 2, 3))


@check(points=1)
def test_inputs_kept(submission, draw):
    """Neither X nor dout is changed."""
    layer = submission.BatchNorm2D(2)
    X, dout = submission.hold(draw.array(2, 2, 2, 3, scale=LARGE)), submission.hold(draw.array(2, 2, 2, 3))
    layer.forward(X)
    dX = layer.backward.observed(dout)
    for answer, call in [(dX, "backward"), (layer.forward.observed(X, training=False), "forward")]:
        size = inner(answer, draw.array(2, 2, 2, 3))
        submission.require(np.isfinite(size) and size != 0, f"{call} should return numbers, in X's shape")
    X.unchanged()
    dout.unchanged()


MODES = {  # for each forward pass, whether it is one of training
    "training": [True],
    "evaluation": [False],
    "evaluation after training": [True, False],
    "training after evaluation": [False, True],
    "training between evaluations": [False, True, False],
}
PASSES = {"forward": 0, "backward": 1, "twice": 1, "backward again": 2}  # backward ones after each forward in training


@cases(
    points=1,
    count=60,
    N=[1, 2, 3],
    C=[1, 2, 3],
    H=range(1, 5),
    W=range(1, 5),
    mode=MODES,
    passes=PASSES,
    values=["spread", "offset", "constant"],
    dtype=REAL,
    layout=LAYOUTS,
    dout_layout=LAYOUTS,
    eps=[1e-5, 0.5, 0],
    momentum=[0.1, 0.5, 0, 1],
    gamma=["drawn", "zero"],
    meanwhile=["nothing", "another layer"],
    options=["keywords", "positional", "defaults"],
    call=["positional", AFTERWARDS],
    where=lambda N, H, W, mode, passes, values, dtype, eps, **_: (
        (N * H * W > 2 or mode == "evaluation")
        and (passes == "forward" or mode.startswith("training"))
        and (values != "offset" or dtype != "float16")  # whose steps are wide there
        and (eps or mode == "evaluation")  # where no variance is 0
    ),
)
def BatchNorm2D(
    submission, draw, N, C, H, W, mode, passes, values, dtype, eps, momentum, gamma, meanwhile, options, call, **layouts
):
    """Any batch, number type and options, in training and in evaluation, forward and backward, once and again."""
    layer, other = built(submission, options, C, eps, momentum), submission.BatchNorm2D(C + 1, 2.0, 0.75)
    exact = dtype not in ("float32", "float16")
    if mode != "training":
        layer.assign(running_mean=draw.digits(C), running_var=draw.positive(C))
    for training in MODES[mode] + [True] * (passes == "twice"):
        layer.assign(gamma=draw.digits(C) / 2 * (gamma == "drawn"), beta=draw.digits(C))
        layer.forward.by(call, X=batch(draw, (N, C, H, W), values, dtype, layouts["layout"]), training=training)
        for name in ("running_mean", "running_var"):
            values_of = submission.kit.values_of
            values_of.within(BUFFER, layer, name) if exact else values_of(layer, name)
        if meanwhile == "another layer":
            other.forward.quietly(draw.digits(N + 1, C + 1, H, W))
        for _ in range(PASSES[passes] if training else 0):
            gradient = draw.digits(N, C, H, W, layout=layouts["dout_layout"])
            layer.backward.by(call, tolerance=CANCELS, dout=gradient) if exact else layer.backward.quietly(gradient)
            layer.read("dgamma")
            layer.read("dbeta")


CANCELS = Tolerance(floor=1e-8)  # the gradient of a constant channel is a sum that cancels, divided by √eps


def built(submission, options, C, eps, momentum):
    """A layer with these options, or without any."""
    if options == "defaults":
        return submission.BatchNorm2D(C)
    if options == "positional":
        return submission.BatchNorm2D(C, eps, momentum)
    return submission.BatchNorm2D(num_features=C, eps=eps, momentum=momentum)


def batch(draw, shape, values, dtype, layout):
    """Images (N, C, H, W): small numbers, ones whose squares do not fit into 8 or 16 bits, or one for each channel."""
    if values == "constant":
        return np.broadcast_to(draw.digits(1, shape[1], 1, 1, dtype=dtype), shape)
    start = 1000 if dtype in ("int16", "uint16", "int32") else 100
    return draw.digits(*shape, dtype=dtype, layout=layout, start=start if values == "offset" else 0)


@check(points=0, bonus=1, kind="timing")
def test_speed(timing):
    """Bonus: forward and backward take at most 5 times as long as the reference's, without a loop over the pixels."""

    def inputs(draw, n):
        return timing.name("BatchNorm2D"), draw.array(8, 8, n, n), draw.array(8, 8, n, n)

    timing.at_most(5, "kit.passes", inputs, size=24)
