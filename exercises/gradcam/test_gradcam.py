"""Graded checks of `gradcam`."""

import numpy as np

from grader.checks.authoring import Tolerance, cases, check

# The map lies in [0, 1]; 1e-8 in the denominator and the order of sums in float32 must not matter.
MAP = Tolerance(rtol=1e-3, atol=1e-3, tensors=True)
ROUGH = Tolerance(rtol=1e-2, atol=1e-2, tensors=True)


def gap_net(submission, draw, channels=5, classes=3, size=3, stride=2):
    """GapNet with drawn weights: class maps of both signs, far from zero."""
    return submission.kit.GapNet(draw.array(channels, 2, size, size), 16 * draw.array(classes, channels), stride)


def image(draw, height, width):
    """A picture of three channels, bright enough for class maps far from zero."""
    return 256 * draw.tensor(1, 3, height, width)


def vgg(submission, draw, x, inplace=False):
    """VGGNet whose second convolution, `features.3`, has maps of mean zero."""
    net = submission.kit.VGGNet(x.shape[2], x.shape[3], inplace=inplace)
    net.load(draw, x)
    submission.kit.centre.quietly(net, "features.3", x)
    return net


def batch_norm_net(submission, draw, x, layer, inplace=False):
    """BatchNormNet in which this layer's maps have mean zero."""
    net = submission.kit.BatchNormNet(inplace=inplace)
    net.load(draw, x)
    submission.kit.centre.quietly(net, layer, x)
    return net


def works_elsewhere(submission, draw, x):
    """A network without the difficulty, and a dark picture, whose softmax is not saturated: what fails here too is not
    explained by either."""
    dark = x / 256
    net = vgg(submission, draw, dark)
    submission.grad_cam.within(MAP, net, dark, 1, layer_of(submission, net, "features.3"))


def works(submission, draw):
    """The map of the simplest network: a model that is left as found is asked for together with a right map."""
    net, x = gap_net(submission, draw), draw.array(1, 2, 9, 13).astype(np.float32)
    submission.grad_cam.within(MAP, net, x, 1, layer_of(submission, net, "conv"))


def layer_of(submission, net, name):
    """A part of the network, to hand over as `target_layer`."""
    return submission.kit.target_layer.kept(net, name)


@check(points=2)
def test_closed_form(submission, draw):
    """Global average pooling and a linear head: the map is ReLU of the maps, weighted by the class's weights."""
    maps = np.array([[[[4.0, 0.0], [1.0, 2.0]], [[0.0, 3.0], [1.0, 1.0]]]])
    identity = np.eye(2).reshape(2, 2, 1, 1)
    net = submission.kit.GapNet(identity, np.array([[1.0, -1.0], [0.0, 2.0]]))
    submission.grad_cam.within(MAP, net, maps.astype(np.float32), 0, layer_of(submission, net, "conv"))
    for height, width in [(9, 13), (16, 8)]:
        net, x = gap_net(submission, draw), draw.array(1, 2, height, width).astype(np.float32)
        submission.grad_cam.within(MAP, net, x, 1, layer_of(submission, net, "conv"))


@check(points=1)
def test_every_class(submission, draw):
    """The map is that of the class asked for, whatever the model predicts; keywords work too."""
    net, x = gap_net(submission, draw, classes=4), draw.array(1, 2, 9, 13).astype(np.float32)
    layer = layer_of(submission, net, "conv")
    for target in range(4):
        submission.grad_cam.within(MAP, model=net, img_tensor=x, target_class=target, target_layer=layer)


@check(points=2)
def test_mean_over_space(submission, draw):
    """A map's weight is the mean of its gradient over all positions (here it differs from one to the next)."""
    x = image(draw, 8, 12)
    works_elsewhere(submission, draw, x)
    net = vgg(submission, draw, x)
    for target in range(3):
        submission.grad_cam.within(MAP, net, x, target, layer_of(submission, net, "features.3"))


@check(points=1)
def test_upsampling(submission, draw):
    """ReLU first, then bilinear upsampling to the image's height and width, then scaling."""
    for height, width, size, stride in [(16, 24, 4, 4), (11, 18, 3, 2), (7, 4, 2, 1)]:
        net = gap_net(submission, draw, size=size, stride=stride)
        x = draw.array(1, 2, height, width).astype(np.float32)
        for target in range(2):
            submission.grad_cam.within(MAP, net, x, target, layer_of(submission, net, "conv"))


@check(points=1)
def test_range(submission, draw):
    """The map is scaled so that its smallest value is 0 and its largest 1, also if it was positive everywhere."""
    net = submission.kit.GapNet(draw.positive(3, 2, 3, 3) / 16, draw.positive(2, 3), 2)
    x = draw.positive(1, 2, 10, 13).astype(np.float32)
    for target in range(2):
        submission.grad_cam.within(MAP, net, x, target, layer_of(submission, net, "conv"))


@check(points=1)
def test_constant_map(submission, draw):
    """A map without contrast gives zeros: no evidence for the class, or the same everywhere."""
    nothing, bias = np.zeros((3, 2, 1, 1)), np.array([1.0, 2.0, 3.0])
    head = np.array([[-1.0, -2.0, -1.0], [1.0, 2.0, 1.0], [0.0, 0.0, 0.0]])
    net = submission.kit.GapNet(nothing, head, 2, bias)
    x = draw.array(1, 2, 8, 16).astype(np.float32)
    for target in range(3):
        submission.grad_cam.within(MAP, net, x, target, layer_of(submission, net, "conv"))


@check(points=1)
def test_one_pixel(submission, draw):
    """Feature maps of 1×1, 1×4 and 4×1 still give a map of the image's size."""
    works_elsewhere(submission, draw, image(draw, 8, 12))
    head = np.array([[1.0, 2.0, -1.0], [2.0, 1.0, -3.0]])
    for height, width, kernel in [(8, 16, (8, 16)), (8, 20, (8, 8)), (20, 8, (8, 8))]:
        net = submission.kit.GapNet(draw.integers(-2, 2, 3, 2, *kernel).astype(float), head, 4)
        x = draw.integers(-3, 3, 1, 2, height, width).astype(np.float32)
        for target, dark in [(0, 1), (1, 1), (0, 64)]:  # a dark picture does not saturate a softmax
            submission.grad_cam.within(MAP, net, x / dark, target, layer_of(submission, net, "conv"))


@check(points=2)
def test_eval_mode(submission, draw):
    """The map is computed in eval mode, in whatever mode the model is handed over."""
    x = image(draw, 9, 12)
    for layer in ["block.1", "stem.1"]:
        net = batch_norm_net(submission, draw, x, layer)
        net.train.quietly()
        submission.grad_cam.within(MAP, net, x, 1, layer_of(submission, net, layer))
        net.running_statistics()
        net.eval.quietly()
        submission.grad_cam.within(MAP, net, x, 2, layer_of(submission, net, layer))
        submission.kit.part_to_training.quietly(net, "block")
        submission.kit.part_to_training.quietly(net, "fc")
        submission.grad_cam.within(MAP, net, x, 2, layer_of(submission, net, layer))
        submission.kit.freeze.quietly(net)
        net.train.quietly()
        submission.grad_cam.within(MAP, net, x, 2, layer_of(submission, net, layer))


@check(points=2)
def test_inplace_relu(submission, draw):
    """A ReLU with inplace=True after the target layer does not change the map."""
    x = image(draw, 8, 12)
    works_elsewhere(submission, draw, x)
    net = vgg(submission, draw, x, inplace=True)
    for target in range(2):
        submission.grad_cam.within(MAP, net, x, target, layer_of(submission, net, "features.3"))
    submission.grad_cam.within(ROUGH, net, x, 1, layer_of(submission, net, "features.4"))
    net = batch_norm_net(submission, draw, x, "block.1", inplace=True)
    net.eval.quietly()
    submission.grad_cam.within(MAP, net, x, 2, layer_of(submission, net, "block"))


@check(points=2)
def test_frozen_backbone(submission, draw):
    """The map is the same when parameters do not require gradients: the backbone's, or all of them."""
    x = image(draw, 8, 12)
    works_elsewhere(submission, draw, x)
    for frozen in ["features", ""]:
        net = vgg(submission, draw, x)
        submission.kit.freeze.quietly(net, frozen)
        for target in range(2):
            submission.grad_cam.within(MAP, net, x, target, layer_of(submission, net, "features.3"))


@check(points=1)
def test_frozen_and_inplace(submission, draw):
    """Both at once, as in a frozen VGG."""
    x = image(draw, 8, 12)
    works_elsewhere(submission, draw, x)
    net = vgg(submission, draw, x, inplace=True)
    layer = layer_of(submission, net, "features.3")
    submission.grad_cam.within(MAP, net, x, 1, layer)
    for frozen in ["features", ""]:
        submission.kit.freeze.quietly(net, frozen)
        submission.grad_cam.within(MAP, net, x, 2, layer)


@check(points=1)
def test_hooks_left_as_found(submission, draw):
    """After the call no hook is left behind, and a hook that was there before still is."""
    works(submission, draw)
    net, x = gap_net(submission, draw), draw.array(1, 2, 9, 13).astype(np.float32)
    layer = layer_of(submission, net, "conv")
    submission.grad_cam.quietly(net, x, 1, layer)
    submission.kit.count_hooks(net)
    submission.kit.watch.quietly(layer)
    submission.grad_cam.quietly(net, x, 0, layer)
    submission.kit.count_hooks(net)


@check(points=1)
def test_modes_left_as_found(submission, draw):
    """After the call every part of the model is in the mode (train or eval) in which it was."""
    works(submission, draw)
    x = image(draw, 9, 12)
    net = batch_norm_net(submission, draw, x, "block.1")
    layer = layer_of(submission, net, "block.1")
    for prepare in [net.eval, net.train]:
        prepare.quietly()
        submission.grad_cam.quietly(net, x, 1, layer)
        submission.kit.modes(net)
        net(x)  # shows the modes by values
    net.train.quietly()
    submission.kit.batch_norm_to_eval.quietly(net)
    submission.grad_cam.quietly(net, x, 1, layer)
    submission.kit.modes(net)
    net.eval.quietly()
    submission.kit.part_to_training.quietly(net, "fc")
    submission.grad_cam.quietly(net, x, 1, layer)
    submission.kit.modes(net)


@check(points=1)
def test_gradients_left_as_found(submission, draw):
    """After the call the gradients of all parameters are what they were: None, or the same numbers."""
    works(submission, draw)
    x = image(draw, 8, 12)
    net = vgg(submission, draw, x)
    layer = layer_of(submission, net, "features.3")
    submission.grad_cam.quietly(net, x, 1, layer)
    submission.kit.gradients(net)
    submission.kit.give_gradients.quietly(net, "classifier")
    submission.grad_cam.quietly(net, x, 1, layer)
    submission.kit.gradients(net)


@check(points=1)
def test_nothing_else_changed(submission, draw):
    """Neither the image, its gradient nor what is frozen in the model is changed."""
    works(submission, draw)
    picture = image(draw, 8, 12)
    net, x = vgg(submission, draw, picture), submission.hold(picture)
    layer = layer_of(submission, net, "features.3")
    submission.kit.freeze.quietly(net, "features.0")
    submission.grad_cam.quietly(net, x, 1, layer)
    submission.kit.trainable(net)
    submission.kit.state_of(x)
    x.unchanged()
    net = vgg(submission, draw, picture, inplace=True)
    layer = layer_of(submission, net, "features.3")
    submission.grad_cam.quietly(net, x, 1, layer)
    submission.kit.inplace(net)
    for filled in (False, True):
        leaf = submission.kit.leaf.kept(picture, filled)
        submission.grad_cam.quietly(net, leaf, 1, layer)
        submission.kit.state_of(leaf)


@cases(
    points=1,
    count=60,
    H=range(4, 9),
    W=range(4, 9),
    C=[1, 2, 3],
    maps=[1, 2, 3],
    kernel=[1, 2, 4],
    stride=[1, 2, 4],
    target=[0, 1],
    strength=["strong", "faint"],
    mode=["evaluation", "training"],
    frozen=["nothing", "backbone", "all"],
    gradients=["none", "filled"],
    image=["plain", "asks for a gradient", "has a gradient"],
    dtype=["float32", "float64"],
    layout=["C", "channels_last", "F", "sliced"],
    call=["positional", "keywords", "again"],
)
def grad_cam(submission, draw, H, W, C, maps, kernel, stride, dtype, layout, **rest):
    """Any image, class and layer, strong maps and faint ones, in either mode: the map, and everything as it was."""
    x = draw.digits(1, C, H, W, dtype=dtype, layout=layout)
    weights = draw.digits(maps, C, kernel, kernel), draw.digits(2, maps)
    submission.kit.seen.within(MAP, submission.grad_cam, *weights, stride, x, *rest.values())


@check(points=0, bonus=1, kind="timing", device="cuda")
def test_speed_on_gpu(timing):
    """On a GPU the map of a network of six convolutions takes at most 5 times as long as the reference's."""
    timing.at_most_on_gpu(
        5,
        "kit.heat_map",
        lambda draw, n: (timing.name("grad_cam"), draw.tensor(1, 3, n, n)),
        size=128,
        work=lambda n: 2 * 9 * n * n * (3 * 64 + 5 * 64 * 64),
        prepared=("kit.ready", (1,)),
        tolerance=ROUGH,
    )
