"""Graded checks of `pruning`."""

import numpy as np

from grader.checks.authoring import AFTERWARDS, CALLS, Tolerance, cases, check

ZERO = Tolerance(floor=1e-6, tensors=True)  # for values that have to be zero
SHAPES = {
    "conv.weight": (5, 1, 5, 5),
    "conv.bias": (5,),
    "norm.weight": (5,),
    "norm.bias": (5,),
    "fc.weight": (5, 25),
    "fc.bias": (5,),
}


def weights_and_masks(draw, *shapes, alive=1.0):
    """Weights without ties in magnitude, and masks in which about this share is alive. Dead weights are not zero."""
    weights = {f"layer{i}.weight": draw.distinct(*shape) for i, shape in enumerate(shapes)}
    masks = {name: draw.distinct(*w.shape) < (alive - 0.5) * w.size / 4 for name, w in weights.items()}
    return weights, masks


def given(submission, weights, masks):
    """Both as dicts of NumPy arrays on the submission's side."""
    return submission.kit.weights.kept(weights), submission.kit.masks.kept(masks)


def prune(submission, weights, masks, *fraction):
    """Compare the new masks."""
    submission.prune_smallest(*given(submission, weights, masks), *fraction)


def pruned_right(submission, weights, masks, fraction):
    """Of weights with ties: the right number goes, none that was gone comes back, and none smaller stays."""
    found = submission.observe("prune_smallest", *given(submission, weights, masks), fraction)
    for name, mask in masks.items():
        kept = as_mask(submission, found, name, mask.shape)
        wanted = int(mask.sum()) - int(fraction * mask.sum())
        submission.judge(wanted, int(kept.sum()), f"how many of {int(mask.sum())} weights in {name} survive")
        submission.require(not np.any(kept & ~mask), f"{name}: what was pruned before came back")
        largest = np.abs(weights[name])[mask & ~kept].max(initial=0)
        smallest = np.abs(weights[name])[kept & mask].min(initial=np.inf)
        submission.require(largest <= smallest, f"{name}: a weight was pruned, and a smaller one was kept")


def as_mask(submission, found, name, shape):
    """One of the submission's masks as booleans; nothing survives, and the check fails, if it is none."""
    try:
        return np.asarray(found[name]).reshape(shape) != 0
    except (KeyError, TypeError, ValueError, IndexError):
        submission.require(False, f"there should be a mask for {name!r}, of the shape {shape}")
        return np.zeros(shape, dtype=bool)


def ticket(submission, draw, rounds, *fraction):
    """Run lottery_ticket; returns network, trainer and masks."""
    net = submission.kit.Net()
    net.load(draw, draw.tensor(1, 1, 5, 9))
    steps = [{name: 0.5 * draw.tensor(*shape) for name, shape in SHAPES.items()} for _ in range(rounds)]
    trainer = submission.kit.Trainer(steps)
    masks = submission.lottery_ticket.kept(net, trainer, rounds, *fraction)
    submission.kit.pruned_and_kept(masks)  # masks of ones only, or of zeros only, would pass what is asked of the rest
    return net, trainer, masks


@check(points=2, needs="prune_smallest")
def test_smallest_magnitudes(submission, draw):
    """The weights closest to zero are pruned, whatever their sign; a fifth of them if nothing else is asked for."""
    prune(submission, *weights_and_masks(draw, (5, 4)))
    prune(submission, *weights_and_masks(draw, (2, 3, 2, 5)), 0.5)
    prune(submission, *weights_and_masks(draw, (4, 3, 5)), 0.5)


@check(points=2, needs="prune_smallest")
def test_rounded_down(submission, draw):
    """The number of pruned weights is rounded down; it may be zero."""
    cases = [((3, 3), 0.2), ((4, 3), 0.2), ((13, 3), 0.3), ((7, 1), 0.3), ((2, 2), 0.2), ((4, 4), 0.125)]
    for shape, fraction in cases:
        prune(submission, *weights_and_masks(draw, shape), fraction)


@check(points=2, needs="prune_smallest")
def test_survivors_only(submission, draw):
    """What is pruned stays pruned, and only surviving weights count, in the ranking and in the number."""
    for shape, alive in [((5, 8), 0.6), ((4, 5, 2, 3), 0.3)]:
        weights, masks = weights_and_masks(draw, shape, alive=alive)
        prune(submission, weights, masks, 0.25)
        prune(submission, {name: w * masks[name] for name, w in weights.items()}, masks, 0.25)


@check(points=1, needs="prune_smallest")
def test_ties_and_zeros(submission, draw):
    """Of equal magnitudes only so many go as the number says; a weight of 0 survives as long as its mask says so."""
    for rows, columns, fraction in [(4, 5, 0.2), (6, 4, 0.5), (5, 8, 0.3)]:
        weights, masks = weights_and_masks(draw, (rows, columns), (columns, rows), alive=0.75)
        tied, zeros = weights
        weights[tied] = draw.integers(1, 3, rows, columns) * draw.array(rows, columns, scale=1 / 16)
        weights[zeros] = weights[zeros] * (draw.integers(0, 2, columns, rows) > 0)
        pruned_right(submission, weights, masks, fraction)
        pruned_right(submission, {name: 0 * w for name, w in weights.items()}, masks, fraction)
        pruned_right(submission, {name: 0 * w + 1.5 for name, w in weights.items()}, masks, fraction)
    pruned_right(submission, *weights_and_masks(draw, (3, 7)), 0.3)


@check(points=1, needs="prune_smallest")
def test_each_tensor_for_itself(submission, draw):
    """Each tensor loses its own share, however large its weights are."""
    weights, masks = weights_and_masks(draw, (4, 4), (8, 4), (4, 3, 2, 2), alive=0.75)
    prune(submission, {name: w * 10.0**i for i, (name, w) in enumerate(weights.items())}, masks, 0.25)


@check(points=1, needs="prune_smallest")
def test_one_dimension(submission, draw):
    """Masks of one dimension (biases, batch norm) come back unchanged."""
    weights, masks = weights_and_masks(draw, (8,), (4, 5), (5, 8), (10,), alive=0.8)
    prune(submission, weights, masks, 0.5)


@check(points=1, needs="prune_smallest")
def test_inputs_unchanged(submission, draw):
    """The masks are new ones: neither the weights nor the old masks are written to. Keywords work."""
    weights, masks = given(submission, *weights_and_masks(draw, (5, 8), (6,)))
    submission.prune_smallest(masks=masks, fraction=0.25, weights=weights)
    weights.unchanged()
    masks.unchanged()


@check(points=2, needs="lottery_ticket")
def test_masks_of_each_round(submission, draw):
    """lottery_ticket returns one dict of masks per round; each prunes a share of what the round before left."""
    for rounds, fraction in [(1, ()), (3, ()), (3, (0.4,))]:
        _, _, masks = ticket(submission, draw, rounds, *fraction)
        submission.kit.all_matrices(masks)


@check(points=1, needs="lottery_ticket")
def test_rounded_down_in_each_round(submission, draw):
    """In lottery_ticket too the count is rounded down, in every round anew."""
    _, _, masks = ticket(submission, draw, 4, 0.3)
    submission.kit.all_matrices(masks)


@check(points=2, needs="lottery_ticket")
def test_weights_rewound(submission, draw):
    """Before each round the surviving weights go back to their initial values."""
    _, trainer, masks = ticket(submission, draw, 3)
    submission.kit.parameters_at_the_start_of_a_training(trainer, 0)
    for round in [1, 2]:
        submission.kit.how_far_the_others_are_from_the_start.within(ZERO, trainer, round, masks)


@check(points=1, needs="lottery_ticket")
def test_everything_rewound(submission, draw):
    """All parameters are rewound: also biases and those of batch norm."""
    _, trainer, masks = ticket(submission, draw, 3, 0.1)
    for round in [1, 2]:
        submission.kit.how_far_the_others_are_from_the_start.within(ZERO, trainer, round, masks)
        submission.kit.how_far_biases_are_from_the_start.within(ZERO, trainer, round)


@check(points=1, needs="lottery_ticket")
def test_pruned_before_training(submission, draw):
    """Each round starts with the pruned weights at zero."""
    _, trainer, masks = ticket(submission, draw, 3)
    for round in [1, 2]:
        submission.kit.pruned_weights_before_training.within(ZERO, trainer, round, masks)


@check(points=1, needs="lottery_ticket")
def test_pruned_at_the_end(submission, draw):
    """At the end the pruned weights are zero in the model itself."""
    net, _, masks = ticket(submission, draw, 2)
    submission.kit.pruned_values.within(ZERO, net, masks)


@check(points=1, needs="lottery_ticket")
def test_vectors_not_pruned(submission, draw):
    """lottery_ticket prunes no biases and no batch norm."""
    _, _, masks = ticket(submission, draw, 2, 0.4)
    submission.kit.pruned_in_vectors(masks)


@cases(
    points=1,
    needs="prune_smallest",
    count=120,
    rows=range(1, 6),
    columns=range(1, 6),
    values=["distinct", "ties", "zeros", "close", "all equal", "all zero", "tiny"],
    alive=["all", "most", "few", "none"],
    fraction=[0.2, 0.5, 0.25, 0.75, 0.125, 0.0, 1.0, None],
    tensors=[
        *("matrix", "kernel", "three axes", "matrix and vector", "two matrices"),
        *("one weight and matrix", "dead and alive"),
    ],
    dtype=["float64", "float32"],
    layout=["C", "F", "sliced"],
    call=CALLS,
)
def prune_smallest(submission, draw, rows, columns, values, alive, fraction, tensors, dtype, layout, call):
    """Any weights (equal ones and zeros too), masks and fraction: how many go, and none that is larger than a rest."""
    shapes = {
        "matrix": [(rows, columns)],
        "kernel": [(rows, columns, 2, 1)],
        "three axes": [(rows, columns, 2)],
        "matrix and vector": [(rows, columns), (columns,)],
        "two matrices": [(rows, columns), (columns, rows)],
        "one weight and matrix": [(1, 1), (rows, columns)],  # the first seldom loses any
        "dead and alive": [(columns, rows), (rows, columns)],
    }[tensors]
    weights = {f"layer{i}": valued(draw, values, shape).astype(dtype) for i, shape in enumerate(shapes)}
    share = {"all": 1.0, "most": 0.75, "few": 0.3, "none": -1.0}[alive]
    masks = {name: draw.distinct(*w.shape) < (share - 0.5) * w.size / 4 for name, w in weights.items()}
    if tensors == "dead and alive":
        masks["layer0"] = np.zeros_like(masks["layer0"])
    given = {"weights": weights, "masks": masks, "fraction": fraction, "layout": layout}
    afterwards = AFTERWARDS if call == AFTERWARDS else "keywords"
    submission.kit.pruned.by(afterwards, function=submission.prune_smallest, **given, call=call)


def valued(draw, values, shape):
    """Weights of this shape: no two of one size, equal ones, some zeros, close to 1, all equal, all zero, or tiny."""
    weights = draw.distinct(*shape)
    if values == "close":
        return 1 + weights / 2**16
    if values == "tiny":
        return weights / 2**80  # their squares are zero in float32
    if values == "ties":
        return draw.digits(*shape, dtype="int64") % 3 - 1.5
    if values == "zeros":
        return weights * (draw.digits(*shape) > 0)
    return weights if values == "distinct" else 0 * weights + (values == "all equal")


@cases(
    points=1,
    needs="lottery_ticket",
    count=30,
    rounds=[1, 2, 3, 4],
    fraction=[0.2, 0.5, 0.25, 0.75, None],
    start=["distinct", "zeros"],
    classes=[3, 1],
    bias=[True, False],
    frozen=[False, True],
    call=["positional", "keywords"],
)
def lottery_ticket(submission, draw, rounds, fraction, start, classes, bias, frozen, call):
    """Any number of rounds, any fraction, weights that start at zero, networks without bias or with a fixed part."""
    first, second = valued(draw, start, (4, 1, 2, 2)), valued(draw, start, (classes, 4))
    steps = draw.normal(rounds, 35)
    submission.kit.lottery(submission.lottery_ticket, first, second, steps, rounds, fraction, bias, frozen, call)
