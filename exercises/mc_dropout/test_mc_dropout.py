"""Graded checks of `mc_dropout`.

Dropout draws its own numbers, so most checks use networks with a single unit behind dropout: a run can have only two
outcomes, and the mean tells how often each was drawn. What is drawn is left to chance, what follows from it is not.
A right solution fails with a probability far below 1e-9.
"""

from itertools import product

import numpy as np

from grader.checks.authoring import Tolerance, cases, check, laid_out

NEAR = Tolerance(rtol=1e-3, atol=1e-3, floor=1e-3, tensors=True)


KINDS = ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout")
SELU = 1.7580993408473766  # alpha dropout puts minus this in the place of a unit


def softmax(logits):
    """Over the last axis."""
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def values_behind(kind, unit, p):
    """A unit's value behind dropout of this kind where it is dropped, and where it is kept."""
    if "Alpha" not in kind:
        return 0 * unit, unit / (1 - p)
    scale = ((1 - p) * (1 + p * SELU**2)) ** -0.5  # mean and variance stay what they were
    return 0 * unit - scale * SELU * (1 - p), scale * (unit + SELU * p)


def one_unit(submission, draw, images=40, p=0.5, kind="Dropout"):
    """A OneUnit network, a batch, and each image's probabilities with the unit dropped and kept."""
    kernel, weights = draw.positive(1, 2, 3, 4) / 16, 4 * draw.distinct(4)[:, None]
    x = draw.positive(images, 2, 3, 4).astype(np.float32)
    unit = np.einsum("nchw,chw->n", x, kernel[0])[:, None]  # (N, 1)
    outcomes = tuple(softmax(value * weights.T) for value in values_behind(kind, unit, p))
    return submission.kit.OneUnit(kernel, weights, p, kind), x, outcomes


def predictions(submission, seed, net, x, *runs, classes=4):
    """The submission's mean and std as arrays (N, K)."""
    answer = submission.kit.with_seed.observed(seed, submission.mc_dropout_predict, net, x, *runs)
    shape = (len(x), classes)
    try:
        found = [np.asarray(part, dtype=float) for part in answer]
    except (TypeError, ValueError):
        found = []
    fine = [part.shape for part in found] == [shape, shape]
    submission.require(fine, f"mc_dropout_predict should return two arrays of shape {shape}: mean and std")
    return found if fine else [np.full(shape, np.nan)] * 2


def share_kept(mean, outcomes, runs):
    """In which share of the runs was the unit kept? (N, 1), a multiple of 1/runs."""
    dropped, kept = outcomes
    rows = np.arange(len(mean)), np.abs(kept - dropped).argmax(axis=1)
    share = (mean - dropped)[rows] / (kept - dropped)[rows]
    return np.clip(np.rint(share * runs), 0, runs)[:, None] / runs


@check(points=2)
def test_probabilities(submission, draw):
    """Without anything to drop, the mean is the softmax over the classes and the standard deviation is 0."""
    for images in [3, 1]:
        x = draw.tensor(images, 2, 6, 5)
        net = submission.kit.Net()
        net.load(draw, x)
        net.eval.quietly()
        submission.mc_dropout_predict.within(NEAR, net, x, 3)


@check(points=3)
def test_mean_with_dropout(submission, draw):
    """Dropout is active in every run, anew in each; the mean is that of the probabilities."""
    for p in [0.5, 0.25]:
        net, x, (dropped, kept) = one_unit(submission, draw, p=p)
        net.eval.quietly()
        mean, _ = predictions(submission, draw.integer(0, 9999), net, x, 10)
        share = share_kept(mean, (dropped, kept), 10)
        mixed = bool(np.any((share > 0) & (share < 1)))
        submission.require(mixed, "was dropout switched on? Each image has the same outcome in all runs")
        uneven = bool(np.any((share > 0) & (share < 1) & (share != 0.5)))
        submission.require(uneven, "this is not the mean: no image has a value between the middle and the extremes")
        submission.judge(dropped + share * (kept - dropped), mean, "the mean over the runs", NEAR)


@check(points=2)
def test_population_std(submission, draw):
    """The standard deviation is the population's: the sum of squares is divided by the number of runs."""
    share = np.arange(6) / 10  # in how many of ten runs the unit was kept, or dropped
    possible = np.sqrt(share * (1 - share))
    for _ in range(2):
        net, x, (dropped, kept) = one_unit(submission, draw)
        _, std = predictions(submission, draw.integer(0, 9999), net, x, 10)
        gap = np.abs(kept - dropped)  # (N, K)
        clearest = np.arange(len(x)), gap.argmax(axis=1)
        nearest = np.abs((std / gap)[clearest][:, None] - possible).argmin(axis=1)
        submission.require(bool(nearest.any()), "there is no spread at all over the runs")
        submission.require(
            len(set(nearest.tolist()) - {0, 5}) > 0, "the spread does not depend on how often the unit was dropped"
        )
        submission.judge(possible[nearest, None] * gap, std, "the standard deviation", NEAR)


@check(points=2)
def test_number_of_runs(submission, draw):
    """`runs` passes are made, 10 if nothing else is asked for."""
    for given, runs in [((), 10), ((7,), 7), ((1,), 1)]:
        net, x, (dropped, kept) = one_unit(submission, draw)
        mean, _ = predictions(submission, draw.integer(0, 9999), net, x, *given)
        share = share_kept(mean, (dropped, kept), runs)
        submission.judge(dropped + share * (kept - dropped), mean, f"the mean over {runs} run{'s' * (runs > 1)}", NEAR)


@check(points=1)
def test_every_dropout_layer(submission, draw):
    """All dropout layers are active, also those deep inside the model, and of every kind: 1d, 2d, 3d, alpha."""
    kernels, x = draw.positive(3, 2, 3, 4) / 16, draw.positive(300, 2, 3, 4).astype(np.float32)
    net = submission.kit.ThreeUnits(kernels)
    net.eval.quietly()
    mean, _ = predictions(submission, draw.integer(0, 9999), net, x, 1, classes=4)
    units = 2 * np.einsum("nchw,kchw->nk", x, kernels)  # (N, 3), kept
    masks = np.array(list(product([0, 1], repeat=3)))
    logits = np.pad(masks[:, None] * units, ((0, 0), (0, 0), (0, 1)))  # (8, N, 4)
    outcomes = softmax(logits)
    nearest = np.abs(outcomes - mean).sum(axis=2).argmin(axis=0)
    submission.judge(outcomes[nearest, np.arange(len(x))], mean, "what one run gives", NEAR)
    submission.require(len(set(nearest.tolist())) == 8, "not every dropout layer drops something")
    for kind in KINDS:
        net, x, (dropped, kept) = one_unit(submission, draw, images=60, p=draw.choice(0.25, 0.5), kind=kind)
        prepare = draw.choice(net.eval, net.train)
        prepare.quietly()
        mean, _ = predictions(submission, draw.integer(0, 9999), net, x, 1)
        share = share_kept(mean, (dropped, kept), 1)
        submission.judge(dropped + share * (kept - dropped), mean, f"what one run gives with nn.{kind}", NEAR)
        submission.require(0 < share.sum() < len(x), f"nn.{kind} drops nothing")


@check(points=2)
def test_batch_norm(submission, draw):
    """Batch norm works in eval mode, also if the model was in training mode: running statistics used, not updated."""
    x = draw.tensor(5, 2, 6, 5)
    net = submission.kit.Net(norm=True)
    net.load(draw, x)
    for prepare in [net.train, net.eval]:
        prepare.quietly()
        submission.mc_dropout_predict.within(NEAR, net, x, runs=4)
        net.running_statistics()
    submission.kit.batch_norm_to_training.quietly(net)
    submission.mc_dropout_predict.within(NEAR, net, x, runs=4)
    net.running_statistics()


@check(points=1)
def test_only_dropout(submission, draw):
    """Nothing but dropout is in training mode."""
    x = draw.tensor(4, 2, 6, 5)
    net = submission.kit.Net(norm=True, jitter=True)
    net.load(draw, x)
    for prepare in [net.eval, net.train]:
        prepare.quietly()
        submission.mc_dropout_predict.within(NEAR, net, x, 2)


@check(points=2)
def test_modes_left_as_found(submission, draw):
    """After the call every part of the model is in the mode (train or eval) in which it was."""
    plain, x = submission.kit.Net(), draw.tensor(3, 2, 6, 5)
    plain.load(draw, x)
    plain.eval.quietly()
    submission.mc_dropout_predict.within(NEAR, plain, x, 2)
    net = submission.kit.Net(p=0.5, norm=True)
    for prepare in [net.eval, net.train]:
        prepare.quietly()
        submission.mc_dropout_predict.quietly(net, x, 2)
        submission.kit.modes(net)
    for prepare in [submission.kit.batch_norm_to_eval, submission.kit.dropout_flipped]:
        net.train.quietly()
        prepare.quietly(net)
        submission.mc_dropout_predict.quietly(net, x, 2)
        submission.kit.modes(net)
    net.eval.quietly()
    submission.kit.batch_norm_to_training.quietly(net)
    submission.mc_dropout_predict.quietly(net, x, 2)
    submission.kit.modes(net)


@check(points=1)
def test_inputs(submission, draw):
    """Keywords work in any order, and the images are not changed."""
    images = draw.tensor(3, 2, 6, 5)
    net, x = submission.kit.Net(classes=3), submission.hold(images)
    net.load(draw, images)
    net.eval.quietly()
    submission.mc_dropout_predict.within(NEAR, runs=2, x=x, model=net)
    x.unchanged()


@cases(
    points=1,
    count=30,
    N=[1, 2, 5, 40],
    H=[3, 4, 5],
    W=[4, 6],
    kind=KINDS,
    p=[0.5, 0.25, 0.0, 0.75],
    runs=[10, 1, 2, 3, 20],
    mode=["evaluation", "training", "dropout on", "dropout off", "a part in evaluation", "a part in training"],
    dtype=["float32", "float64"],
    layout=["C", "channels_last", "F", "sliced"],
    call=["positional", "keywords", "defaults", "again"],
)
def mc_dropout_predict(submission, draw, N, H, W, kind, p, runs, mode, dtype, layout, call):
    """Any images, kind and share of dropout, runs and mode: what the runs can give, and the model as it was."""
    kernel, weights = draw.positive(1, 2, H, W) / 16, 4 * draw.distinct(4)[:, None]
    x = laid_out(draw.positive(N, 2, H, W).astype(dtype), layout)
    submission.kit.possible.within(NEAR, submission.mc_dropout_predict, kernel, weights, x, kind, p, runs, mode, call)
