"""Graded checks of `fast_conv`."""

import numpy as np

from grader.checks.authoring import CALLS, DOUBLE, INTEGERS, Tolerance, cases, check

SHARP = Tolerance(rtol=1e-9, atol=1e-9, tensors=True)


def inputs(draw, images, channels, filters, *size, most=8):
    """Images in which a window of this size fits, rarely square, and filters of this size."""
    height, width = (length + draw.integer(0, most) for length in size)
    return draw.array(images, channels, height, width), draw.array(filters, channels, *size)


def sizes(draw):
    """1×1, and two sizes of windows that are drawn."""
    return [(1, 1), (draw.integer(2, 5), draw.integer(1, 5)), (draw.integer(1, 4), draw.integer(2, 5))]


@check(points=2)
def test_window(submission, draw):
    """Every filter is slid over the image as it is, and the channels are summed."""
    submission.conv2d.within(DOUBLE, draw.array(2, 3, 5, 7), draw.array(4, 3, 3, 3), np.zeros(4))
    submission.conv2d.within(DOUBLE, draw.array(2, 3, 5, 7), draw.array(4, 3, 3, 3))
    submission.conv2d.within(DOUBLE, draw.array(2, 3, 5, 7), draw.array(4, 3, 3, 2))
    submission.conv2d.within(DOUBLE, draw.array(3, 2, 6, 4), draw.array(5, 2, 2, 4))
    submission.conv2d.within(DOUBLE, draw.array(2, 4, 3, 5), draw.array(2, 4, 1, 1))
    for size in sizes(draw):
        submission.conv2d.within(DOUBLE, *inputs(draw, 2, draw.integer(2, 6), draw.integer(2, 6), *size))
    submission.conv2d.within(DOUBLE, draw.array(2, 2, draw.integer(17, 30), 19), draw.array(3, 2, 3, 3))


@check(points=1)
def test_single_image(submission, draw):
    """A batch of one image, one channel and one filter; a kernel as large as the image."""
    submission.conv2d.within(DOUBLE, draw.array(1, 1, 4, 6), draw.array(1, 1, 3, 3))
    submission.conv2d.within(DOUBLE, draw.array(1, 1, 4, 6), draw.array(1, 1, 2, 3))
    submission.conv2d.within(DOUBLE, draw.array(1, 3, 4, 5), draw.array(2, 3, 4, 5))
    for images, channels, filters in [(1, 1, 1), (1, 3, 1)]:
        submission.conv2d.within(DOUBLE, *inputs(draw, images, channels, filters, 1, 1))


@check(points=1)
def test_bias(submission, draw):
    """Every filter adds its bias once, or none if there is none."""
    submission.conv2d.within(DOUBLE, draw.array(2, 3, 4, 6), draw.array(4, 3, 3, 3), draw.array(4))
    submission.conv2d.within(DOUBLE, draw.array(2, 3, 4, 6), draw.array(4, 3, 2, 3), draw.array(4))
    submission.conv2d.within(DOUBLE, draw.array(2, 1, 4, 4), draw.array(3, 1, 3, 2), bias=draw.array(3))
    submission.conv2d.within(DOUBLE, *inputs(draw, 1, 2, 1, 2, 3), draw.array(1))
    submission.conv2d.within(DOUBLE, *inputs(draw, 1, 2, 3, 1, 1), None)


@check(points=2)
def test_stride(submission, draw):
    """The window moves `stride` pixels at a time, along both axes; what does not fit is dropped."""
    submission.conv2d.within(DOUBLE, draw.array(2, 2, 8, 11), draw.array(3, 2, 3, 3), stride=2)
    submission.conv2d.within(DOUBLE, draw.array(2, 2, 8, 11), draw.array(3, 2, 3, 2), stride=2)
    submission.conv2d.within(DOUBLE, draw.array(1, 3, 11, 9), draw.array(2, 3, 2, 3), None, 3)
    submission.conv2d.within(DOUBLE, draw.array(2, 2, 7, draw.integer(9, 14)), draw.array(3, 2, 3, 3), None, 2)
    submission.conv2d.within(DOUBLE, *inputs(draw, 2, 2, 3, draw.integer(1, 5), draw.integer(1, 5)), None, 4)


@check(points=2)
def test_padding(submission, draw):
    """`padding` zeros are put on all four sides of the image."""
    submission.conv2d.within(DOUBLE, draw.array(2, 2, 4, 6), draw.array(3, 2, 3, 3), padding=1)
    submission.conv2d.within(DOUBLE, draw.array(2, 3, 4, 5), draw.array(2, 3, 3, 4), None, 1, 2)
    submission.conv2d.within(DOUBLE, *inputs(draw, 2, 2, 3, draw.integer(2, 5), draw.integer(1, 5)), None, 1, 3)


@check(points=1)
def test_stride_and_padding(submission, draw):
    """Everything together, with keywords."""
    x, weight, bias = draw.array(2, 3, 7, 10), draw.array(6, 3, 3, 3), draw.array(6)
    submission.conv2d.within(DOUBLE, x, weight, bias, 2, 1)
    weight = draw.array(6, 3, 3, 2)
    submission.conv2d.within(DOUBLE, x=x, weight=weight, bias=bias, stride=2, padding=1)
    x, weight = inputs(draw, 2, 3, 4, draw.integer(2, 5), draw.integer(1, 5))
    submission.conv2d.within(DOUBLE, x, weight, draw.array(4), 4, draw.integer(1, 3))


@check(points=1)
def test_single_precision(submission, draw):
    """float32 tensors work too."""
    submission.conv2d(draw.tensor(2, 3, 6, 8), draw.tensor(4, 3, 3, 3))
    submission.conv2d(draw.tensor(2, 3, 4, 5), draw.tensor(4, 3, 1, 1))


@check(points=1)
def test_double_precision(submission, draw):
    """float64 tensors are computed in float64 throughout."""
    x, weight = 1000 + draw.normal(2, 3, 6, 8), draw.normal(4, 3, 3, 3)
    weight -= weight.mean((1, 2, 3), keepdims=True)  # the thousand cancels, rounding errors do not
    submission.conv2d.within(SHARP, x, weight)
    submission.conv2d.within(SHARP, x, weight, draw.normal(4))


@check(points=1)
def test_another_device(submission, draw):
    """Tensors on another device than the CPU: the result is there too (tried on `meta`: shapes without numbers)."""
    for kind in ("float32", "float64"):
        for size in (3, 1):
            arrays = draw.array(1, 2, 4, size), draw.array(3, 2, size, size), draw.array(3)  # three columns come out
            for device in ("cpu", "meta"):  # what fails on both has another cause
                submission.kit.device_of_result(submission.conv2d, device, *(a.astype(kind) for a in arrays), 1, 1)


@check(points=2)
def test_gradients(submission, draw):
    """Autograd flows to x and weight."""
    x, weight = draw.array(2, 3, 5, 7), draw.array(4, 3, 3, 2)
    gradients = submission.kit.gradients
    gradients.within(DOUBLE, submission.conv2d, draw.array(500), x, draw.array(4, 3, 3, 3))
    gradients.within(DOUBLE, submission.conv2d, draw.array(500), x, weight)
    for size in sizes(draw):
        gradients.within(DOUBLE, submission.conv2d, draw.array(500), *inputs(draw, 2, 3, 2, *size))
        gradients.within(DOUBLE, submission.conv2d, draw.array(500), *inputs(draw, 2, 1, 1, *size, most=0))


@check(points=2)
def test_gradients_with_stride_and_padding(submission, draw):
    """The gradients of x and weight are right with a stride and padding too."""
    gradients = submission.kit.gradients
    x, weight = draw.array(2, 3, 7, 9), draw.array(4, 3, 3, 3)
    gradients.within(DOUBLE, submission.conv2d, draw.array(500), x, weight, None, 2, 1)
    x, weight = draw.array(1, 2, 6, 5), draw.array(4, 2, 2, 3)
    gradients.within(DOUBLE, submission.conv2d, draw.array(500), x, weight, None, 3, 2)
    for stride, padding in [(1, 1), (2, 0), (2, 1), (3, 2)]:
        for size in sizes(draw):
            x, weight = inputs(draw, 2, 2, 3, *size)
            gradients.within(DOUBLE, submission.conv2d, draw.array(500), x, weight, None, stride, padding)


@check(points=1)
def test_bias_gradient(submission, draw):
    """Autograd flows to the bias: the sum over all positions and images."""
    x, weight, bias = draw.array(2, 3, 5, 7), draw.array(4, 3, 3, 4), draw.array(4)
    gradients = submission.kit.gradients
    gradients.within(DOUBLE, submission.conv2d, draw.array(500), x, draw.array(4, 3, 3, 3), bias)
    gradients.within(DOUBLE, submission.conv2d, draw.array(500), x, weight, bias)


@check(points=1)
def test_inputs_unchanged(submission, draw):
    """x, weight and bias are still what they were after the call, with their gradients."""
    x, weight, bias = (submission.hold(draw.array(*s)) for s in ((2, 3, 5, 6), (4, 3, 3, 3), (4,)))
    submission.conv2d(x, weight, bias)
    x.unchanged()
    weight.unchanged()
    bias.unchanged()
    for asking in True, False:
        arrays = draw.array(2, 3, 5, 6), draw.array(4, 3, 3, 3), draw.array(4)
        submission.kit.in_training(submission.conv2d, *arrays, asking)


ROUGH = Tolerance(rtol=1e-4, atol=1e-4, floor=1e-4, tensors=True)  # sums of numbers up to 81 that may cancel
TENSOR_LAYOUTS = ["C", "channels_last", "F", "sliced", "broadcast"]


@cases(
    points=1,
    count=100,
    N=[1, 2, 3],
    C_in=[1, 2, 3],
    C_out=[1, 2, 3],
    H=range(1, 7),
    W=range(1, 7),
    Fh=range(1, 4),
    Fw=range(1, 4),
    stride=[1, 2, 3],
    padding=[0, 1, 2],
    bias=["given", "None", "left out", "given with gaps"],
    dtype=["float64", "float32"],
    layout=TENSOR_LAYOUTS,
    weight_layout=TENSOR_LAYOUTS[:-1],
    gradient=["none", "all", "x", "weight", "bias"],
    call=[*CALLS, "defaults"],
    integers=INTEGERS,
    where=lambda H, W, Fh, Fw, padding, bias, call, gradient, **_: (
        Fh <= H + 2 * padding
        and Fw <= W + 2 * padding
        and (bias != "left out" or call in ("keywords", "defaults"))
        and (gradient == "none" or call == "positional")
        and (gradient != "bias" or bias.startswith("given"))
    ),
)
def conv2d(submission, draw, N, C_in, C_out, H, W, Fh, Fw, stride, padding, bias, dtype, gradient, call, **rest):
    """Any legal images, filters, stride, padding, precision and memory layout; gradients of all inputs, or of one."""
    number = INTEGERS[rest["integers"]]
    x = draw.digits(N, C_in, H, W, dtype=dtype, layout=rest["layout"])
    weight = draw.digits(C_out, C_in, Fh, Fw, dtype=dtype, layout=rest["weight_layout"])
    shift = draw.digits(C_out, dtype=dtype, layout="sliced" if bias == "given with gaps" else "C")
    given = {"x": x, "weight": weight, "bias": shift if bias.startswith("given") else None}
    given |= {"stride": number(stride), "padding": number(padding)}
    if bias == "left out":
        del given["bias"]
    tolerance = DOUBLE if dtype == "float64" else ROUGH
    if gradient != "none":
        only = None if gradient == "all" else gradient
        submission.kit.gradients.within(tolerance, submission.conv2d, draw.array(200), *given.values(), only)
        return
    left_out = {"stride": 1, "padding": 0} if call == "defaults" else {}
    given = {name: value for name, value in given.items() if name not in left_out or left_out[name] != value}
    submission.conv2d.by(call, tolerance=tolerance, **given)


def layer(draw, n):
    """A batch of four images of eight channels, and sixteen filters."""
    return draw.tensor(4, 8, n, n), draw.tensor(16, 8, 3, 3)


@check(points=2, kind="timing")
def test_speed(timing):
    """conv2d takes at most 10 times as long as unfold and one matrix product."""
    timing.at_most(10, "conv2d", layer, size=48, work=lambda n: 2 * 4 * 16 * 8 * 9 * (n - 2) ** 2)


@check(points=1, kind="memory")
def test_memory(timing):
    """At its peak conv2d needs at most 32 times the memory of its inputs (im2col with a 3×3 kernel needs some 10)."""
    timing.memory_at_most(32, "conv2d", layer, size=96)


@check(points=0, bonus=2, kind="timing", device="cuda")
def test_speed_on_gpu(timing):
    """On a GPU conv2d takes at most 8 times as long as torch's own convolution."""

    def inputs(draw, n):
        filters = [draw.tensor(*shape, 3, 3) / 24 for shape in ((128, 8), (128, 128), (8, 128))]
        return timing.name("conv2d"), draw.tensor(16, 8, n, n), *filters

    def work(n):
        return 2 * 16 * 9 * n * n * (8 * 128 + 8 * 128 * 128 + 128 * 8)

    timing.at_most_on_gpu(8, "kit.network", inputs, size=32, work=work, against="torch_conv2d")


@check(points=0, bonus=1, kind="memory", device="cuda")
def test_memory_on_gpu(timing):
    """On a GPU conv2d makes do with 32 times the memory of its inputs, 4 images of 16×512×512."""

    def inputs(draw, n):
        return draw.tensor(4, 16, n, n), draw.tensor(16, 16, 3, 3)

    timing.memory_at_most_on_gpu(32, "conv2d", inputs, size=512)
