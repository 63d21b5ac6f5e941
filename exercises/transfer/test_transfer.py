"""Graded checks of `transfer`."""

import numpy as np

from grader.checks.authoring import cases, check

LABELS = [0, 1, 2, 0, 1, 2, 2, 1]
FROZEN = {1: ["stem", "layer1", "layer2", "layer3", "layer4"], 2: ["stem", "layer1", "layer2", "layer3"]}
# So many classes that the number of a pair, row · classes + column, does not fit into these types (where it can).
CLASSES = {"int8": 17, "int16": 190, "int32": 17, "int64": 17, "uint8": 17, "uint16": 260, "uint32": 17, "uint64": 17}
SHARES = np.array([[0.7], [0.15], [0.15]])


def classifier(submission, width, *classes, **named):
    """What build_classifier makes of a small backbone."""
    return submission.build_classifier.kept(submission.kit.Backbone(width), *classes, **named)


def textures(submission, draw):
    """Eight images (8, 3, 12, 16) of three textures."""
    return submission.kit.textures.kept(LABELS, draw.tensor(len(LABELS), 3, 12, 16))


def sizes_of_classes(draw):
    """How many images the classes have, in four lists: every remainder of 20, as 70 and 15 % are multiples of 1/20."""
    sizes = [rest if rest < 4 else rest + 20 * draw.integer(0, 3) for rest in range(1, 21)]
    draw.rng.shuffle(sizes)
    return [sizes[:1], sizes[1:3], sizes[3:8], sizes[8:]]


def labels_of(submission, draw, *sizes):
    """Shuffled labels with so many of each class: as a NumPy array, and on the submission's side."""
    labels = draw.rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    return labels, submission.kit.labels.kept(labels.tolist())


def split(submission, labels, *args, **named):
    """The submission's three index arrays; empty ones, and a failed check, if it gave none."""
    answer = submission.observe("split_indices", labels, *args, **named)
    try:
        train, validation, test = (np.asarray(part, dtype=np.int64).ravel() for part in answer)
    except (TypeError, ValueError):
        submission.require(False, "split_indices should return three sequences of indices")
        train = validation = test = np.zeros(0, dtype=np.int64)
    return train, validation, test


def members(parts):
    """What is in each part, in whatever order."""
    return [sorted(part.tolist()) for part in parts]


def counts(labels, parts):
    """How many of each class are in each part: (3, classes). Indices that do not exist count for nothing."""
    inside = [part[(part >= 0) & (part < len(labels))] for part in parts]
    return np.array([np.bincount(labels[part], minlength=labels.max() + 1) for part in inside])


@check(points=2, needs="build_classifier")
def test_head(submission, draw):
    """The head is Linear, ReLU, (dropout), Linear; its sizes follow from the backbone and from num_classes."""
    for width, classes in [(8, ()), (5, (3,))]:
        x = draw.tensor(4, 3, 12, 16)
        model = classifier(submission, width, *classes)
        model.load(draw, x)
        model.eval.quietly()
        model(x)


@check(points=1, needs="build_classifier")
def test_head_size(submission):
    """The number of parameters is right: the old fc is gone, the new head has 256 hidden units."""
    classifier(submission, 8).count_parameters()
    classifier(submission, 7, num_classes=4).count_parameters()


@check(points=1, needs="build_classifier")
def test_head_dropout(submission, draw):
    """In training mode 40 % of the hidden units are dropped."""
    model = classifier(submission, 8)
    submission.kit.outline.observed(model)  # tells a head of other layers from one without dropout
    submission.kit.head_dropout(model, textures(submission, draw))


@check(points=2, needs="set_phase")
def test_trainable(submission):
    """Phase 1 trains fc, phase 2 also layer4, phase 3 all; also for a model that build_classifier did not make."""
    for phase in [1, 2, 3]:
        model = submission.kit.Backbone()
        submission.set_phase.quietly(model, phase)
        submission.kit.trainable(model)


@check(points=1, needs="set_phase")
def test_phases_in_any_order(submission):
    """Each phase sets the whole model: going back from phase 3 to 1 freezes again."""
    model = submission.kit.Backbone()
    for phase in [3, 1, 2, 1]:
        submission.set_phase.quietly(model, phase=phase)
        submission.kit.trainable(model)


@check(points=2, needs="set_phase")
def test_optimizer_contents(submission):
    """The optimizer holds exactly the parameters that are trained in this phase."""
    model = submission.kit.Backbone()
    for phase in [1, 2, 3, 1]:
        optimizer = submission.set_phase.kept(model, phase)
        submission.kit.trainable.observed(model)
        submission.kit.optimizer_contents(model, optimizer)


@check(points=1, needs="set_phase")
def test_optimizer_settings(submission):
    """Adam with learning rate 0.001 in phase 1, 0.0001 in phase 2, 0.00001 in phase 3."""
    model = submission.kit.Backbone()
    for phase in [1, 2, 3]:
        submission.kit.optimizer_settings(submission.set_phase.kept(model, phase))


@check(points=1, needs="set_phase")
def test_training_step(submission, draw):
    """A training step on textures changes the trained parts and no other."""
    model, images = submission.kit.Backbone(classes=3), textures(submission, draw)
    model.load(draw, draw.tensor(2, 3, 12, 16))
    for phase in [1, 2, 3]:
        optimizer = submission.set_phase.kept(model, phase)
        submission.kit.moved_by_a_step(model, optimizer, images, LABELS)


@check(points=3, needs="set_phase")
def test_frozen_batch_norm(submission, draw):
    """After model.train() the running statistics of the frozen part's batch norm do not move."""
    images = textures(submission, draw)
    for phases in [(1,), (1, 2), (3, 2, 1)]:
        model = submission.kit.Backbone()
        model.load(draw, draw.tensor(2, 3, 12, 16))
        for phase in phases:
            submission.set_phase.quietly(model, phase)
        submission.kit.trainable.observed(model)
        for train in [(), (True,)]:
            model.train.quietly(*train)
            submission.kit.forward.quietly(model, images)
            submission.kit.statistics(model, FROZEN[phases[-1]])
            model.eval.quietly()


@check(points=1, needs=("build_classifier", "set_phase"))
def test_both_together(submission, draw):
    """set_phase on what build_classifier made: the right number of values is trained; dropout follows model.train()."""
    model, images = classifier(submission, 8), textures(submission, draw)
    for phase in [1, 2, 3]:
        optimizer = submission.set_phase.kept(model, phase)
        submission.kit.count_trainable(model)
        submission.kit.count_optimized(optimizer)
        submission.kit.outline.observed(model)  # tells a head without dropout from one that is not in training mode
        submission.kit.dropout_works(model, images)


@check(points=1, needs="split_indices")
def test_split_complete(submission, draw):
    """Every index is in exactly one of the three parts."""
    for sizes in [(40, 20, 27, 34, 7), (60, 0, 20), *sizes_of_classes(draw), (1,), (2,), (3, 1)]:
        labels, held = labels_of(submission, draw, *sizes)
        found = np.concatenate(split(submission, held))
        everything = np.arange(len(labels))
        strange, missing = np.setdiff1d(found, everything), np.setdiff1d(everything, found)
        twice = np.unique(found[np.isin(found, everything)], return_counts=True)[1] > 1
        submission.require(not len(strange), f"not an index of {len(labels)} labels: {strange[:3].tolist()}")
        submission.require(not len(missing), f"{len(missing)} of {len(labels)} indices are in no part")
        submission.require(not twice.any(), f"{twice.sum()} of {len(labels)} indices are there more than once")
        held.unchanged()


@check(points=2, needs="split_indices")
def test_split_stratified(submission, draw):
    """Of each class 70, 15 and 15 % are in training, validation and test, give or take one."""
    drawn = [(sizes, draw.integer(0, 99)) for sizes in sizes_of_classes(draw)]
    for sizes, seed in [((40, 20, 27, 34, 7), 0), ((60, 20, 40), 3), ((34, 40, 80), 4), *drawn]:
        labels, held = labels_of(submission, draw, *sizes)
        found = counts(labels, split(submission, held, seed))
        exact = SHARES * np.array(sizes)
        fine = np.abs(found - exact) <= 1 + 1e-9
        message = f"classes of {list(sizes)} images were split into {found.tolist()} (training, validation, test)"
        submission.require(bool(fine.all()), message)


@check(points=1, needs="split_indices")
def test_split_seed(submission, draw):
    """The same seed gives the same split, another seed another one. Without a seed it is 0."""
    _, held = labels_of(submission, draw, 40, 27, 60)
    seeds = [{"seed": 1}, {"seed": 2}, {"seed": 1}, {"seed": 0}, {}, {"seed": 0}]
    first, other, again, zero, default, anew = (members(split(submission, held, **seed)) for seed in seeds)
    submission.require(first == again and zero == anew, "the same seed gives another split when it is used again")
    submission.require(first != other, "seeds 1 and 2 give the same split")
    submission.require(zero == default, "without a seed the split is not that of seed=0")


@check(points=2, needs="confusion_matrix")
def test_confusion_matrix(submission, draw):
    """Rows are true classes, columns predicted ones; every pair counts, and classes that never occur have zeros."""
    for classes, highest in [(3, 2), (5, 3)]:
        y_true = submission.kit.labels.kept(draw.integers(0, highest, 40).tolist())
        y_pred = submission.kit.labels.kept(draw.integers(0, highest, 40).tolist())
        submission.confusion_matrix(y_true, y_pred, classes)
        submission.confusion_matrix(y_pred=y_pred, y_true=y_true, num_classes=classes)
    many = submission.kit.labels.kept([1] * (256 + draw.integer(1, 99)))
    submission.confusion_matrix(many, many, 2)
    for kind, fewest in CLASSES.items():
        classes = fewest + draw.integer(0, 9)
        labels = draw.integers(0, classes - 1, 2, 60)
        labels[:, :2] = [[classes - 1, classes - 1], [0, classes - 1]]
        y_true, y_pred = (submission.kit.labels.kept(part.tolist(), kind) for part in labels)
        submission.kit.matrix_of(submission.confusion_matrix, y_true, y_pred, classes)
        nothing = submission.kit.labels.kept([], kind)
        submission.confusion_matrix(nothing, nothing, draw.integer(2, 6))


# ---------------------------------------------------------------- the whole legal space

INTEGER = ["int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64"]


@cases(
    points=1,
    needs="build_classifier",
    count=20,
    width=[8, 5, 1],
    classes=[6, 2, 3, 10],
    N=[1, 2, 5],
    call=["positional", "keywords", "defaults"],
)
def build_classifier(submission, draw, width, classes, N, call):
    """build_classifier for any backbone and number of classes: the layers of the head, and as many logits."""
    x = draw.tensor(N, 3, 12, 16)
    submission.kit.built(submission.build_classifier, width, classes, call, x)


@cases(
    points=1,
    needs="set_phase",
    count=30,
    model=["made elsewhere", "fc with a batch norm"],
    phases=["1", "2", "3", "2 1", "3 2", "1 3", "3 1 2"],
    mode=["training", "evaluation"],
    frozen=["nothing", "all", "layer1"],
    steps=["train", "eval", "eval train", "train eval"],
    other=["none", "1", "3"],
    call=["positional", "keywords"],
)
def set_phase(submission, draw, model, phases, mode, frozen, steps, other, call):
    """set_phase in any order and mode, on any model: what is trained, and the modes after train() and eval()."""
    submission.kit.phased(submission.set_phase, model, phases, mode, frozen, steps, other, call)


@cases(
    points=1,
    needs="split_indices",
    count=60,
    sizes=[(20,), (1,), (2,), (3, 1), (7, 10), (40, 20, 13), (52,), (6, 5, 4), (100, 3)],
    dtype=INTEGER,
    order=["sorted", "shuffled"],
    first_label=[0, 3],
    seed=[0, 1, 42, None],
    call=["positional", "keywords"],
)
def split_indices(submission, draw, sizes, dtype, order, first_label, seed, call):
    """split_indices for any sizes of classes and any labels: complete, disjoint, stratified, the same for a seed."""
    labels = np.repeat(np.arange(len(sizes)), sizes) + first_label
    labels = draw.rng.permutation(labels) if order == "shuffled" else labels
    submission.kit.split(submission.split_indices, labels.tolist(), dtype, seed, call)


@cases(
    points=1,
    needs="confusion_matrix",
    count=90,
    N=[0, 1, 2, 5, 30, 400],
    classes=[1, 2, 3, 17, 20],
    dtype=INTEGER,
    predicted_dtype=INTEGER,
    call=["positional", "keywords"],
)
def confusion_matrix(submission, draw, N, classes, dtype, predicted_dtype, call):
    """confusion_matrix of any number of labels, classes and whole-number types."""
    drawn = draw.integers(0, classes - 1, 2, N).tolist()
    pair = [submission.kit.labels.kept(*part) for part in zip(drawn, (dtype, predicted_dtype), strict=True)]
    submission.confusion_matrix.by(call, y_true=pair[0], y_pred=pair[1], num_classes=classes)
