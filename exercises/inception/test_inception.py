"""Graded checks of `inception`."""

from grader.checks.authoring import AFTERWARDS, UNRECORDED, Tolerance, cases, check, laid_out

SHAPE = Tolerance(rtol=0, atol=1e9, tensors=True)  # any finite numbers in the right shape

# in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj; and the input's shape
CASES = [
    ((5, 3, 2, 4, 6, 7, 8), (2, 5, 6, 9)),
    ((4, 3, 4, 5, 4, 2, 6), (1, 4, 5, 4)),
    ((3, 2, 4, 5, 7, 3, 6), (2, 3, 1, 1)),
    ((4, 4, 4, 4, 4, 4, 4), (1, 4, 4, 3)),
]


def filled(module, widths, submission, draw, alike=False):
    """The module with weights and biases drawn."""
    submission.kit.fill.quietly(module, draw.integer(0, 1 << 30), widths, alike)
    return module


def modules(submission, draw):
    """(module with drawn weights, its widths, an input) for every case."""
    for widths, shape in CASES:
        yield filled(submission.Inception(*widths), widths, submission, draw), widths, draw.tensor(*shape)


@check(points=1, needs="Inception")
def test_branch_1x1(submission, draw):
    """First branch: 1×1 convolution with bias, ReLU."""
    for module, (_, one, *_), x in modules(submission, draw):
        submission.kit.channels(module, x, 0, one)


@check(points=2, needs="Inception")
def test_branch_3x3(submission, draw):
    """Second branch: 1×1 reduction, ReLU, 3×3 convolution with padding 1, ReLU."""
    for module, (_, one, _, three, *_), x in modules(submission, draw):
        submission.kit.channels(module, x, one, one + three)


@check(points=2, needs="Inception")
def test_branch_5x5(submission, draw):
    """Third branch: 1×1 reduction, ReLU, 5×5 convolution with padding 2, ReLU."""
    for module, (_, one, _, three, _, five, _), x in modules(submission, draw):
        submission.kit.channels(module, x, one + three, one + three + five)


@check(points=2, needs="Inception")
def test_branch_pool(submission, draw):
    """Fourth branch: 3×3 max pool with stride 1 and padding 1, 1×1 projection, ReLU; negative inputs too."""
    for module, (_, one, _, three, _, five, pool), x in modules(submission, draw):
        start = one + three + five
        submission.kit.channels(module, x, start, start + pool)
        negative = submission.hold(-abs(x))
        submission.kit.channels(module, negative, start, start + pool)
        negative.unchanged()


@check(points=2, needs="Inception")
def test_concatenation(submission, draw):
    """The branches side by side on the channel axis, in the order 1×1, 3×3, 5×5, pool."""
    for module, _, x in modules(submission, draw):
        module(x)
    names = ("in_channels", "ch1x1", "ch3x3red", "ch3x3", "ch5x5red", "ch5x5", "pool_proj")
    module = submission.Inception(**dict.fromkeys(names, 4))
    filled(module, (4,) * 7, submission, draw)(-abs(draw.tensor(2, 4, 3, 6)))


@check(points=1, needs="Inception")
def test_gradients(submission, draw):
    """Gradients of the input and of all weights and biases, in either mode."""
    for module, widths, x in modules(submission, draw):
        submission.kit.gradients(module, x, widths)
    submission.kit.gradients_in_evaluation(module, x, widths)


@check(points=1, needs="Inception")
def test_parameters(submission, draw):
    """The number of parameters: six convolutions, each with its biases."""
    for widths, shape in CASES:
        module = submission.Inception(*widths)
        module.count_parameters()
        module.forward.within(SHAPE, draw.tensor(*shape))
    submission.Inception(192, 64, 96, 128, 16, 32, 32).count_parameters()
    narrow = submission.Inception(1, 1, 1, 1, 1, 1, 1)
    narrow.count_parameters()
    narrow.forward.within(SHAPE, draw.tensor(2, 1, 5, 4))


@check(points=1, needs="Inception")
def test_input_unchanged(submission, draw):
    """The module does not write into its input."""
    module = filled(submission.Inception(4, 4, 4, 4, 4, 4, 4), (4,) * 7, submission, draw)
    held = submission.hold(draw.tensor(8, 4, 1, 1))
    module(held)
    module.forward.by(UNRECORDED, x=held)
    held.unchanged()


@cases(
    points=1,
    needs="Inception",
    count=25,
    N=[1, 2, 3],
    H=range(1, 6),
    W=range(1, 6),
    in_channels=[1, 2, 3, 5],
    ch1x1=[2, 3, 4],
    ch3x3red=[2, 3],
    ch3x3=[2, 4, 5],
    ch5x5red=[1, 2, 3],
    ch5x5=[2, 3, 6],
    pool_proj=[2, 3, 4],
    layout=["C", "channels_last", "F", "sliced"],
    options=["positional", "keywords"],
    call=["positional", AFTERWARDS, UNRECORDED],
)
def Inception(submission, draw, N, H, W, layout, options, call, **widths):
    """Any widths, image and memory layout; the image is left as it was."""
    module = submission.Inception(**widths) if options == "keywords" else submission.Inception(*widths.values())
    image = laid_out(draw.tensor(N, widths["in_channels"], H, W), layout)
    filled(module, tuple(widths.values()), submission, draw, 1 in widths.values())
    module.forward.by(call, x=image)
