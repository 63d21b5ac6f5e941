"""Graded checks of `mnist_cnn`."""

from grader.checks.authoring import AFTERWARDS, UNRECORDED, Tolerance, cases, check


def network(submission, draw):
    net = submission.kit.network.kept(submission.MNISTConvNet, draw.integer(0, 10**6))
    submission.kit.outline.observed(net)
    return net


@check(points=1)
def test_shape(submission, draw):
    """A batch of 28×28 images gives ten numbers for each."""
    net = network(submission, draw)
    for batch in 3, 5:
        submission.kit.output_shape(net, draw.tensor(batch, 1, 28, 28))


@check(points=1)
def test_single_image(submission, draw):
    """A batch with one image in it gives one row of ten numbers."""
    net = network(submission, draw)
    submission.kit.output_shape(net, draw.tensor(1, 1, 28, 28))


@check(points=2)
def test_parameters(submission, draw):
    """It has 160,074 parameters."""
    net = network(submission, draw)
    net.count_parameters()
    submission.kit.output_shape(net, draw.tensor(2, 1, 28, 28))


@check(points=4)
def test_values(submission, draw):
    """With the same weights it gives the same logits, in eval mode."""
    net = network(submission, draw)
    submission.kit.output(net, draw.tensor(4, 1, 28, 28))


@check(points=1)
def test_gradients(submission, draw):
    """All its layers can be trained: gradients reach every parameter and the image, in either mode."""
    net = network(submission, draw)
    submission.kit.gradients(net, draw.tensor(2, 1, 28, 28), draw.tensor(2, 10))
    submission.kit.reached_in_training(network(submission, draw), draw.tensor(2, 1, 28, 28))


@check(points=2)
def test_batch_statistics(submission, draw):
    """In training mode, the first batch norm moves its running mean and variance towards the batch's."""
    net = network(submission, draw)
    batches = [draw.tensor(4, 1, 28, 28), 2 * draw.tensor(3, 1, 28, 28), 3 * draw.tensor(1, 1, 28, 28)]
    submission.kit.first_statistics(net, batches)


@check(points=2)
def test_dropout(submission, draw):
    """In training mode, 30 % of the 128 values that the last layer reads are dropped, and no logits."""
    net = network(submission, draw)
    found = submission.kit.dropped.observed(net, draw.tensor(10, 1, 28, 28), 12)
    submission.judge(0.3, found["share"], "share of dropped values", Tolerance(rtol=0.11))
    submission.judge(0, found["images dropped as a whole"], "images that were dropped as a whole")
    submission.judge(False, found["alike in all images"], "whether all images of a batch lose the same values")
    submission.judge(0.0, found["zero outputs"], "share of logits that are 0")


@check(points=1)
def test_training_values(submission, draw):
    """In training mode, blocks normalise with the batch's own statistics; what dropout keeps is scaled."""
    net = network(submission, draw)
    x = draw.tensor(4, 1, 28, 28)
    submission.kit.dropped.observed(net, x, 6)
    submission.kit.what_dropout_keeps(net, x)
    submission.kit.first_statistics.observed(net, [])  # tells apart where a mistake is
    submission.kit.later_statistics(net, x)


VARIANCE = {"ordinary": 1.0, "small": 2.0**-16}  # of batch norm's running statistics: small ones show epsilon


@cases(
    points=1,
    count=8,
    N=[1, 2, 3, 4],
    pixels=["normal", "bright"],
    variance=VARIANCE,
    call=[AFTERWARDS, UNRECORDED],
)
def MNISTConvNet(submission, draw, N, pixels, variance, call):
    """Any number of images, dark and bright ones, any running variances, either mode; the images stay as they were."""
    net = submission.kit.network.kept(submission.MNISTConvNet, draw.integer(0, 10**6), VARIANCE[variance])
    x = draw.tensor(N, 1, 28, 28) * (20 if pixels == "bright" else 1)
    net.eval.quietly()
    net.forward.by(call, x=x)
    submission.kit.seen(net, x)
