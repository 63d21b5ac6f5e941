"""Graded checks of `debug_cnn`."""

from grader.checks.authoring import AFTERWARDS, UNRECORDED, cases, check


def network(submission, draw):
    net = submission.kit.network.kept(submission.FixedCNN, draw.integer(0, 10**6))
    submission.kit.outline.observed(net)
    return net


@check(points=2)
def test_runs(submission, draw):
    """The network takes a batch of 28×28 images and gives ten numbers for each."""
    net = network(submission, draw)
    for batch in 3, 8:
        submission.kit.output_shape(net, draw.tensor(batch, 1, 28, 28))


@check(points=1)
def test_single_image(submission, draw):
    """A batch with one image in it gives one row of ten numbers."""
    net = network(submission, draw)
    submission.kit.output_shape(net, draw.tensor(1, 1, 28, 28))


@check(points=2)
def test_parameters(submission, draw):
    """It has 18,378 parameters: only the width of the fully connected layer was wrong."""
    net = network(submission, draw)
    net.count_parameters()
    submission.kit.output_shape(net, draw.tensor(2, 1, 28, 28))


@check(points=4)
def test_values(submission, draw):
    """With the same weights it computes what the handed-out network was meant to compute."""
    net = network(submission, draw)
    x = draw.tensor(4, 1, 28, 28)
    net(x)
    net.eval.quietly()
    net(x)


@check(points=1)
def test_gradients(submission, draw):
    """All its layers can be trained: gradients reach every parameter and the image, in either mode."""
    net = network(submission, draw)
    submission.kit.gradients(net, draw.tensor(2, 1, 28, 28), draw.tensor(2, 10))
    submission.kit.gradients_in_evaluation(net, draw.tensor(2, 1, 28, 28), draw.tensor(2, 10))


@cases(
    points=1,
    count=12,
    N=[1, 2, 3, 4],
    pixels=["normal", "bright"],
    mode=["training", "evaluation"],
    call=[AFTERWARDS, UNRECORDED],
)
def FixedCNN(submission, draw, N, pixels, mode, call):
    """Any number of images, dark and bright ones, in either mode; the images are left as they were."""
    net = submission.kit.network.kept(submission.FixedCNN, draw.integer(0, 10**6))
    (net.train if mode == "training" else net.eval).quietly()
    net.forward.by(call, x=draw.tensor(N, 1, 28, 28) * (20 if pixels == "bright" else 1))
