"""Graded checks of `resnet`."""

from grader.authoring import check


def block(submission, draw, cin, cout, stride, x):
    b = submission.BasicBlock(cin, cout, stride=stride)
    b.load(draw, x)
    return b


@check(points=2, needs="BasicBlock")
def test_basic_eval(submission, draw):
    """BasicBlock in eval mode: two 3×3 convolutions, addition, ReLU."""
    for cin, cout, stride in [(4, 4, 1), (3, 6, 2), (3, 6, 1), (4, 4, 2)]:
        x = draw.tensor(2, cin, 6, 8)
        b = block(submission, draw, cin, cout, stride, x)
        b.eval.quietly()
        b(x)


@check(points=2, needs="BasicBlock")
def test_basic_train(submission, draw):
    """BasicBlock in training mode: batch statistics, running statistics, gradients."""
    for cin, cout, stride in [(4, 4, 1), (3, 6, 2)]:
        x = draw.tensor(3, cin, 6, 8)
        b = block(submission, draw, cin, cout, stride, x)
        b.train.quietly()
        y = b(x)
        b.running_statistics()
        b.gradients(x, draw.tensor(*y.shape))


@check(points=1, needs="BasicBlock")
def test_basic_parameters(submission, draw):
    """BasicBlock has the right number of parameters."""
    submission.BasicBlock(4, 4).count_parameters()
    submission.BasicBlock(4, 8, 2).count_parameters()
