"""Graded checks of `resnet`."""

from grader.authoring import check


def loaded(draw, block, x):
    """The block in eval mode, with weights and running statistics drawn for both sides."""
    block.load(draw, x)
    block.eval.quietly()
    return block


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
    """BasicBlock, new shape: a 1×1 convolution with BN on the shortcut, the stride on the first convolution."""
    x = draw.tensor(2, 3, 5, 8)
    loaded(draw, submission.BasicBlock(3, 6), x)(x)
    x = draw.tensor(2, 4, 4, 4)
    loaded(draw, submission.BasicBlock(4, 4, stride=2), x)(x)
    x = draw.tensor(1, 6, 7, 10)
    loaded(draw, submission.BasicBlock(6, 3, 2), x)(x)
    x = draw.tensor(2, 2, 8, 7)
    loaded(draw, submission.BasicBlock(2, 4, 3), x)(x)


@check(points=1, needs="BasicBlock")
def test_basic_training(submission, draw):
    """BasicBlock in training mode: batch statistics, running statistics, all gradients."""
    for channels, stride in [(4, 1), (6, 2)]:
        x = draw.tensor(3, 4, 6, 5)
        block = loaded(draw, submission.BasicBlock(4, channels, stride), x)
        block.train.quietly()
        y = block(x)
        block.running_statistics()
        block.gradients(x, draw.tensor(*y.shape))


@check(points=1, needs="BasicBlock")
def test_basic_parameters(submission, draw):
    """BasicBlock: number of parameters; convolutions without bias, a projection only where the shape changes."""
    for arguments in [(4, 4), (4, 4, 2), (3, 6), (3, 5, 2)]:
        submission.BasicBlock(*arguments).count_parameters()


@check(points=1, needs="BasicBlock")
def test_basic_input_unchanged(submission, draw):
    """BasicBlock does not write into its input."""
    x = draw.tensor(2, 4, 5, 6)
    block = loaded(draw, submission.BasicBlock(4, 4), x)
    held = submission.hold(x)
    block.forward.quietly(held)
    block.train.quietly()
    block.forward.quietly(held)
    held.unchanged()
