"""Graded checks of `resnet`."""

from grader.checks.authoring import AFTERWARDS, UNRECORDED, Tolerance, cases, check, laid_out

SHAPE = Tolerance(rtol=0, atol=1e9, tensors=True)  # any finite numbers in the right shape
# In float32 a rounding error decides now and then whether a ReLU is on.
GRADIENTS = Tolerance(rtol=1e-2, atol=1e-2, tensors=True)


def loaded(draw, block, x):
    """The block in eval mode, with weights and running statistics drawn for both sides."""
    block.load(draw, x)
    block.eval.quietly()
    return block


def trains(submission, draw, block, x):
    """One forward and backward pass in training mode, and one in evaluation."""
    block.train.quietly()
    y = block(x)
    block.running_statistics()
    submission.kit.gradients(block, x, draw.tensor(*y.shape))
    submission.kit.gradients_in_evaluation(block, x, draw.tensor(*y.shape))


def keeps_input(submission, block, x):
    """The block writes into its input in neither mode, whether or not gradients are recorded."""
    held = submission.hold(x)
    block(held)
    block.train.quietly()
    block.forward.quietly(held)
    block.forward.by(UNRECORDED, x=held)
    held.unchanged()


# ---------------------------------------------------------------- BasicBlock


@check(points=2, needs="BasicBlock")
def test_basic_identity(submission, draw):
    """BasicBlock, same shape: conv, BN, ReLU, conv, BN; add the input; ReLU."""
    x = draw.tensor(2, 4, 6, 9)
    loaded(draw, submission.BasicBlock(4, 4), x)(x)
    x = draw.tensor(1, 3, 7, 5)
    loaded(draw, submission.BasicBlock(in_channels=3, out_channels=3, stride=1), x)(x)


@check(points=2, needs="BasicBlock")
def test_basic_projection(submission, draw):
    """BasicBlock, new shape: a 1×1 convolution with BN on the shortcut, the stride on the first conv."""
    x = draw.tensor(2, 3, 5, 8)
    loaded(draw, submission.BasicBlock(3, 6), x)(x)
    x = draw.tensor(2, 4, 4, 4)
    loaded(draw, submission.BasicBlock(4, 4, stride=2), x)(x)
    x = draw.tensor(1, 6, 7, 10)
    loaded(draw, submission.BasicBlock(6, 3, 2), x)(x)
    x = draw.tensor(2, 2, 8, 7)
    loaded(draw, submission.BasicBlock(2, 4, 2), x)(x)
    loaded(draw, submission.BasicBlock(2, 2, 2), x)(x)


@check(points=1, needs="BasicBlock")
def test_basic_training(submission, draw):
    """BasicBlock in training mode: batch statistics, running statistics; all gradients, in either mode."""
    x = draw.tensor(3, 4, 6, 5)
    trains(submission, draw, loaded(draw, submission.BasicBlock(4, 4), x), x)
    trains(submission, draw, loaded(draw, submission.BasicBlock(4, 6, 2), x), x)


@check(points=1, needs="BasicBlock")
def test_basic_parameters(submission, draw):
    """BasicBlock's size: convolutions without bias, a projection only where the shape changes."""
    for arguments in [(4, 4), (4, 4, 2), (3, 6), (3, 5, 2), (1, 1, 2)]:
        submission.BasicBlock(*arguments).count_parameters()
    submission.BasicBlock(3, 6).forward.within(SHAPE, draw.tensor(2, 3, 6, 8))


@check(points=1, needs="BasicBlock")
def test_basic_input_unchanged(submission, draw):
    """BasicBlock does not write into its input."""
    x = draw.tensor(2, 4, 5, 6)
    keeps_input(submission, loaded(draw, submission.BasicBlock(4, 4), x), x)


# ---------------------------------------------------------------- Bottleneck


@check(points=1, needs="Bottleneck")
def test_bottleneck_identity(submission, draw):
    """Bottleneck, same shape: 1×1, 3×3, 1×1, each with BN, ReLU between; add the input; ReLU."""
    x = draw.tensor(2, 8, 6, 5)
    loaded(draw, submission.Bottleneck(8, 2), x)(x)
    x = draw.tensor(1, 12, 4, 7)
    loaded(draw, submission.Bottleneck(in_channels=12, mid_channels=3, stride=1), x)(x)


@check(points=2, needs="Bottleneck")
def test_bottleneck_projection(submission, draw):
    """Bottleneck, new shape: 4·mid channels, the stride on the 3×3, projection with BN on the shortcut."""
    x = draw.tensor(2, 5, 7, 6)
    loaded(draw, submission.Bottleneck(5, 2), x)(x)
    x = draw.tensor(2, 4, 4, 4)
    loaded(draw, submission.Bottleneck(4, 4), x)(x)
    x = draw.tensor(2, 8, 4, 4)
    loaded(draw, submission.Bottleneck(8, 2, stride=2), x)(x)
    x = draw.tensor(1, 6, 9, 8)
    loaded(draw, submission.Bottleneck(6, 3, 2), x)(x)


@check(points=1, needs="Bottleneck")
def test_bottleneck_training(submission, draw):
    """Bottleneck in training mode: batch statistics, running statistics; all gradients, in either mode."""
    x = draw.tensor(3, 8, 5, 6)
    trains(submission, draw, loaded(draw, submission.Bottleneck(8, 2), x), x)
    trains(submission, draw, loaded(draw, submission.Bottleneck(8, 3, 2), x), x)


@check(points=1, needs="Bottleneck")
def test_bottleneck_parameters(submission, draw):
    """Bottleneck's size: convolutions without bias, a projection only where the shape changes."""
    for arguments in [(8, 2), (8, 2, 2), (5, 2), (4, 4), (4, 1, 2)]:
        submission.Bottleneck(*arguments).count_parameters()
    submission.Bottleneck(4, 4).forward.within(SHAPE, draw.tensor(2, 4, 5, 3))


# ---------------------------------------------------------------- PreActBlock


def same_projection(submission, draw, arguments, shape):
    """A loaded PreActBlock; the reference gets that of the two allowed projections which the submission has."""
    block = submission.PreActBlock(*arguments)
    activated = submission.kit.projects_activated.observed(block, draw.positive(*shape))
    block.assign(project_activated=activated is True)
    return loaded(draw, block, draw.tensor(*shape))


@check(points=1, needs="PreActBlock")
def test_preact_identity(submission, draw):
    """PreActBlock, same shape: BN, ReLU, conv, BN, ReLU, conv; add the untouched input; nothing after."""
    x = draw.tensor(2, 4, 6, 9)
    loaded(draw, submission.PreActBlock(4, 4), x)(x)
    x = draw.tensor(1, 3, 7, 5)
    loaded(draw, submission.PreActBlock(in_channels=3, out_channels=3, stride=1), x)(x)


@check(points=2, needs="PreActBlock")
def test_preact_projection(submission, draw):
    """PreActBlock, new shape: a bare 1×1 convolution of x, or of relu(bn1(x)), with the block's stride."""
    cases = [((3, 6), (2, 3, 5, 8)), ((4, 4, 2), (2, 4, 4, 4)), ((6, 3, 2), (1, 6, 7, 10))]
    for arguments, shape in cases:
        same_projection(submission, draw, arguments, shape)(draw.tensor(*shape))


@check(points=1, needs="PreActBlock")
def test_preact_training(submission, draw):
    """PreActBlock in training mode: batch statistics, running statistics; all gradients, in either mode."""
    x = draw.tensor(3, 4, 6, 5)
    trains(submission, draw, loaded(draw, submission.PreActBlock(4, 4), x), x)
    trains(submission, draw, same_projection(submission, draw, (4, 6, 2), x.shape), x)


@check(points=1, needs="PreActBlock")
def test_preact_parameters(submission, draw):
    """PreActBlock's size: two batch norms, convolutions without bias, no BN on the projection."""
    for arguments in [(4, 4), (4, 4, 2), (3, 6), (3, 5, 2), (1, 1, 2)]:
        submission.PreActBlock(*arguments).count_parameters()
    submission.PreActBlock(3, 6).forward.within(SHAPE, draw.tensor(2, 3, 6, 8))


@check(points=1, needs="PreActBlock")
def test_preact_input_unchanged(submission, draw):
    """PreActBlock does not write into its input."""
    x = draw.tensor(2, 4, 5, 6)
    keeps_input(submission, loaded(draw, submission.PreActBlock(4, 4), x), x)


# ---------------------------------------------------------------- ResNet18


@check(points=1, needs="ResNet18")
def test_resnet18_parameters(submission, draw):
    """ResNet18 has 11,173,962 parameters for 10 classes, 513 fewer for each class less."""
    submission.kit.parameters(submission.ResNet18, 10)
    submission.kit.parameters(submission.ResNet18, 4)
    submission.kit.output_shape(submission.ResNet18(4), draw.tensor(1, 3, 32, 32))


@check(points=1, needs="ResNet18")
def test_resnet18_shape(submission, draw):
    """ResNet18 turns N images of 32×32 into N rows of num_classes logits."""
    submission.kit.parameters.observed(submission.ResNet18, 7)  # quick: rules most misconceptions out
    network = submission.ResNet18(num_classes=7)
    submission.kit.last_map.observed(network, draw.tensor(1, 3, 32, 32))  # tells apart where a network fails
    submission.kit.output_shape(network, draw.tensor(1, 3, 32, 32))
    submission.kit.output_shape(network, draw.tensor(2, 3, 32, 32))


@check(points=2, needs="ResNet18")
def test_resnet18_logits(submission, draw):
    """ResNet18's logits: stem, stages, strides, global average and classifier in the right places."""
    submission.kit.parameters.observed(submission.ResNet18, 10)  # quick: rules most misconceptions out
    network = submission.ResNet18()
    submission.kit.last_map.observed(network, draw.tensor(1, 3, 32, 32))  # tells apart where a network fails
    submission.kit.fill.quietly(network, draw.integer(0, 1 << 30))
    network.eval.quietly()
    network(draw.tensor(2, 3, 32, 32))


# ---------------------------------------------------------------- any block

BLOCKS = {
    "N": [1, 2, 3],
    "C_in": [1, 2, 3, 4, 8],
    "H": range(1, 7),
    "W": range(1, 7),
    "stride": [1, 2],
    "mode": ["evaluation", "training"],
    "layout": ["C", "channels_last", "F", "sliced"],
    "options": ["positional", "keywords", "defaults"],
    "call": ["positional", AFTERWARDS, UNRECORDED],
    "where": lambda N, H, W, mode, **_: mode == "evaluation" or N * (H // 2) * (W // 2) >= 4,
}


def block_of(Block, options, **given):
    """A block with these options; with `defaults`, without a stride of 1."""
    if options == "positional":
        return Block(*given.values())
    return Block(**{name: n for name, n in given.items() if options == "keywords" or (name, n) != ("stride", 1)})


def run(submission, draw, block, shape, mode, layout, width, call):
    """One forward pass with weights that are the same on both sides, whatever the parts are called."""
    submission.kit.fill.quietly(block, draw.integer(0, 1 << 30), 1 in (shape[1], width))
    (block.train if mode == "training" else block.eval).quietly()
    block.forward.by(call, x=laid_out(draw.tensor(*shape), layout))


@cases(points=1, needs="BasicBlock", count=30, C_out=[1, 2, 3, 4], **BLOCKS)
def BasicBlock(submission, draw, N, C_in, C_out, H, W, stride, mode, layout, options, call):
    """BasicBlock with any channels and stride, any image and memory layout, in evaluation and in training."""
    block = block_of(submission.BasicBlock, options, in_channels=C_in, out_channels=C_out, stride=stride)
    run(submission, draw, block, (N, C_in, H, W), mode, layout, C_out, call)


@cases(points=1, needs="Bottleneck", count=30, mid=[1, 2, 3], **BLOCKS)
def Bottleneck(submission, draw, N, C_in, mid, H, W, stride, mode, layout, options, call):
    """Bottleneck with any channels and stride, any image and memory layout, in evaluation and in training."""
    block = block_of(submission.Bottleneck, options, in_channels=C_in, mid_channels=mid, stride=stride)
    run(submission, draw, block, (N, C_in, H, W), mode, layout, mid, call)


@cases(points=1, needs="PreActBlock", count=30, C_out=[1, 2, 3, 4], **BLOCKS)
def PreActBlock(submission, draw, N, C_in, C_out, H, W, stride, mode, layout, options, call):
    """PreActBlock with any channels and stride, any image and memory layout, in evaluation and in training."""
    block = block_of(submission.PreActBlock, options, in_channels=C_in, out_channels=C_out, stride=stride)
    x = laid_out(draw.tensor(N, C_in, H, W), layout)
    given = {"block": block, "x": x, "out_channels": C_out, "stride": stride}
    given |= {"seed": draw.integer(0, 1 << 30), "training": mode == "training", "recorded": call != UNRECORDED}
    submission.kit.as_if_x_were_projected.by("keywords" if call == "positional" else AFTERWARDS, **given)


@cases(
    points=1,
    needs="ResNet18",
    count=4,
    N=[1, 2],
    mode=["evaluation", "training"],
    call=[UNRECORDED, "again"],
)
def ResNet18(submission, draw, N, mode, call):
    """ResNet18 for one image and more, in evaluation and training, once and again; the images are left as they were."""
    network = submission.ResNet18(num_classes=4)
    submission.kit.fill.quietly(network, draw.integer(0, 1 << 30))
    (network.train if mode == "training" else network.eval).quietly()
    network.forward.by(call, x=draw.tensor(N, 3, 32, 32))


# ---------------------------------------------------------------- speed


@check(points=0, bonus=1, needs="ResNet18", kind="timing", device="cuda")
def test_speed_on_gpu(timing):
    """On a GPU ResNet-18, forward and backward, takes at most 3 times as long as the reference."""
    timing.at_most_on_gpu(
        3,
        "kit.passes",
        lambda draw, n: (draw.tensor(32, 3, n, n), draw.tensor(32, 10)),
        size=32,
        work=lambda n: 3 * 2 * 32 * 555e6 * (n / 32) ** 2,
        prepared=("kit.ready", (timing.name("ResNet18"), 1)),
        tolerance=GRADIENTS,
    )
