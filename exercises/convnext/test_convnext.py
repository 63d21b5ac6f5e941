"""Graded checks of `convnext`."""

from grader.checks.authoring import AFTERWARDS, UNRECORDED, Tolerance, cases, check, laid_out

CLOSE = Tolerance(rtol=1e-5, atol=1e-5, tensors=True)  # tells the exact GELU from its approximation
ROUGH = Tolerance(rtol=5e-3, atol=5e-3, tensors=True)  # lets the approximation and another epsilon pass

# dim, and the input's shape: a width that is dim, a square, and neither
CASES = [(4, (2, 4, 5, 4)), (3, (1, 3, 6, 6)), (6, (2, 6, 8, 5))]


def blocks(submission, draw, **options):
    """(block with drawn weights, an input) for every case."""
    for dim, shape in CASES:
        block = submission.ConvNeXtBlock(dim)
        submission.kit.fill.quietly(block, draw.integer(0, 1 << 30), dim, **options)
        yield block, draw.tensor(*shape)


@check(points=4, needs="ConvNeXtBlock")
def test_output(submission, draw):
    """Depthwise 7×7, layer norm over the channels, linear, GELU, linear, layer scale, plus the input."""
    for block, x in blocks(submission, draw):
        block.forward.within(ROUGH, x)


@check(points=2, needs="ConvNeXtBlock")
def test_gelu_exact(submission, draw):
    """GELU is the exact one, x·Φ(x), and not its tanh approximation."""
    for block, x in blocks(submission, draw):
        submission.kit.residual_branch.within(CLOSE, block, 256 * x)  # so large that epsilon makes no difference


@check(points=1, needs="ConvNeXtBlock")
def test_epsilon(submission, draw):
    """The layer norm's epsilon is 1e-6, inside the root; seen where the channels hardly vary."""
    for block, x in blocks(submission, draw, shift=0.0):
        submission.kit.residual_branch.within(ROUGH, block, x / 1024)


@check(points=2, needs="ConvNeXtBlock")
def test_layer_scale_starts_small(submission, draw):
    """A new block's layer scale is 1e-6 for every channel, so that it starts as almost the identity."""
    for block, x in blocks(submission, draw):
        submission.kit.answer.observed(block, x)
    for block, x in blocks(submission, draw, scale=False):
        submission.kit.residual_branch.within(ROUGH, block, x)


@check(points=2, needs="ConvNeXtBlock")
def test_gradients(submission, draw):
    """Gradients of the input and of all parameters, the layer scale's among them, in either mode."""
    for block, x in blocks(submission, draw):
        submission.kit.answer.observed(block, x)
        submission.kit.gradients.within(ROUGH, block, x, draw.tensor(*x.shape))
    submission.kit.gradients_in_evaluation.within(ROUGH, block, x, draw.tensor(*x.shape))


@check(points=2, needs="ConvNeXtBlock")
def test_parameters(submission, draw):
    """The number of parameters: biases everywhere, 7×7 kernels for one channel each, layer scale."""
    for block, x in blocks(submission, draw):
        submission.kit.answer.observed(block, x)
        block.count_parameters()
        submission.kit.uses_parameters(block, x)
    submission.ConvNeXtBlock(dim=96).count_parameters()
    narrow = submission.ConvNeXtBlock(1)
    narrow.count_parameters()
    narrow(draw.tensor(2, 1, 5, 4))  # the layer scale of a new block leaves the image


@check(points=1, needs="ConvNeXtBlock")
def test_input_unchanged(submission, draw):
    """The block does not write into its input."""
    for block, x in blocks(submission, draw):
        held = submission.hold(x)
        block.forward.within(ROUGH, held)
        block.forward.by(UNRECORDED, tolerance=ROUGH, x=held)
        held.unchanged()


@cases(
    points=1,
    needs="ConvNeXtBlock",
    count=30,
    zero_weights=["none", "norm and layer scale", "linear layers", "depthwise kernels"],
    N=[1, 2, 3],
    dim=[3, 4, 6, 1],
    H=range(1, 6),
    W=range(1, 6),
    layout=["C", "channels_last", "F", "sliced"],
    mode=["evaluation", "training"],
    options=["positional", "keywords"],
    call=["positional", "again", AFTERWARDS, UNRECORDED],
)
def ConvNeXtBlock(submission, draw, zero_weights, N, dim, H, W, layout, mode, options, call):
    """Any width, weights, image and memory layout, once and again; the image is left as it was."""
    block = submission.ConvNeXtBlock(dim=dim) if options == "keywords" else submission.ConvNeXtBlock(dim)
    submission.kit.fill.quietly(block, draw.integer(0, 1 << 30), dim, zero=zero_weights, alike=dim == 1)
    (block.train if mode == "training" else block.eval).quietly()
    block.forward.by(call, tolerance=ROUGH, x=laid_out(draw.tensor(N, dim, H, W), layout))
