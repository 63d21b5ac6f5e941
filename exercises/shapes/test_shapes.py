"""Graded checks of `shapes`."""

from grader.checks.authoring import CALLS, INTEGERS, cases, check


def conv(out_channels, kernel_size, stride=1, padding=0):
    return {
        "type": "conv",
        "out_channels": out_channels,
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": padding,
    }


def pool(kind, kernel_size, stride, padding=0):
    return {"type": kind, "kernel_size": kernel_size, "stride": stride, "padding": padding}


def fc(out_features):
    return {"type": "fc", "out_features": out_features}


BATCHNORM, RELU, DROPOUT = {"type": "batchnorm"}, {"type": "relu"}, {"type": "dropout"}
GAP, FLATTEN = {"type": "gap"}, {"type": "flatten"}
HALVE = pool("maxpool", 2, 2)

LENET = [conv(6, 5), RELU, pool("avgpool", 2, 2), conv(16, 5), RELU, pool("avgpool", 2, 2)]
LENET += [FLATTEN, fc(120), RELU, fc(84), RELU, fc(10)]

SMALL = [conv(16, 5), RELU, HALVE, conv(32, 5), RELU, HALVE, FLATTEN, fc(120), RELU, fc(10)]

MNIST = []
for channels, border in (32, 1), (64, 1), (128, 0):
    MNIST += [conv(channels, 3, padding=border), BATCHNORM, RELU, HALVE]
MNIST += [FLATTEN, fc(128), RELU, DROPOUT, fc(10)]

VGG16 = []
for channels, repeats in (64, 2), (128, 2), (256, 3), (512, 3), (512, 3):
    VGG16 += [conv(channels, 3, padding=1), RELU] * repeats + [HALVE]
VGG16 += [FLATTEN, fc(4096), RELU, DROPOUT, fc(4096), RELU, DROPOUT, fc(1000)]

STEM = [conv(64, 7, stride=2, padding=3), BATCHNORM, RELU, pool("maxpool", 3, 2, padding=1)]


@check(points=1, needs="compute_output_shape")
def test_conv_padding(submission, draw):
    """A convolution takes kernel_size − 1 off each side and padding gives 2 · padding back."""
    submission.compute_output_shape((3, 28, 41), [conv(16, 5), conv(7, 3, padding=1), conv(9, 3, padding=2)])
    shape = (draw.integer(2, 9), draw.integer(20, 40), draw.integer(41, 60))
    submission.compute_output_shape(shape, [conv(12, 7, padding=draw.integer(1, 3))])


@check(points=2, needs="compute_output_shape")
def test_conv_stride(submission, draw):
    """A stride divides, and the division is rounded down before 1 is added."""
    submission.compute_output_shape((3, 64, 66), [conv(32, 5, stride=2, padding=1)])
    submission.compute_output_shape((3, 224, 230), [conv(64, 7, stride=2, padding=3), conv(8, 4, stride=3)])
    shape = (draw.integer(2, 9), draw.integer(30, 50), draw.integer(51, 90))
    layer = conv(5, draw.integer(3, 6), stride=draw.integer(2, 4), padding=draw.integer(1, 2))
    submission.compute_output_shape(shape, [layer, layer])


@check(points=2, needs="compute_output_shape")
def test_pooling(submission, draw):
    """Max and average pooling follow the same formula and keep the channels."""
    submission.compute_output_shape((64, 112, 90), [pool("maxpool", 3, 2), pool("avgpool", 2, 2)])
    padded = [pool("maxpool", 3, 2, padding=1), pool("avgpool", 4, 3, padding=2)]
    submission.compute_output_shape((64, 112, 91), padded)
    shape = (draw.integer(2, 9), 5, 8)
    submission.compute_output_shape(shape, [pool("avgpool", 2, 2), pool("maxpool", 2, 1)])


@check(points=1, needs="compute_output_shape")
def test_conv_defaults(submission, draw):
    """A convolution without "stride" and "padding" has stride 1 and padding 0."""
    plain = {"type": "conv", "out_channels": draw.integer(4, 9), "kernel_size": 3}
    submission.compute_output_shape((3, 31, 23), [plain, plain | {"stride": 2}, plain | {"padding": 2}])


@check(points=2, needs="compute_output_shape")
def test_pool_defaults(submission, draw):
    """Pooling without "kernel_size" takes 2, without "stride" the kernel size, without "padding" 0."""
    submission.compute_output_shape((draw.integer(2, 9), 32, 48), [{"type": "maxpool"}, {"type": "avgpool"}])
    submission.compute_output_shape((4, 33, 48), [{"type": "avgpool", "kernel_size": 3}])
    submission.compute_output_shape((4, 35, 50), [{"type": "maxpool", "kernel_size": 5}])
    submission.compute_output_shape((4, 32, 47), [{"type": "maxpool", "stride": 3}])
    submission.compute_output_shape((4, 32, 47), [{"type": "avgpool", "kernel_size": 3, "padding": 1}])


@check(points=1, needs="compute_output_shape")
def test_shape_kept(submission, draw):
    """Batch norm, ReLU and dropout leave the shape as it is."""
    shape = (draw.integer(2, 9), 7, 10)
    submission.compute_output_shape(shape, [BATCHNORM, RELU, DROPOUT, FLATTEN, RELU, DROPOUT])


@check(points=2, needs="compute_output_shape")
def test_head(submission, draw):
    """Global average pooling gives (C, 1, 1), flatten one number per value, fc its out_features."""
    shape = (draw.integer(2, 9), 7, 10)
    submission.compute_output_shape(shape, [FLATTEN, fc(31), RELU, fc(10)])
    submission.compute_output_shape(shape, [GAP, FLATTEN, fc(draw.integer(11, 30))])
    submission.compute_output_shape(input_shape=shape, layers_config=[GAP, conv(12, 1)])


@check(points=1, needs="compute_output_shape")
def test_small_networks(submission, draw):
    """Whole traces: LeNet-5, the two MNIST networks, the stem of ResNet; an empty one where there are no layers."""
    submission.compute_output_shape((1, 32, 32), LENET)
    submission.compute_output_shape((1, 28, 28), SMALL)
    submission.compute_output_shape((3, 32, 20), SMALL)
    submission.compute_output_shape((1, 28, 28), MNIST)
    submission.compute_output_shape((3, 224, 224), STEM)
    submission.compute_output_shape((3, 5, 4), [])


@check(points=1, needs="compute_output_shape")
def test_vgg16(submission, draw):
    """The whole trace of VGG-16."""
    submission.compute_output_shape((3, 224, 224), VGG16)


@check(points=1, needs="compute_output_shape")
def test_config_unchanged(submission, draw):
    """The list of layers is still what it was after the call."""
    plain = {"type": "conv", "out_channels": 4, "kernel_size": 3}
    layers = submission.hold([plain, {"type": "maxpool"}, conv(5, 2), FLATTEN, fc(3)])
    submission.compute_output_shape((draw.integer(2, 5), 21, 17), layers)
    layers.unchanged()


@check(points=2, needs="count_parameters")
def test_conv_parameters(submission, draw):
    """A convolution has kernel_size² · C_in weights and one bias per filter."""
    submission.count_parameters((64, 12, 15), [conv(128, 3, padding=1)])
    submission.count_parameters((3, 32, 35), [conv(16, 5)])
    submission.count_parameters((draw.integer(4, 9), 12, 15), [conv(draw.integer(10, 20), 7, padding=3)])


@check(points=1, needs="count_parameters")
def test_channels_passed_on(submission, draw):
    """A layer's input channels are the output channels of the layer before it."""
    layers = [conv(draw.integer(7, 9), 3), RELU, HALVE, conv(5, 5), conv(11, 1)]
    submission.count_parameters((3, 40, 33), layers)


@check(points=2, needs="count_parameters")
def test_fc_parameters(submission, draw):
    """A fully connected layer has a weight per input and output and a bias per output."""
    submission.count_parameters((draw.integer(3, 6), 4, 5), [FLATTEN, fc(120), RELU, fc(10)])
    submission.count_parameters((7, 5, 6), [GAP, FLATTEN, fc(13)])


@check(points=1, needs="count_parameters")
def test_batchnorm_parameters(submission, draw):
    """Batch norm has two learnable numbers per channel; the running statistics are not learnt."""
    submission.count_parameters((draw.integer(3, 9), 6, 5), [BATCHNORM, RELU, BATCHNORM])


@check(points=1, needs="count_parameters")
def test_without_parameters(submission, draw):
    """Pooling, ReLU, dropout and flatten have no parameters: 0 in the list."""
    layers = [pool("maxpool", 3, 2), pool("avgpool", 2, 2, padding=1), RELU, DROPOUT, GAP, FLATTEN]
    submission.count_parameters(input_shape=(draw.integer(3, 9), 16, 19), layers_config=layers)


@check(points=1, needs="count_parameters")
def test_vgg16_parameters(submission, draw):
    """VGG-16, layer by layer: 138,357,544 in all; the two MNIST networks; and numbers beyond 2³¹."""
    submission.count_parameters((3, 224, 224), VGG16)
    submission.count_parameters((1, 28, 28), SMALL)
    submission.count_parameters((3, 32, 20), SMALL)
    submission.count_parameters((1, 28, 28), MNIST)
    submission.count_parameters((3, 1024, 1000), [conv(64, 3), FLATTEN, fc(1000)])
    submission.count_parameters((3, 5, 4), [])


WINDOWS = ("conv", "maxpool", "avgpool")
KINDS = [*WINDOWS, "relu", "batchnorm", "dropout"]
HEADS = ["", "gap", "flatten", "flatten fc", "gap flatten fc", "flatten fc relu", "flatten dropout fc fc"]
HEADS += ["batchnorm", "gap batchnorm relu"]
GIVEN = {  # the keys of a window's layer that are there
    "all": ("kernel_size", "stride", "padding"),
    "no padding": ("kernel_size", "stride"),
    "no stride": ("kernel_size", "padding"),
    "kernel_size": ("kernel_size",),
    "none": (),
}


def window(kind, given, kernel_size, stride, padding):
    """Kernel, stride and padding of a layer with windows, with the defaults of what is left out."""
    k = 2 if given == "none" and kind != "conv" else kernel_size
    S = stride if "stride" in GIVEN[given] else 1 if kind == "conv" else k
    return k, S, padding if "padding" in GIVEN[given] else 0


def described(kind, given, number, out_channels, out_features, **sizes):
    """A layer of this kind as a dict."""
    if kind == "fc":
        return fc(number(out_features))
    if kind not in WINDOWS:
        return {"type": kind}
    keys = {key: number(sizes[key]) for key in GIVEN[given]}
    if kind == "conv":
        keys |= {"out_channels": number(out_channels), "kernel_size": number(sizes["kernel_size"])}
    return {"type": kind} | keys


def fits(H, W, first, second, kernel_size, stride, padding, given, **_):
    """Whether every window fits; a pool's padding is at most half its kernel."""
    for kind in (first, second):
        if kind in WINDOWS:
            k, S, P = window(kind, given, kernel_size, stride, padding)
            if k > min(H, W) + 2 * P or (kind != "conv" and k < 2 * P):
                return False
            H, W = (H - k + 2 * P) // S + 1, (W - k + 2 * P) // S + 1
    return True


NETWORKS = {
    "C": [1, 2, 3],
    "H": range(1, 10),
    "W": range(1, 10),
    "first": KINDS,
    "second": KINDS,
    "head": HEADS,
    "kernel_size": [1, 2, 3, 9],
    "stride": [1, 2, 3],
    "padding": [0, 1, 2],
    "out_channels": [5, 1],
    "out_features": [7, 1],
    "given": GIVEN,
    "integers": INTEGERS,
    "call": CALLS,
    "where": fits,
}


def network(C, H, W, first, second, head, given, integers, **sizes):
    """The shape of the input, and the layers."""
    number = INTEGERS[integers]
    kinds = [first, second, *head.split()]
    return (number(C), number(H), number(W)), [described(kind, given, number, **sizes) for kind in kinds]


@cases(points=1, needs="compute_output_shape", count=200, **NETWORKS)
def compute_output_shape(submission, draw, call, **factors):
    """compute_output_shape for any layers that fit, with any of their sizes left out."""
    shape, layers = network(**factors)
    submission.compute_output_shape.by(call, input_shape=shape, layers_config=layers)


@cases(points=1, needs="count_parameters", count=200, **NETWORKS)
def count_parameters(submission, draw, call, **factors):
    """count_parameters for any layers that fit, with any of their sizes left out."""
    shape, layers = network(**factors)
    submission.count_parameters.by(call, input_shape=shape, layers_config=layers)
