"""Graded checks of `receptive_field`."""

from grader.checks.authoring import CALLS, INTEGERS, cases, check


def layer(kernel_size, stride=1, dilation=1):
    return {"kernel_size": kernel_size, "stride": stride, "dilation": dilation}


def bottleneck(stride, on_first):
    """The three convolutions of a ResNet-50 block, with its stride on the first (v1) or second one (v1.5)."""
    first, second = (stride, 1) if on_first else (1, stride)
    return [layer(1, first), layer(3, second), layer(1)]


def resnet50(stride_on_first):
    stages = [(1, 3), (2, 4), (2, 6), (2, 3)]
    strides = [s if i == 0 else 1 for s, blocks in stages for i in range(blocks)]
    blocks = [part for s in strides for part in bottleneck(s, stride_on_first)]
    return [layer(7, 2), layer(3, 2), *blocks]


VGG16 = [part for convs in (2, 2, 3, 3, 3) for part in [layer(3)] * convs + [layer(2, 2)]]


@check(points=2)
def test_stacked_kernels(submission, draw):
    """Without strides, every layer adds kernel_size − 1."""
    submission.receptive_field([layer(3)])
    submission.receptive_field([layer(3), layer(3)])
    submission.receptive_field([layer(5), layer(1), layer(8), layer(2), layer(draw.integer(3, 9))])
    submission.receptive_field([layer(3)] * 50)


@check(points=3)
def test_strides(submission, draw):
    """What a layer adds is multiplied by the strides of all layers before it, not by its own."""
    submission.receptive_field([layer(3), layer(3, 2), layer(3)])
    submission.receptive_field([layer(7, 2), layer(3, 3), layer(5, 4), layer(4)])
    drawn = [layer(draw.integer(2, 7), draw.integer(2, 4)) for _ in range(3)]
    submission.receptive_field([*drawn, layer(3)])


@check(points=1)
def test_jump(submission, draw):
    """The jump is the product of all strides, the last one included."""
    submission.receptive_field([layer(1, 2)])
    submission.receptive_field([layer(draw.integer(3, 6)), layer(1, 2), layer(1, 3), layer(1, 2)])


@check(points=2)
def test_dilation(submission, draw):
    """Dilation spreads the kernel: (kernel_size − 1) · dilation, and it leaves the jump alone."""
    submission.receptive_field([layer(3, 1, 2), layer(3, 1, 4), layer(3)])
    submission.receptive_field([layer(5), layer(5, 1, draw.integer(2, 5)), layer(2, 1, 3), layer(4)])


@check(points=1)
def test_defaults(submission, draw):
    """A layer without "stride" or "dilation" has 1."""
    submission.receptive_field([{"kernel_size": draw.integer(3, 7), "dilation": 1}])
    submission.receptive_field([{"kernel_size": 3}, {"kernel_size": draw.integer(3, 7), "stride": 1}])
    submission.receptive_field(layers=[{"kernel_size": 4}, {"kernel_size": 3}])


@check(points=2)
def test_networks(submission, draw):
    """VGG-16 up to its last pooling, both versions of ResNet-50, a network with strides and dilations."""
    submission.receptive_field(VGG16)
    submission.receptive_field(resnet50(stride_on_first=True))
    submission.receptive_field(resnet50(stride_on_first=False))
    submission.receptive_field([layer(3, 2), layer(5, 3, 2), layer(3, 1, 4), layer(2, 2, draw.integer(2, 5))])


@check(points=1)
def test_layers_unchanged(submission, draw):
    """The list of layers is still what it was after the call."""
    layers = submission.hold([layer(draw.integer(2, 5), 2), {"kernel_size": 3}, layer(4, 1, 2)])
    submission.receptive_field(layers)
    layers.unchanged()


@cases(
    points=1,
    depth=[1, 2, 3, 0, 12],
    k1=range(1, 5),
    k2=range(1, 5),
    k3=range(1, 5),
    s1=[1, 2, 3],
    s2=[1, 2, 3],
    s3=[1, 2, 3],
    d1=[1, 2, 3],
    d2=[1, 2, 3],
    d3=[1, 2, 3],
    defaults=["given", "left out"],
    integers=INTEGERS,
    call=CALLS,
)
def receptive_field(submission, draw, depth, k1, k2, k3, s1, s2, s3, d1, d2, d3, defaults, integers, call):
    """Any layers, none or many, with their defaults given or left out."""
    parts = [(k1, s1, d1), (k2, s2, d2), (k3, s3, d3)] * 4
    parts = parts[:depth]
    layers = [layer(*map(INTEGERS[integers], part)) for part in parts]
    if defaults == "left out":
        layers = [{key: n for key, n in part.items() if n != 1 or key == "kernel_size"} for part in layers]
    submission.receptive_field.by(call, layers=layers)
