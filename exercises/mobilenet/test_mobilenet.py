"""Graded checks of `mobilenet`."""

from grader.checks.authoring import AFTERWARDS, UNRECORDED, Tolerance, cases, check, laid_out

SHAPE = Tolerance(rtol=0, atol=1e9, tensors=True)  # any finite numbers in the right shape
LARGE = 16.0  # a factor with which most activations exceed 6; without it none does


def filled(submission, draw, arguments):
    """A block in eval mode, with weights and running statistics drawn for both sides."""
    block = submission.InvertedResidual(*arguments)
    submission.kit.fill.quietly(block, draw.integer(0, 1 << 30), arguments)
    block.eval.quietly()
    return block


def compare(submission, draw, arguments, shape, factor=0.5):
    """The outputs of a block with drawn weights."""
    filled(submission, draw, arguments)(factor * draw.tensor(*shape))


@check(points=3, needs="InvertedResidual")
def test_layers(submission, draw):
    """Expand, depthwise with the stride, project; BN after each, ReLU6 after the first two; no shortcut here."""
    compare(submission, draw, (3, 5, 2, 4), (2, 3, 6, 9))
    compare(submission, draw, (5, 4, 2, 2), (1, 5, 7, 8))
    compare(submission, draw, (4, 6, 2, 3), (2, 4, 8, 5))


@check(points=3, needs="InvertedResidual")
def test_shortcut(submission, draw):
    """The input is added exactly when the stride is 1 and the channels stay the same."""
    compare(submission, draw, (4, 4, 1, 3), (2, 4, 5, 6))
    compare(submission, draw, (3, 5, 1, 2), (2, 3, 4, 7))
    compare(submission, draw, (4, 4, 2, 3), (1, 4, 6, 5))
    compare(submission, draw, (4, 4, 2, 3), (3, 4, 1, 1))  # of one pixel, where the stride leaves the size as it is


@check(points=2, needs="InvertedResidual")
def test_no_expansion(submission, draw):
    """With expand_ratio 1 there is no expansion: the depthwise convolution reads the input."""
    compare(submission, draw, (4, 6, 2, 1), (2, 4, 7, 6))
    compare(submission, draw, (5, 5, 1, 1), (1, 5, 4, 6))
    compare(submission, draw, (4, 3, 1, 1), (2, 4, 3, 5))


@check(points=2, needs="InvertedResidual")
def test_relu6(submission, draw):
    """Large activations are cut off at 6, after the expansion and after the depthwise convolution."""
    compare(submission, draw, (3, 5, 2, 4), (2, 3, 6, 9), LARGE)
    compare(submission, draw, (4, 4, 1, 3), (2, 4, 5, 6), LARGE)


@check(points=2, needs="InvertedResidual")
def test_training(submission, draw):
    """In training mode: batch statistics, running statistics; all gradients, in either mode."""
    for arguments in [(4, 4, 1, 3), (4, 5, 2, 2), (4, 4, 2, 1), (4, 5, 1, 1)]:
        x = draw.tensor(3, 4, 6, 5)
        block = filled(submission, draw, arguments)
        block.train.quietly()
        y = block(x)
        submission.kit.running_statistics(block)
        submission.kit.gradients(block, x, draw.tensor(*y.shape), arguments)
        submission.kit.gradients_in_evaluation(block, x, draw.tensor(*y.shape), arguments)


@check(points=2, needs="InvertedResidual")
def test_parameters(submission, draw):
    """The number of parameters: no biases in convolutions, one depthwise kernel per channel."""
    for arguments in [(4, 4, 1, 3), (3, 5, 2, 4), (4, 6, 2, 1)]:
        submission.InvertedResidual(*arguments).count_parameters()
    block = submission.InvertedResidual(in_channels=24, out_channels=32, stride=2, expand_ratio=6)
    block.count_parameters()
    block.forward.within(SHAPE, draw.tensor(2, 24, 4, 6))
    for arguments in [(1, 1, 1, 2), (1, 4, 2, 1)]:  # one channel
        block = submission.InvertedResidual(*arguments)
        block.count_parameters()
        block.forward.within(SHAPE, draw.tensor(2, 1, 5, 4))


@check(points=1, needs="InvertedResidual")
def test_input_unchanged(submission, draw):
    """The block does not write into its input."""
    for arguments in [(4, 4, 1, 3), (4, 4, 1, 1)]:
        x = draw.tensor(2, 4, 5, 6)
        block = filled(submission, draw, arguments)
        held = submission.hold(x)
        block(held)
        block.train.quietly()
        block.forward.quietly(held)
        block.forward.by(UNRECORDED, x=held)
        held.unchanged()


@cases(
    points=1,
    needs="InvertedResidual",
    count=30,
    N=[1, 2, 3],
    C_in=[1, 2, 3, 4],
    C_out=[1, 2, 3, 4],
    H=range(1, 7),
    W=range(1, 7),
    stride=[1, 2],
    expand_ratio=[1, 2, 3],
    mode=["evaluation", "training"],
    layout=["C", "channels_last", "F", "sliced"],
    options=["positional", "keywords"],
    call=["positional", "again", AFTERWARDS, UNRECORDED],
    where=lambda N, H, W, mode, **_: mode == "evaluation" or N * (H // 2) * (W // 2) >= 4,
)
def InvertedResidual(submission, draw, N, C_in, C_out, H, W, stride, expand_ratio, mode, layout, options, call):
    """Any channels, stride 1 or 2, any expansion, image and memory layout, in evaluation and in training, again too."""
    given = {"in_channels": C_in, "out_channels": C_out, "stride": stride, "expand_ratio": expand_ratio}
    Block = submission.InvertedResidual
    block = Block(**given) if options == "keywords" else Block(*given.values())
    submission.kit.fill.quietly(block, draw.integer(0, 1 << 30), tuple(given.values()), 1 in (C_in, C_out))
    (block.train if mode == "training" else block.eval).quietly()
    block.forward.by(call, x=laid_out(draw.tensor(N, C_in, H, W), layout))
    if mode == "training":
        submission.kit.running_statistics(block)
