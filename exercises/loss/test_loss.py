"""Graded checks of `loss`.

So that each mistake costs its own points only, loss and gradient are compared apart, and the checks that are about
neither use a batch of one, where sums and means are the same.
"""

import numpy as np

from grader.checks.authoring import CALLS, LAYOUTS, REAL, cases, check

WHOLE = [dtype for dtype in REAL if "int" in dtype]
EXAMPLE = np.log([[1.0, 2, 5], [4, 4, 2]])  # softmax gives exact fractions


def labels_of(draw, N, K):
    """One label a row; the first two are the last class and class 0."""
    return np.concatenate([[K - 1, 0], draw.integers(0, K - 1, N)])[:N]


def logits_of(draw, N, K):
    """Moderate logits, between −1 and 1."""
    return draw.array(N, K, scale=1.0)


def far_apart(draw, kind):
    """Five logits (1, 5) of this type, shuffled, and a likely label; three are too far below to fit when subtracted."""
    low, high = max(int(np.iinfo(kind).min), -(1 << 15)), min(int(np.iinfo(kind).max), (1 << 16) - 1)
    top = draw.integer(high - 20, high)
    values = np.array([top, top - draw.integer(0, 2), *draw.integers(low, low + 20, 3)], dtype=kind)
    order = draw.rng.permutation(5)
    return values[order][None], np.flatnonzero(order == draw.integer(0, 1)).astype(kind)


@check(points=1, needs="softmax_cross_entropy")
def test_example(submission):
    """The example of the statement: a pair of loss and gradient."""
    submission.softmax_cross_entropy(EXAMPLE, np.array([2, 0]))


@check(points=2, needs="softmax_cross_entropy")
def test_loss(submission, draw):
    """The loss is the mean over the batch of −log of the right class's probability."""
    f = submission.softmax_cross_entropy
    for N, K in [(4, 3), (3, 5), (6, 2), (4, 4)]:
        submission.kit.loss_of(f, logits_of(draw, N, K), labels_of(draw, N, K))


@check(points=2, needs="softmax_cross_entropy")
def test_gradient(submission, draw):
    """The gradient is that of the mean loss with respect to the logits."""
    f = submission.softmax_cross_entropy
    for N, K in [(4, 3), (3, 5), (6, 2), (4, 4)]:
        submission.kit.gradient_of(f, logits_of(draw, N, K), labels_of(draw, N, K))


@check(points=1, needs="softmax_cross_entropy")
def test_batch_of_one(submission, draw):
    """A batch of one: the loss is still a number, the gradient still has the shape (1, K)."""
    submission.softmax_cross_entropy(logits_of(draw, 1, 4), np.array([2]))
    submission.softmax_cross_entropy(logits_of(draw, 1, 3), np.array([0]))


@check(points=2, needs="softmax_cross_entropy")
def test_unlikely_labels(submission, draw):
    """The loss grows without a cap when the right class gets a tiny probability."""
    f = submission.softmax_cross_entropy
    for gap in (25, 60, 600):
        logits = logits_of(draw, 1, 4) - np.array([0, 0, gap, 0])
        submission.kit.loss_of(f, logits, np.array([2]))


@check(points=2, needs="softmax_cross_entropy")
def test_extreme_loss(submission, draw):
    """The loss is finite and right for logits of ±10,000."""
    f = submission.softmax_cross_entropy
    submission.kit.loss_of(f, logits_of(draw, 3, 4) + 1e4, labels_of(draw, 3, 4))
    submission.kit.loss_of(f, logits_of(draw, 3, 4) - 1e4, labels_of(draw, 3, 4))
    submission.kit.loss_of(f, logits_of(draw, 2, 3) + np.array([[1e4], [-1e4]]), labels_of(draw, 2, 3))
    submission.kit.loss_of(f, np.array([[1e4, -1e4, 0.5], [3.0, -1e4, 1e4]]), np.array([1, 0]))


@check(points=2, needs="softmax_cross_entropy")
def test_extreme_gradient(submission, draw):
    """The gradient is finite and right for logits of ±10,000."""
    f = submission.softmax_cross_entropy
    submission.kit.gradient_of(f, logits_of(draw, 3, 4) + 1e4, labels_of(draw, 3, 4))
    submission.kit.gradient_of(f, logits_of(draw, 3, 4) - 1e4, labels_of(draw, 3, 4))
    submission.kit.gradient_of(f, logits_of(draw, 2, 3) + np.array([[1e4], [-1e4]]), labels_of(draw, 2, 3))
    submission.kit.gradient_of(f, np.array([[1e4, -1e4, 0.5], [3.0, -1e4, 1e4]]), np.array([1, 0]))


@check(points=1, needs="softmax_cross_entropy")
def test_integers(submission, draw):
    """Logits and labels of any type, 8-bit ones too: nothing wraps round; loss and gradient are floating point."""
    submission.softmax_cross_entropy(draw.integers(-3, 3, 1, 4), np.array([2]))
    submission.softmax_cross_entropy(draw.integers(-3, 3, 1, 3), np.array([1], dtype=np.uint8))
    submission.softmax_cross_entropy(logits_of(draw, 1, 4), np.array([1], dtype=np.int32))
    for dtype in WHOLE:
        submission.softmax_cross_entropy(*far_apart(draw, np.dtype(dtype)))


@check(points=1, needs="softmax_cross_entropy")
def test_keywords(submission, draw):
    """The parameters are called logits and labels."""
    logits, labels = logits_of(draw, 1, 4), np.array([3])
    submission.softmax_cross_entropy(logits, labels)
    submission.softmax_cross_entropy(labels=labels, logits=logits)


@check(points=1, needs="softmax_cross_entropy")
def test_unchanged(submission, draw):
    """softmax_cross_entropy leaves its arguments as they were."""
    logits, labels = submission.hold(logits_of(draw, 1, 4)), submission.hold(np.array([1]))
    submission.softmax_cross_entropy(logits, labels)
    logits.unchanged()
    labels.unchanged()


@cases(
    points=1,
    needs="softmax_cross_entropy",
    count=150,
    N=[*range(1, 6), 100, 200],  # the number of logits may not fit into the labels' type
    K=[*range(1, 6), 9],
    dtype=REAL,
    label_dtype=WHOLE,
    logits=["moderate", "equal", "far apart", "all large"],
    layout=LAYOUTS,
    label_layout=["C", "reversed", "sliced"],
    call=CALLS,
)
def softmax_cross_entropy(submission, draw, N, K, dtype, label_dtype, logits, layout, label_layout, call):
    """Any number of images and classes, any logits, any number type of logits and labels."""
    Z = values_of(draw, logits, (N, K), dtype, layout)
    y = draw.labels(N, K, dtype=label_dtype, layout=label_layout)
    submission.softmax_cross_entropy.by(call, logits=Z, labels=y)


def values_of(draw, logits, shape, dtype, layout):
    """Logits (N, K) of this kind and dtype; far apart: up to 9,000, as far as the dtype goes."""
    small = "int8" in dtype
    scale = {"moderate": 1, "equal": 0, "far apart": 14 if small else 1000, "all large": 1}[logits]
    start = 100 if small else 9000
    return draw.digits(*shape, dtype=dtype, layout=layout, scale=scale, start=start if logits == "all large" else 0)
